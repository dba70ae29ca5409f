#include "rules/claim.h"

#include <algorithm>
#include <array>
#include <set>

#include "evidence/base/text.h"
#include "evidence/base/toml.h"

namespace rules {
namespace {

constexpr std::array kKinds = {
    ClaimKind{"certificate-in-use", "certificate", "",
              "a module here is the one of this certificate, by name and version"},
    ClaimKind{"certificate-status", "certificate status", "on",
              "the certificate has this status, on that day or on the as-of date"},
    ClaimKind{"certificate-level", "certificate level", "",
              "the overall security level of the certificate is at least this"},
    ClaimKind{"certificate-standard", "certificate standard", "",
              "the certificate is one of this standard"},
    ClaimKind{"environment-listed", "certificate", "",
              "this system is an operational environment that the certificate lists"},
    ClaimKind{"operating-system", "system", "system-version",
              "this system is that operating system, ID and VERSION_ID of os-release"},
    ClaimKind{"module-version", "module version", "",
              "a module of this name here tells this version"},
    ClaimKind{"modules-validated", "", "",
              "an Active certificate covers every module that was looked at"},
    ClaimKind{"fips-provider-active", "", "",
              "programs that ask for nothing special get a FIPS provider of OpenSSL"},
    ClaimKind{"kernel-fips-mode", "", "", "the kernel was started in FIPS mode"},
    ClaimKind{"algorithm-not-offered", "algorithm", "",
              "no service with this algorithm works for programs or in a token"},
    ClaimKind{"keys-not-extractable", "", "token",
              "no secret or private key of the token can be, or ever could be, taken out"},
    ClaimKind{"keys-made-in-token", "", "token",
              "every secret or private key of the token was made in it"},
};

constexpr std::int64_t kHighestNumber = 1'000'000;

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (const std::string_view word : base::split(text, ' '))
    if (!word.empty()) words.push_back(word);
  return words;
}

const ClaimKind& kind_of(const base::TomlTable& table) {
  const std::string name = table.required_text("kind");
  std::vector<std::string_view> known;
  for (const ClaimKind& kind : kKinds) {
    if (kind.name == name) return kind;
    known.push_back(kind.name);
  }
  const auto near = base::nearest(name, known);
  throw table.error(
      "no kind of claim is called \"" + base::printable(name) + "\"; " +
          (near ? "did you mean " + std::string(*near) + "?" : "docs/claims.md lists them"),
      "kind");
}

Severity severity_of(const base::TomlTable& table) {
  const std::string name = table.text("severity").value_or("high");
  const auto found = std::find(kSeverityNames.begin(), kSeverityNames.end(), name);
  if (found != kSeverityNames.end()) return static_cast<Severity>(found - kSeverityNames.begin());
  throw table.error(
      "severity is low, medium, high or critical, not \"" + base::printable(name) + "\"",
      "severity");
}

std::optional<std::int64_t> number_of(const base::TomlTable& table, const char* key,
                                      std::int64_t highest) {
  const auto number = table.integer(key);
  if (number && (*number < 1 || *number > highest))
    throw table.error(std::string(key) + " is a number from 1 to " + std::to_string(highest), key);
  return number;
}

std::string one_of(const base::TomlTable& table, const char* key,
                   const std::vector<std::string_view>& choices) {
  const std::string value = table.text(key).value_or("");
  if (value.empty() || std::find(choices.begin(), choices.end(), value) != choices.end())
    return value;
  std::vector<std::string> names(choices.begin(), choices.end());
  throw table.error(std::string(key) + " is one of " + base::join(names, ", ") + ", not \"" +
                        base::printable(value) + "\"",
                    key);
}

void check_keys(const base::TomlTable& table, const ClaimKind& kind) {
  std::vector<std::string_view> allowed = {"says", "kind", "severity"};
  for (const std::string_view words : {kind.required, kind.optional})
    for (const std::string_view key : words_of(words)) allowed.push_back(key);
  table.allow_only(allowed);
  for (const std::string_view key : words_of(kind.required))
    if (!table.has(key))
      throw table.error("a claim of the kind " + std::string(kind.name) + " needs " +
                        std::string(key));
  for (const std::string& key : table.keys())
    if (key != "certificate" && key != "level" && key != "on") (void)table.required_text(key);
}

Claim claim_of(const base::TomlTable& table) {
  const ClaimKind& kind = kind_of(table);
  check_keys(table, kind);
  Claim claim;
  claim.says = table.required_text("says");
  claim.kind = std::string(kind.name);
  claim.severity = severity_of(table);
  claim.certificate = number_of(table, "certificate", kHighestNumber);
  claim.level = number_of(table, "level", 4);
  claim.module = table.text("module").value_or("");
  claim.version = table.text("version").value_or("");
  claim.status = one_of(table, "status", {"Active", "Historical", "Revoked"});
  claim.on = table.date("on").value_or("");
  claim.standard = one_of(table, "standard", {"FIPS 140-3", "FIPS 140-2", "FIPS 140-1"});
  claim.system = table.text("system").value_or("");
  claim.system_version = table.text("system-version").value_or("");
  claim.token = table.text("token").value_or("");
  claim.algorithm = table.text("algorithm").value_or("");
  claim.file = table.file();
  claim.line = table.line();
  return claim;
}

base::Value known(const std::string& text) {
  return text.empty() ? base::Value(nullptr) : base::Value(text);
}

base::Value known(const std::optional<std::int64_t>& number) {
  return number ? base::Value(*number) : base::Value(nullptr);
}

base::Value flag(const std::optional<bool>& value) {
  return value ? base::Value(std::int64_t{*value ? 1 : 0}) : base::Value(nullptr);
}

std::vector<base::Value> row_of(const Claim& claim, std::int64_t source) {
  const ClaimedCertificate& found = claim.found;
  return {source,
          "declared",
          claim.says,
          claim.kind,
          std::string(name_of(claim.severity)),
          claim.file,
          claim.line,
          known(claim.certificate),
          known(claim.level),
          known(claim.module),
          known(claim.version),
          known(claim.status),
          known(claim.on),
          known(claim.standard),
          known(claim.system),
          known(claim.system_version),
          known(claim.token),
          known(claim.algorithm),
          flag(found.in_snapshot),
          known(found.name),
          known(found.standard),
          known(found.level),
          known(found.status),
          known(found.reason),
          known(found.environment),
          known(found.closest),
          known(found.why)};
}

std::int64_t add_source(const std::string& file, base::Database& judgement) {
  judgement
      .prepare(
          "INSERT INTO source (id, run, probe, subject, locator, method, outcome, reason,"
          " collected_at)"
          " SELECT (SELECT COALESCE(MAX(id), 0) + 1 FROM source), MAX(id), 'claims', '', ?,"
          " 'read the claims', 'observed', '', MAX(finished_at) FROM run")
      .bind(1, file)
      .step();
  auto id = judgement.prepare("SELECT MAX(id) FROM source");
  id.step();
  const std::int64_t source = id.integer(0);
  judgement.prepare("INSERT INTO source_feed (source, table_name) VALUES (?, 'claim')")
      .bind(1, source)
      .step();
  return source;
}

}  // namespace

