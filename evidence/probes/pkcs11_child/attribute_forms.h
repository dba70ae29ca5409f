#pragma once

#include <cstddef>

#include "evidence/drivers/cryptoki.h"

namespace evidence::probes::pkcs11_child {

/// The form of an attribute's value, and with it how many bytes it can have.
enum class Form {
  flag,     ///< CK_BBOOL
  number,   ///< CK_ULONG
  date,     ///< CK_DATE
  numbers,  ///< A list of CK_ULONG
  bytes,    ///< Anything else
  nested,   ///< A template; only its length is asked for, see `read_template`
};

Form form_of(drivers::cryptoki::CK_ATTRIBUTE_TYPE type);

/// Whether an attribute holds the value of a secret or private key: nobody needs to have it here.
bool is_secret_value(drivers::cryptoki::CK_ATTRIBUTE_TYPE type);

/// The room for a value, in bytes. Never what a value fills exactly, unless it is of free length: a
/// length that a module did not touch can be told from one that it gave.
std::size_t room_for(drivers::cryptoki::CK_ATTRIBUTE_TYPE type);

/// Whether a value of the attribute can have `size` bytes.
bool fits(drivers::cryptoki::CK_ATTRIBUTE_TYPE type, std::size_t size);

}  // namespace evidence::probes::pkcs11_child
