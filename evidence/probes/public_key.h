#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace evidence::probes {

/// An elliptic curve as the parameters of a key name it.
struct Curve {
  std::string name;                  ///< e.g. "P-256", or the identifier where no name is known.
  std::optional<std::int64_t> bits;  ///< Of its order, rounded up to the usual figure.
};

/// The curve that DER parameters of a key name (an object identifier, or a text as PKCS #11 3.0
/// allows it); explicit parameters have that as name. Nothing if they make no sense.
std::optional<Curve> curve_of(std::string_view parameters);

/// The bits of a number, most significant byte first.
std::int64_t bits_of(std::string_view number);

/// A number without leading zero bytes.
std::string_view without_zeros(std::string_view number);

/// The point of a public key: PKCS #11 has it inside an OCTET STRING, some modules have it bare.
std::string_view bare_point(std::string_view point);

/// What a SubjectPublicKeyInfo (RFC 5280, 4.1.2.7) holds.
struct PublicKeyInfo {
  std::string algorithm;  ///< e.g. "RSA", "EC", "ML-DSA-65", or the identifier.
  std::optional<std::int64_t> bits;
  std::optional<std::string> curve;
  std::string value;  ///< Modulus, point, or the bits of the key: what tells two keys apart.
};

/// Reads a SubjectPublicKeyInfo, without its outer header; nothing if it makes no sense.
std::optional<PublicKeyInfo> read_public_key_info(std::string_view contents);

}  // namespace evidence::probes
