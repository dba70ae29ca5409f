#include "evidence/probes/x509.h"

#include <algorithm>
#include <array>
#include <vector>

#include "evidence/base/der.h"
#include "evidence/base/text.h"

namespace evidence::probes {
namespace {

using base::DerReader;

constexpr unsigned char kInteger = 0x02, kOid = 0x06, kSequence = 0x30, kSet = 0x31,
                        kVersion = 0xa0, kUtcTime = 0x17, kBmpString = 0x1e;

struct AttributeName {
  std::string_view oid, name;
};

// RFC 4514, section 3, and what else stands in most names.
constexpr std::array kNames = {
    AttributeName{"2.5.4.3", "CN"},
    AttributeName{"2.5.4.7", "L"},
    AttributeName{"2.5.4.8", "ST"},
    AttributeName{"2.5.4.10", "O"},
    AttributeName{"2.5.4.11", "OU"},
    AttributeName{"2.5.4.6", "C"},
    AttributeName{"2.5.4.9", "STREET"},
    AttributeName{"2.5.4.5", "serialNumber"},
    AttributeName{"2.5.4.97", "organizationIdentifier"},
    AttributeName{"0.9.2342.19200300.100.1.25", "DC"},
    AttributeName{"0.9.2342.19200300.100.1.1", "UID"},
    AttributeName{"1.2.840.113549.1.9.1", "emailAddress"},
};

std::string attribute_name(const std::string& oid) {
  for (const AttributeName& one : kNames)
    if (one.oid == oid) return std::string(one.name);
  return oid;
}

// Two bytes a character, most significant first; those beyond ASCII are left to `printable`.
std::string from_bmp(std::string_view bytes) {
  std::string text;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2)
    text +=
        bytes[i] == '\0' && static_cast<unsigned char>(bytes[i + 1]) < 0x80 ? bytes[i + 1] : '?';
  return text;
}

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (std::string_view(",+\"\\<>;").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::optional<std::string> pair_text(std::string_view contents) {
  DerReader reader(contents);
  const auto oid_bytes = reader.take(kOid);
  const auto value = reader.next();
  const auto oid = oid_bytes ? base::dotted_oid(*oid_bytes) : std::nullopt;
  if (!oid || !value) return std::nullopt;
  const std::string text =
      value->tag == kBmpString ? from_bmp(value->contents) : base::printable(value->contents);
  return attribute_name(*oid) + "=" + escaped(text);
}

std::optional<std::string> name_text(std::string_view contents) {
  std::vector<std::string> parts;
  for (DerReader reader(contents); !reader.at_end();) {
    const auto set = reader.take(kSet);
    if (!set) return std::nullopt;
    std::vector<std::string> pairs;
    for (DerReader members(*set); !members.at_end();) {
      const auto pair = members.take(kSequence);
      const auto text = pair ? pair_text(*pair) : std::nullopt;
      if (!text) return std::nullopt;
      pairs.push_back(*text);
    }
    parts.push_back(base::join(pairs, "+"));
  }
  std::reverse(parts.begin(), parts.end());
  return base::join(parts, ",");
}

// UTCTime YYMMDDHHMMSSZ (RFC 5280: from 50 on it is 19YY) or GeneralizedTime YYYYMMDDHHMMSSZ.
std::optional<std::string> time_text(DerReader& reader) {
  const auto element = reader.next();
  if (!element) return std::nullopt;
  std::string digits(element->contents);
  if (digits.empty() || digits.back() != 'Z') return std::nullopt;
  digits.pop_back();
  if (digits.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  if (element->tag == kUtcTime) digits.insert(0, digits < "50" ? "20" : "19");
  if (digits.size() != 14) return std::nullopt;
  const auto part = [&](std::size_t at, std::size_t size = 2) { return digits.substr(at, size); };
  return part(0, 4) + "-" + part(4) + "-" + part(6) + "T" + part(8) + ":" + part(10) + ":" +
         part(12) + "Z";
}

}  // namespace

std::optional<CertificateFacts> read_certificate(std::string_view der) {
  const auto certificate = DerReader(der).take(kSequence);
  const auto body = certificate ? DerReader(*certificate).take(kSequence) : std::nullopt;
  if (!body) return std::nullopt;
  DerReader reader(*body);
  reader.take(kVersion);
  const auto serial = reader.take(kInteger);
  const auto algorithm = reader.take(kSequence);
  const auto issuer = reader.take(kSequence);
  const auto validity = reader.take(kSequence);
  const auto subject = reader.take(kSequence);
  const auto key = reader.take(kSequence);
  if (!serial || !algorithm || !issuer || !validity || !subject || !key) return std::nullopt;
  DerReader times(*validity);
  const auto not_before = time_text(times), not_after = time_text(times);
  const auto issuer_text = name_text(*issuer), subject_text = name_text(*subject);
  const auto info = read_public_key_info(*key);
  if (!not_before || !not_after || !issuer_text || !subject_text || !info) return std::nullopt;
  return CertificateFacts{base::hex(*serial), *issuer_text, *subject_text,
                          *not_before,        *not_after,   *info};
}

}  // namespace evidence::probes
