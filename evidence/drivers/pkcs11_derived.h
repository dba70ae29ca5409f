#pragma once

#include <optional>
#include <string>

#include "evidence/drivers/pkcs11_key.h"

namespace evidence::drivers {

/// A derived secret, and its value where the module tells it.
struct DerivedKey {
  cryptoki::CK_OBJECT_HANDLE key = 0;
  std::optional<std::string> value;
};

/// A template for a secret whose value can be read; of `length` bytes, 0 for what comes out.
CryptokiTemplate readable_secret(const Pkcs11Trial& trial, std::size_t length);

/// Derives a secret of `length` bytes, 0 for what comes out. Where the module makes none that can
/// be read, it is asked for one that cannot; then nothing is compared, which is remarked.
std::optional<DerivedKey> derived_key(Pkcs11Trial& trial, cryptoki::CK_MECHANISM& mechanism,
                                      cryptoki::CK_OBJECT_HANDLE from, std::size_t length);

}  // namespace evidence::drivers
