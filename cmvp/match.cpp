#include "cmvp/match.h"

#include <map>
#include <set>

#include "cmvp/bindings.h"
#include "cmvp/certificate_claim.h"
#include "cmvp/certificates.h"
#include "cmvp/environment.h"
#include "cmvp/joined_records.h"
#include "cmvp/judgement_rows.h"
#include "cmvp/lookup.h"
#include "cmvp/module_identity.h"
#include "cmvp/module_match.h"
#include "cmvp/name.h"
#include "cmvp/status.h"
#include "cmvp/tables.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

using base::Value;

// Matches modules one after the other and writes what comes of it.
class Matcher {
 public:
  Matcher(const base::Database& snapshot, const base::Database& judgement, std::string as_of)
      : certificates_(snapshot),
        modules_(judgement, "reported_module", 9),
        claims_(judgement, "certificate_claim", 8),
        matches_(judgement, "certificate_match", 9),
        environments_(judgement, "environment_match", 7),
        bindings_(judgement, "certificate_binding", 8),
        as_of_(std::move(as_of)),
        system_(observed_system(judgement)) {}

  void match(const ReportedModule& module) {
    write_module(module);
    const auto found = match_all(module, certificates_, as_of_);
    std::int64_t nearness = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
      nearness = i > 0 && found[i].exact == found[i - 1].exact ? nearness + 1 : 1;
      write_match(module, found[i], nearness);
      looked_at_.insert(found[i].certificate);
      if (found[i].exact && bound_.emplace(module.module, found[i].certificate).second)
        write_bindings(module, found[i].certificate);
    }
  }

  // A claim is looked up and told beside what is known; it matches nothing.
  void look_up(const CertificateClaim& claim, std::int64_t highest) {
    const Certificate* certificate = claim.number ? certificates_.find(*claim.number) : nullptr;
    std::optional<bool> known_one, same_name;
    if (claim.number && *claim.number <= highest) known_one = certificate != nullptr;
    if (certificate != nullptr && !claim.module_id.empty() && !certificate->name.empty())
      same_name = has_name(*certificate, claim.module_id);
    claims_.add({claim.module, claim.token, known(claim.module_id), known(claim.words),
                 claim.number ? Value(*claim.number) : Value(nullptr), flag(known_one),
                 flag(same_name), claim.level ? Value(*claim.level) : Value(nullptr)});
    if (certificate != nullptr) looked_at_.insert(certificate->number);
  }

  // The certificates that were looked at, what they rest on, and what they directly relate to.
  std::set<std::int64_t> to_copy() {
    std::set<std::int64_t> numbers = looked_at_;
    for (const std::int64_t number : looked_at_) {
      for (const Relation& relation : certificates_.find(number)->relations)
        numbers.insert(relation.other);
      for (const Binding& binding : bindings_of(number, certificates_))
        numbers.insert(binding.bound);
    }
    std::erase_if(numbers,
                  [&](std::int64_t number) { return certificates_.find(number) == nullptr; });
    return numbers;
  }

  Certificates& certificates() { return certificates_; }

 private:
  static bool has_name(const Certificate& certificate, const std::string& name) {
    const PlainName certified = plain_name(certificate.name);
    const std::string told = plain_name(name).plain;
    return told == certified.plain || told == certified.bare;
  }

  void write_module(const ReportedModule& m) {
    modules_.add({m.module, m.part, m.words.empty() ? m.name : m.words, m.name,
                  known(m.name_source), known(m.version), known(m.version_kind),
                  known(m.hardware_version), known(m.manufacturer)});
  }

  void write_match(const ReportedModule& module, const ModuleMatch& match, std::int64_t nearness) {
    matches_.add({module.module, match.certificate, match.exact ? "exact" : "near", std::int64_t{1},
                  flag(match.version_matches), base::join(match.reasons_for, "; "),
                  base::join(match.reasons_against, "; "), nearness, module.part});
    // The parts of one module may come near the same certificate.
    if (!compared_.emplace(module.module, match.certificate).second) return;
    const EnvironmentVerdict& verdict = environment(match.certificate);
    environments_.add({module.module, match.certificate, verdict.verdict, known(verdict.closest),
                       base::join(verdict.reasons, "; "), known(base::join(verdict.agrees, "; ")),
                       known(base::join(verdict.differs, "; "))});
  }

  void write_bindings(const ReportedModule& module, std::int64_t number) {
    for (const Binding& each : bindings_of(number, certificates_)) {
      const Certificate* bound = certificates_.find(each.bound);
      bindings_.add({module.module, number, each.bound, each.type, each.via, each.depth,
                     std::int64_t{each.inferred ? 1 : 0},
                     bound == nullptr ? "unknown" : status_as_of(*bound, as_of_).status});
    }
  }

  // One system, so one verdict for each certificate.
  const EnvironmentVerdict& environment(std::int64_t number) {
    const auto known_one = verdicts_.find(number);
    if (known_one != verdicts_.end()) return known_one->second;
    return verdicts_
        .emplace(number, match_environment(system_, certificates_.find(number)->environments))
        .first->second;
  }

  Certificates certificates_;
  Rows modules_, claims_, matches_, environments_, bindings_;
  std::string as_of_;
  ObservedSystem system_;
  std::set<std::int64_t> looked_at_;
  std::set<std::pair<std::string, std::int64_t>> compared_, bound_;
  std::map<std::int64_t, EnvironmentVerdict> verdicts_;
};

