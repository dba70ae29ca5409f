#pragma once

#include <string>

#include "evidence/drivers/pkcs11_key.h"

namespace evidence::drivers {

/// A block or stream cipher of PKCS #11.
struct Pkcs11Cipher {
  std::string_view name;  ///< as the catalogue calls it
  SecretKind key;
  cryptoki::CK_MECHANISM_TYPE mechanism;
  std::size_t key_bytes;
  std::size_t iv_bytes;  ///< 0 for a mode without
};

/// The cipher called `name`; null if PKCS #11 has none.
const Pkcs11Cipher* pkcs11_cipher_named(std::string_view name);

/// Encrypts `text` with `key`.
bool token_encrypts(Pkcs11Trial& trial, cryptoki::CK_MECHANISM& mechanism,
                    cryptoki::CK_OBJECT_HANDLE key, std::string text, std::string& ciphertext);

/// Decrypts `ciphertext` with `key`.
bool token_decrypts(Pkcs11Trial& trial, cryptoki::CK_MECHANISM& mechanism,
                    cryptoki::CK_OBJECT_HANDLE key, std::string ciphertext, std::string& text);

}  // namespace evidence::drivers
