#pragma once

#include <string>
#include <string_view>

namespace base {

/// A public key that can verify: Ed25519, or ECDSA on P-256 (with SHA-256) or P-384 (with SHA-384).
struct PublicKey {
  std::string algorithm;  ///< e.g. "Ed25519", "ECDSA P-256 with SHA-256"
  std::string pem;
  std::string fingerprint;  ///< SHA-256 over its DER (SubjectPublicKeyInfo), lower-case hexadecimal
};

/// Reads a public key in PEM (RFC 7468, "PUBLIC KEY"). Throws Error(input), `origin: message`, for
/// anything else and for other kinds of key.
PublicKey read_public_key(std::string_view pem, const std::string& origin);

/// True if `signature` is one by `key` over `message`: for Ed25519 the 64 bytes of RFC 8032, for
/// ECDSA the DER of RFC 3279, as `openssl pkeyutl` and `openssl dgst` write them.
bool verifies(const PublicKey& key, std::string_view message, std::string_view signature);

}  // namespace base
