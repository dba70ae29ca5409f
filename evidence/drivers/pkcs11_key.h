#pragma once

#include <optional>
#include <string>

#include "evidence/drivers/pkcs11_encoding.h"
#include "evidence/drivers/pkcs11_trial.h"

namespace evidence::drivers {

/// A kind of secret keys.
struct SecretKind {
  cryptoki::CK_KEY_TYPE type;
  cryptoki::CK_MECHANISM_TYPE generation;
  bool has_length = true;  ///< Keys of it can be of several lengths.
};
inline constexpr SecretKind kAesKey{cryptoki::CKK_AES, cryptoki::CKM_AES_KEY_GEN};
inline constexpr SecretKind kGenericSecret{cryptoki::CKK_GENERIC_SECRET,
                                           cryptoki::CKM_GENERIC_SECRET_KEY_GEN};

using Usage = std::vector<cryptoki::CK_ATTRIBUTE_TYPE>;

/// Brings the secret key `value` to the token: as an object with its value, else encrypted with a
/// key of the token, else a key of that kind and length that the token makes itself. Results can
/// only be compared with known answers if it is not generated (`is_known`).
std::optional<cryptoki::CK_OBJECT_HANDLE> secret_key(Pkcs11Trial& trial, const SecretKind& kind,
                                                     const std::string& value, const Usage& usage);

/// Is the key that the trial works with the one of the catalogue?
bool is_known(const Pkcs11Trial& trial);

/// Makes a secret key of `length` bytes.
std::optional<cryptoki::CK_OBJECT_HANDLE> generate_secret(Pkcs11Trial& trial,
                                                          const SecretKind& kind,
                                                          std::size_t length, const Usage& usage);

/// Two halves of a key.
struct KeyPair {
  cryptoki::CK_OBJECT_HANDLE public_key = 0, private_key = 0;
};

/// What the halves may do.
struct PairUsage {
  Usage public_key, private_key;
};

/// Brings the test key `name` to the token, or where that is refused has one like it made.
std::optional<KeyPair> key_pair(Pkcs11Trial& trial, const std::string& name,
                                const PairUsage& usage);

/// Brings the public half of the test key `name` to the token.
std::optional<cryptoki::CK_OBJECT_HANDLE> public_key(Pkcs11Trial& trial, const std::string& name,
                                                     const Usage& usage);

/// Has a key pair made: of a size, a group or a parameter set by the catalogue's names.
struct PairWanted {
  std::string algorithm;  ///< RSA, EC, ED25519, X25519, DSA, DH, ML-KEM-512, …
  std::string group;      ///< of EC and DH
  std::size_t bits = 0;   ///< of RSA
  std::size_t exponent = 65537;
  std::string domain;  ///< a test key with domain parameters, for DSA and DH
};
std::optional<KeyPair> generate_pair(Pkcs11Trial& trial, const PairWanted& wanted,
                                     const PairUsage& usage);

/// The mechanism that makes such key pairs; nothing if PKCS #11 has none.
std::optional<cryptoki::CK_MECHANISM_TYPE> pair_generation(const std::string& algorithm);

}  // namespace evidence::drivers
