#include "evidence/probes/public_key.h"

#include <algorithm>
#include <array>

#include "evidence/base/der.h"
#include "evidence/base/text.h"

namespace evidence::probes {
namespace {

constexpr unsigned char kInteger = 0x02, kBits = 0x03, kOctets = 0x04, kOid = 0x06,
                        kSequence = 0x30, kPrintable = 0x13, kUtf8 = 0x0c;

struct NamedCurve {
  std::string_view oid, name;
  std::int64_t bits;
};

// SEC 2 (2010), RFC 5639, RFC 8410; names as FIPS 186-5 and SP 800-186 have them.
constexpr std::array kCurves = {
    NamedCurve{"1.2.840.10045.3.1.1", "P-192", 192},
    NamedCurve{"1.3.132.0.33", "P-224", 224},
    NamedCurve{"1.2.840.10045.3.1.7", "P-256", 256},
    NamedCurve{"1.3.132.0.34", "P-384", 384},
    NamedCurve{"1.3.132.0.35", "P-521", 521},
    NamedCurve{"1.3.132.0.8", "secp160r1", 160},
    NamedCurve{"1.3.132.0.9", "secp160k1", 160},
    NamedCurve{"1.3.132.0.30", "secp160r2", 160},
    NamedCurve{"1.3.132.0.31", "secp192k1", 192},
    NamedCurve{"1.3.132.0.32", "secp224k1", 224},
    NamedCurve{"1.3.132.0.10", "secp256k1", 256},
    NamedCurve{"1.3.132.0.1", "K-163", 163},
    NamedCurve{"1.3.132.0.15", "B-163", 163},
    NamedCurve{"1.3.132.0.26", "K-233", 233},
    NamedCurve{"1.3.132.0.27", "B-233", 233},
    NamedCurve{"1.3.132.0.16", "K-283", 283},
    NamedCurve{"1.3.132.0.17", "B-283", 283},
    NamedCurve{"1.3.132.0.36", "K-409", 409},
    NamedCurve{"1.3.132.0.37", "B-409", 409},
    NamedCurve{"1.3.132.0.38", "K-571", 571},
    NamedCurve{"1.3.132.0.39", "B-571", 571},
    NamedCurve{"1.3.36.3.3.2.8.1.1.1", "brainpoolP160r1", 160},
    NamedCurve{"1.3.36.3.3.2.8.1.1.3", "brainpoolP192r1", 192},
    NamedCurve{"1.3.36.3.3.2.8.1.1.5", "brainpoolP224r1", 224},
    NamedCurve{"1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1", 256},
    NamedCurve{"1.3.36.3.3.2.8.1.1.9", "brainpoolP320r1", 320},
    NamedCurve{"1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1", 384},
    NamedCurve{"1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1", 512},
    NamedCurve{"1.3.101.110", "X25519", 256},
    NamedCurve{"1.3.101.111", "X448", 448},
    NamedCurve{"1.3.101.112", "Ed25519", 256},
    NamedCurve{"1.3.101.113", "Ed448", 448},
    NamedCurve{"1.3.6.1.4.1.11591.15.1", "Ed25519", 256},
    NamedCurve{"1.3.6.1.4.1.3029.1.5.1", "X25519", 256},
};

// Names that PKCS #11 3.0 has as text in place of an object identifier.
constexpr std::array kTextCurves = {
    NamedCurve{"edwards25519", "Ed25519", 256},
    NamedCurve{"edwards448", "Ed448", 448},
    NamedCurve{"curve25519", "X25519", 256},
    NamedCurve{"curve448", "X448", 448},
};

template <std::size_t N>
Curve named(const std::array<NamedCurve, N>& curves, const std::string& word) {
  for (const NamedCurve& curve : curves)
    if (curve.oid == word) return {std::string(curve.name), curve.bits};
  return {word, std::nullopt};
}

struct NamedAlgorithm {
  std::string_view oid, name;
};

// RFC 3279, 5480, 8410; for the last ones NIST's register of object identifiers.
constexpr std::array kAlgorithms = {
    NamedAlgorithm{"1.2.840.113549.1.1.1", "RSA"},
    NamedAlgorithm{"1.2.840.113549.1.1.10", "RSA"},
    NamedAlgorithm{"1.2.840.10045.2.1", "EC"},
    NamedAlgorithm{"1.2.840.10040.4.1", "DSA"},
    NamedAlgorithm{"1.3.101.110", "X25519"},
    NamedAlgorithm{"1.3.101.111", "X448"},
    NamedAlgorithm{"1.3.101.112", "Ed25519"},
    NamedAlgorithm{"1.3.101.113", "Ed448"},
    NamedAlgorithm{"2.16.840.1.101.3.4.3.17", "ML-DSA-44"},
    NamedAlgorithm{"2.16.840.1.101.3.4.3.18", "ML-DSA-65"},
    NamedAlgorithm{"2.16.840.1.101.3.4.3.19", "ML-DSA-87"},
    NamedAlgorithm{"2.16.840.1.101.3.4.4.1", "ML-KEM-512"},
    NamedAlgorithm{"2.16.840.1.101.3.4.4.2", "ML-KEM-768"},
    NamedAlgorithm{"2.16.840.1.101.3.4.4.3", "ML-KEM-1024"},
};

std::string algorithm_name(const std::string& oid) {
  for (const NamedAlgorithm& one : kAlgorithms)
    if (one.oid == oid) return std::string(one.name);
  return oid;
}

// The first integer of a sequence, e.g. the modulus of an RSA key or the prime of DSA.
std::string_view first_integer(std::string_view der) {
  base::DerReader outer(der);
  const auto sequence = outer.take(kSequence);
  if (!sequence) return {};
  return without_zeros(base::DerReader(*sequence).take(kInteger).value_or(std::string_view()));
}

}  // namespace

std::optional<Curve> curve_of(std::string_view parameters) {
  const auto element = base::DerReader(parameters).next();
  if (!element) return std::nullopt;
  switch (element->tag) {
    case kOid:
      if (const auto oid = base::dotted_oid(element->contents)) return named(kCurves, *oid);
      return std::nullopt;
    case kPrintable:
    case kUtf8:
      return named(kTextCurves, base::printable(element->contents));
    case kSequence:
      return Curve{"explicit parameters", std::nullopt};
    default:
      return std::nullopt;
  }
}

std::string_view without_zeros(std::string_view number) {
  number.remove_prefix(std::min(number.find_first_not_of('\0'), number.size()));
  return number;
}

std::int64_t bits_of(std::string_view number) {
  number = without_zeros(number);
  if (number.empty()) return 0;
  auto bits = static_cast<std::int64_t>(number.size() - 1) * 8;
  for (auto top = static_cast<unsigned char>(number[0]); top != 0; top >>= 1U) ++bits;
  return bits;
}

std::string_view bare_point(std::string_view point) {
  base::DerReader reader(point);
  const auto inner = reader.take(kOctets);
  if (!inner || !reader.at_end() || inner->empty()) return point;
  // A bare point begins with the same byte as an OCTET STRING: what is inside has to be a point.
  const bool edwards_size = inner->size() == 32 || inner->size() == 56 || inner->size() == 57;
  const bool is_point = inner->front() >= 2 && inner->front() <= 4 && inner->size() % 2 == 1;
  return edwards_size || is_point ? *inner : point;
}

std::optional<PublicKeyInfo> read_public_key_info(std::string_view contents) {
  base::DerReader reader(contents);
  const auto identifier = reader.take(kSequence);
  const auto bits = reader.take(kBits);
  if (!identifier || !bits || bits->empty()) return std::nullopt;
  base::DerReader algorithm(*identifier);
  const auto oid_bytes = algorithm.take(kOid);
  const auto oid = oid_bytes ? base::dotted_oid(*oid_bytes) : std::nullopt;
  if (!oid) return std::nullopt;
  const std::string_view key = bits->substr(1);
  PublicKeyInfo info{algorithm_name(*oid), std::nullopt, std::nullopt, std::string(key)};
  const std::string_view parameters = identifier->substr(2 + oid_bytes->size());
  if (info.algorithm == "RSA") {
    info.value = first_integer(key);
    info.bits = bits_of(info.value);
  } else if (info.algorithm == "EC") {
    if (const auto curve = curve_of(parameters)) info.curve = curve->name, info.bits = curve->bits;
  } else if (info.algorithm == "DSA") {
    info.bits = bits_of(first_integer(parameters));
  } else if (const Curve curve = named(kCurves, *oid); curve.bits) {
    info.curve = curve.name, info.bits = curve.bits;
  }
  return info;
}

}  // namespace evidence::probes
