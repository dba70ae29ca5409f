#include "cmvp/certificate_claim.h"

#include "cmvp/import.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

std::optional<std::int64_t> sound_number(std::string_view digits) {
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  const auto number = base::parse_integer(digits);
  if (!number || *number < 1 || *number > kHighestNumber) return std::nullopt;
  return number;
}

std::optional<std::int64_t> whole_number(const base::Statement& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(row.integer(column));
}

bool has_claims(const base::Database& evidence) {
  auto row = evidence.prepare(
      "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'pkcs11_validation'");
  return row.step();
}

}  // namespace

std::optional<std::int64_t> claimed_number(std::string_view words, std::string_view address) {
  std::string text = base::lower(base::trim(words));
  for (const std::string_view before : {"certificate", "cert.", "cert"})
    if (text.starts_with(before)) {
      text = base::trim(std::string_view(text).substr(before.size()));
      break;
    }
  if (text.starts_with('#')) text.erase(0, 1);
  if (const auto number = sound_number(text)) return number;
  constexpr std::string_view kPath = "cryptographic-module-validation-program/certificate/";
  const auto at = address.find(kPath);
  return at == std::string_view::npos ? std::nullopt
                                      : sound_number(address.substr(at + kPath.size()));
}

std::vector<CertificateClaim> certificate_claims(const base::Database& evidence) {
  std::vector<CertificateClaim> claims;
  if (!has_claims(evidence)) return claims;
  auto row = evidence.prepare(
      "SELECT module, token, module_id, certificate, certificate_uri, level, version"
      " FROM pkcs11_validation ORDER BY module, token, position");
  while (row.step())
    claims.push_back({row.text(0), row.text(1), row.text(2), row.text(3),
                      claimed_number(row.text(3), row.text(4)), whole_number(row, 5), row.text(6)});
  return claims;
}

}  // namespace cmvp