// Copies certificates into the judgement, with their status on the date.
class Copier {
 public:
  Copier(const base::Database& judgement, std::string as_of)
      : certificates_(judgement, "certificate", 19),
        versions_(judgement, "certificate_version", 4),
        relations_(judgement, "certificate_relation", 3),
        environments_(judgement, "certificate_environment", 3),
        algorithms_(judgement, "certificate_algorithm", 3),
        statuses_(judgement, "certificate_status", 5),
        as_of_(std::move(as_of)) {}

  void copy(const Certificate& c) {
    std::vector<std::string> versions;
    for (const RecordedVersion& version : c.recorded_versions) versions.push_back(version.text);
    certificates_.add({c.number, known(c.vendor), known(c.name), known(c.standard), c.status,
                       c.status_as_of, known(c.earlier_status), known(c.earlier_status_as_of),
                       known(c.became_historical_by), known(base::join(c.validation_dates, " ")),
                       known(c.sunset_date), known(c.sunset_as_of),
                       c.overall_level ? Value(*c.overall_level) : Value(nullptr),
                       known(c.module_type), known(c.embodiment), known(base::join(versions, "; ")),
                       known(base::join(c.caveat_flags, " ")), known(c.algorithms_read),
                       known(base::join(c.parameter_sets, "; "))});
    for (const Version& version : c.versions)
      versions_.add({c.number, version.text, version.kind, version.origin});
    for (const Relation& relation : c.relations)
      relations_.add({c.number, relation.type, relation.other});
    for (const ListedEnvironment& environment : c.environments)
      environments_.add({c.number, environment.text, environment.origin});
    for (const Algorithm& algorithm : c.algorithms)
      algorithms_.add({c.number, algorithm.name, known(algorithm.validation)});
    const CertificateStatus status = status_as_of(c, as_of_);
    statuses_.add({c.number, as_of_, status.status, status.reason, flag(status.sunset_passed)});
  }

 private:
  Rows certificates_, versions_, relations_, environments_, algorithms_, statuses_;
  std::string as_of_;
};

std::int64_t highest_number(const base::Database& snapshot) {
  auto row = snapshot.prepare("SELECT max(number) FROM certificate");
  row.step();
  return row.integer(0);
}

std::string in_process_as_of(const base::Database& snapshot) {
  auto row = snapshot.prepare("SELECT max(list_as_of) FROM module_in_process");
  row.step();
  return row.text(0);
}

// Lists name no versions, so that a name is all there is to compare.
void write_in_process(const base::Database& snapshot, const base::Database& judgement,
                      const std::vector<ReportedModule>& modules) {
  std::multimap<std::string, std::string> by_name;
  for (const ReportedModule& each : modules)
    by_name.emplace(plain_name(each.name).plain, each.module);
  Rows rows(judgement, "module_in_process", 8);
  auto row = snapshot.prepare(
      "SELECT list, list_as_of, name, vendor, standard, status, status_date"
      " FROM module_in_process ORDER BY rowid");
  while (row.step()) {
    const PlainName name = plain_name(row.text(2));
    std::set<std::string> subjects;
    for (const std::string& form : {name.plain, name.bare})
      for (auto [at, end] = by_name.equal_range(form); at != end; ++at) subjects.insert(at->second);
    for (const std::string& subject : subjects)
      rows.add({subject, row.text(0), row.text(1), row.text(2), known(row.text(3)),
                known(row.text(4)), known(row.text(5)), known(row.text(6))});
  }
}

}  // namespace

std::vector<ReportedModule> reported_modules(const base::Database& evidence) {
  std::vector<ReportedModule> modules;
  auto row = evidence.prepare(
      "SELECT DISTINCT module, name, version,"
      " (SELECT min(f.sha256) FROM provider_file AS f WHERE f.module = p.module) FROM provider AS p"
      " WHERE fips = 1 AND name IS NOT NULL AND version IS NOT NULL ORDER BY 1, 2, 3");
  while (row.step()) {
    modules.push_back({row.text(0), row.text(1), row.text(2)});
    modules.back().file_digest = row.text(3);
  }
  for (ReportedModule& each : pkcs11_modules(evidence, known_names()))
    modules.push_back(std::move(each));
  return modules;
}

void match_certificates(const base::Database& snapshot, base::Database& judgement,
                        const std::string& as_of) {
  check_date(as_of);
  create_judgement_tables(judgement);
  const SnapshotInfo info = snapshot_info(snapshot);
  Rows(judgement, "snapshot", 5)
      .add({info.taken_at, info.source, info.digest, info.certificates,
            known(in_process_as_of(snapshot))});
  Matcher matcher(snapshot, judgement, as_of);
  const auto modules = reported_modules(judgement);
  for (const ReportedModule& module : modules) matcher.match(module);
  for (const CertificateClaim& claim : certificate_claims(judgement))
    matcher.look_up(claim, highest_number(snapshot));
  write_in_process(snapshot, judgement, modules);
  write_products(snapshot, judgement, modules);
  Copier copier(judgement, as_of);
  RecordJoiner joiner(snapshot, judgement);
  for (const std::int64_t number : matcher.to_copy()) {
    const Certificate& certificate = *matcher.certificates().find(number);
    copier.copy(certificate);
    joiner.join(certificate);
  }
}

}  // namespace cmvp
