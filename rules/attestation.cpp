#include "rules/attestation.h"

#include <set>

#include "evidence/base/text.h"
#include "evidence/base/toml.h"

namespace rules {
namespace {

std::vector<std::string> assertions_of(const base::TomlTable& table) {
  std::vector<std::string> names = table.texts("assertions");
  if (names.empty())
    throw table.error("assertions is missing; name what is attested, e.g. [\"AS07.09\"]",
                      table.has("assertions") ? "assertions" : "");
  std::set<std::string> known;
  for (const std::string& name : names) {
    if (name.empty()) throw table.error("an assertion without a name", "assertions");
    if (!known.insert(name).second)
      throw table.error("\"" + base::printable(name) + "\" is named twice", "assertions");
  }
  return names;
}

std::string digest_of(const base::TomlTable& table) {
  std::string digest = base::lower(table.required_text("sha256"));
  constexpr std::size_t kDigits = 64;
  if (digest.size() == kDigits && digest.find_first_not_of("0123456789abcdef") == digest.npos)
    return digest;
  throw table.error("sha256 is no SHA-256: 64 hexadecimal digits, as sha256sum prints them",
                    "sha256");
}

Attestation attestation_of(const base::TomlTable& table) {
  table.allow_only(
      {"assertions", "statement", "by", "role", "date", "document", "sha256", "file", "expires"});
  Attestation one;
  one.assertions = assertions_of(table);
  one.statement = table.required_text("statement");
  one.by = table.required_text("by");
  one.role = table.required_text("role");
  one.date = table.required_date("date");
  one.document = table.required_text("document");
  one.sha256 = digest_of(table);
  if (table.has("file")) one.document_file = table.required_text("file");
  if (table.has("expires")) one.expires = table.required_date("expires");
  one.file = table.file();
  one.line = table.line();
  if (!one.expires.empty() && one.expires < one.date)
    throw table.error("the attestation expires on " + one.expires + ", before it was made",
                      "expires");
  return one;
}

}  // namespace

std::vector<Attestation> read_attestations(std::string_view text, const std::string& file) {
  const auto top = base::TomlTable::parse(text, file);
  top.allow_only({"attestation"});
  std::vector<Attestation> list;
  for (const base::TomlTable& table : top.tables("attestation"))
    list.push_back(attestation_of(table));
  return list;
}

}  // namespace rules