std::span<const ClaimKind> claim_kinds() { return kKinds; }

std::vector<Claim> read_claims(std::string_view text, const std::string& file) {
  const auto top = base::TomlTable::parse(text, file);
  top.allow_only({"claim"});
  std::vector<Claim> claims;
  std::set<std::string> said;
  for (const base::TomlTable& table : top.tables("claim")) {
    claims.push_back(claim_of(table));
    if (!said.insert(claims.back().says).second)
      throw table.error("another claim says the same; each needs words of its own", "says");
  }
  return claims;
}

void create_claim_table(base::Database& judgement) {
  judgement.execute(
      "CREATE TABLE IF NOT EXISTS claim (source INTEGER, basis TEXT, claim TEXT, kind TEXT, "
      "severity TEXT,"
      " file TEXT, line INTEGER, certificate INTEGER, level INTEGER, module TEXT, version TEXT,"
      " status TEXT, on_date TEXT, standard TEXT, system TEXT, system_version TEXT, token TEXT,"
      " algorithm TEXT, in_snapshot INTEGER, found_name TEXT, found_standard TEXT,"
      " found_level INTEGER, found_status TEXT, found_reason TEXT, environment TEXT,"
      " closest TEXT, environment_reasons TEXT) STRICT");
}

void add_claims(const std::vector<Claim>& claims, base::Database& judgement) {
  std::string file;
  std::int64_t source = 0;
  for (const Claim& claim : claims) {
    if (source == 0 || claim.file != file) source = add_source(claim.file, judgement);
    file = claim.file;
    const auto row = row_of(claim, source);
    std::string places = "?";
    for (std::size_t i = 1; i < row.size(); ++i) places += ", ?";
    auto insert = judgement.prepare("INSERT INTO claim VALUES (" + places + ")");
    int index = 0;
    for (const base::Value& value : row) insert.bind(++index, value);
    insert.step();
  }
}

}  // namespace rules
