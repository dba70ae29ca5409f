#pragma once

#include <string>

#include "evidence/drivers/openssl_trial.h"

namespace evidence::drivers {

/// A cipher with the key and the initialization vector it is used with.
struct CipherUse {
  const EVP_CIPHER* cipher;
  std::string key;
  std::string iv;  ///< "" leaves it to the module

  const unsigned char* iv_or_null() const { return iv.empty() ? nullptr : bytes_of(iv); }
};

/// Room for what a cipher adds to a text: padding, the integrity block of a key wrap.
inline constexpr std::size_t kCipherSlack = 64;

/// Are the bytes that the library says it wrote, in one call or in two, within `place`?
bool fits(int size, int rest, const std::string& place);

/// The cipher of the service. Null: the trial says why.
Handle<EVP_CIPHER> fetch_cipher(Trial& trial);

/// Are the lengths of key and initialization vector that the cipher announces possible ones?
bool lengths_make_sense(Trial& trial, const EVP_CIPHER* cipher);

}  // namespace evidence::drivers
