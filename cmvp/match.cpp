#include "cmvp/match.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "cmvp/environment.h"
#include "cmvp/lookup.h"
#include "cmvp/module_match.h"
#include "cmvp/status.h"
#include "cmvp/tables.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

using base::Value;

Value known(const std::string& text) { return text.empty() ? Value(nullptr) : Value(text); }

Value flag(const std::optional<bool>& value) {
  return value ? Value(std::int64_t{*value ? 1 : 0}) : Value(nullptr);
}

void insert(const base::Database& db, const std::string& table, const std::vector<Value>& values) {
  std::string sql = "INSERT INTO " + table + " VALUES (?";
  for (std::size_t i = 1; i < values.size(); ++i) sql += ", ?";
  auto statement = db.prepare(sql + ")");
  int index = 0;
  for (const Value& value : values) statement.bind(++index, value);
  statement.step();
}

// A provider that does not claim to be a FIPS provider matches nothing, whatever it is called.
std::vector<ReportedModule> reported_modules(const base::Database& evidence) {
  std::vector<ReportedModule> modules;
  auto row = evidence.prepare(
      "SELECT DISTINCT module, name, version FROM provider"
      " WHERE fips = 1 AND name IS NOT NULL AND version IS NOT NULL ORDER BY 1, 2, 3");
  while (row.step()) modules.push_back({row.text(0), row.text(1), row.text(2)});
  return modules;
}

// Certificates that were looked at, each read once.
class Matcher {
 public:
  Matcher(const base::Database& snapshot, base::Database& judgement, std::string as_of)
      : snapshot_(snapshot),
        judgement_(judgement),
        as_of_(std::move(as_of)),
        system_(observed_system(judgement)) {}

  void match(const ReportedModule& module) {
    std::vector<ModuleMatch> matches;
    for (const std::int64_t number : certificates_named(snapshot_, module.name))
      matches.push_back(match_module(module, certificate(number)));
    const bool found = std::any_of(matches.begin(), matches.end(),
                                   [](const ModuleMatch& match) { return match.exact; });
    if (found)
      std::erase_if(matches,
                    [](const ModuleMatch& match) { return match.version_matches == false; });
    std::sort(matches.begin(), matches.end(),
              [&](const ModuleMatch& a, const ModuleMatch& b) { return order(a) < order(b); });
    std::int64_t nearness = 0;
    for (std::size_t i = 0; i < matches.size(); ++i) {
      nearness = i > 0 && matches[i].exact == matches[i - 1].exact ? nearness + 1 : 1;
      write_match(module, matches[i], nearness);
    }
  }

  // Copies what was looked at and what that relates to.
  void write_certificates() {
    std::vector<std::int64_t> related;
    for (const auto& [number, each] : certificates_)
      for (const Relation& relation : each.relations) related.push_back(relation.other);
    for (const std::int64_t number : related)
      if (auto other = find_certificate(snapshot_, number))
        certificates_.emplace(number, std::move(*other));
    for (const auto& [number, each] : certificates_) write_certificate(each);
  }

 private:
  const Certificate& certificate(std::int64_t number) {
    const auto known_one = certificates_.find(number);
    if (known_one != certificates_.end()) return known_one->second;
    return certificates_.emplace(number, find_certificate(snapshot_, number).value()).first->second;
  }

  // Exact before near; only another build before another version; Active before others; known
  // versions before unknown; nearer versions before farther; newer certificates before older.
  std::tuple<bool, bool, bool, bool, std::vector<std::int64_t>, std::int64_t> order(
      const ModuleMatch& match) {
    const bool active = status_as_of(certificate(match.certificate), as_of_).status == "Active";
    return {!match.exact,           !match.same_upstream, !active,
            !match.version_matches, match.distance,       -match.certificate};
  }

  void write_match(const ReportedModule& module, const ModuleMatch& match, std::int64_t nearness) {
    insert(judgement_, "certificate_match",
           {module.module, match.certificate, match.exact ? "exact" : "near", std::int64_t{1},
            flag(match.version_matches), base::join(match.reasons_for, "; "),
            base::join(match.reasons_against, "; "), nearness});
    const EnvironmentVerdict verdict =
        match_environment(system_, certificate(match.certificate).environments);
    insert(judgement_, "environment_match",
           {module.module, match.certificate, verdict.verdict, known(verdict.closest),
            base::join(verdict.reasons, "; ")});
  }

  void write_certificate(const Certificate& c) {
    std::vector<std::string> versions;
    for (const RecordedVersion& version : c.recorded_versions) versions.push_back(version.text);
    insert(judgement_, "certificate",
           {c.number, known(c.vendor), known(c.name), known(c.standard), c.status, c.status_as_of,
            known(c.earlier_status), known(c.earlier_status_as_of), known(c.became_historical_by),
            known(base::join(c.validation_dates, " ")), known(c.sunset_date), known(c.sunset_as_of),
            c.overall_level ? Value(*c.overall_level) : Value(nullptr), known(c.module_type),
            known(c.embodiment), known(base::join(versions, "; ")),
            known(base::join(c.caveat_flags, " "))});
    for (const Version& version : c.versions)
      insert(judgement_, "certificate_version",
             {c.number, version.text, version.kind, version.origin});
    for (const Relation& relation : c.relations)
      insert(judgement_, "certificate_relation", {c.number, relation.type, relation.other});
    for (const ListedEnvironment& environment : c.environments)
      insert(judgement_, "certificate_environment",
             {c.number, environment.text, environment.origin});
    const CertificateStatus status = status_as_of(c, as_of_);
    insert(judgement_, "certificate_status",
           {c.number, as_of_, status.status, status.reason, flag(status.sunset_passed)});
  }

  const base::Database& snapshot_;
  base::Database& judgement_;
  std::string as_of_;
  ObservedSystem system_;
  std::map<std::int64_t, Certificate> certificates_;
};

}  // namespace

void match_certificates(const base::Database& snapshot, base::Database& judgement,
                        const std::string& as_of) {
  check_date(as_of);
  create_judgement_tables(judgement);
  const SnapshotInfo info = snapshot_info(snapshot);
  insert(judgement, "snapshot", {info.taken_at, info.source, info.digest, info.certificates});
  Matcher matcher(snapshot, judgement, as_of);
  for (const ReportedModule& module : reported_modules(judgement)) matcher.match(module);
  matcher.write_certificates();
}

}  // namespace cmvp
