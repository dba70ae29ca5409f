#include "cmvp/joined_records.h"

#include <map>
#include <set>
#include <tuple>

#include "cmvp/entropy_certificates.h"
#include "cmvp/name.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

// What a product is compared with.
struct Told {
  std::string subject, version, manufacturer;
};

using Subjects = std::multimap<std::string, Told>;  // By the plain name.

// "Red Hat Enterprise Linux 9.2" of "Red Hat Enterprise Linux 9.2 (Plow)".
std::string without_code_name(const std::string& name) {
  return std::string(base::trim(std::string_view(name).substr(0, name.find(" ("))));
}

Subjects subjects_of(const base::Database& judgement, const std::vector<ReportedModule>& modules) {
  Subjects subjects;
  for (const ReportedModule& each : modules)
    subjects.emplace(plain_name(each.name).bare,
                     Told{each.module, each.version, each.manufacturer});
  auto row = judgement.prepare("SELECT name, version_id FROM operating_system");
  while (row.step())
    subjects.emplace(plain_name(without_code_name(row.text(0))).bare,
                     Told{"host", row.text(1), ""});
  return subjects;
}

// Nothing if one of them is not told.
std::optional<bool> same(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return std::nullopt;
  return plain_name(a).plain == plain_name(b).plain;
}

// "2.0" of "v2.0"
std::string without_v(const std::string& version) {
  return version.starts_with('v') ? version.substr(1) : version;
}

}  // namespace

RecordJoiner::RecordJoiner(const base::Database& snapshot, const base::Database& judgement)
    : snapshot_(snapshot),
      entropy_(judgement, "certificate_entropy", 8),
      validations_(judgement, "certificate_algorithm_validation", 8) {}

void RecordJoiner::join(const Certificate& c) {
  using base::Value;
  for (const std::string& words : c.entropy) {
    const auto numbers = entropy_numbers(words);
    if (numbers.empty())
      entropy_.add({c.number, words, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr});
    for (const std::int64_t number : numbers) {
      const auto held = find_entropy_certificate(snapshot_, number);
      const EntropyCertificate e = held.value_or(EntropyCertificate());
      entropy_.add({c.number, words, number, flag(held.has_value()), known(e.vendor),
                    known(e.noise_source), known(e.reuse_status),
                    known(base::join(e.validation_dates, " "))});
    }
  }
  for (const std::string& number : c.cavp_numbers) {
    const auto held = find_algorithm_validations(snapshot_, number);
    if (held.empty())
      validations_.add(
          {c.number, number, std::int64_t{0}, nullptr, nullptr, nullptr, nullptr, nullptr});
    for (const AlgorithmValidation& v : held)
      validations_.add({c.number, number, std::int64_t{1}, known(v.vendor), known(v.product),
                        known(v.version), known(v.date), known(v.algorithms)});
  }
}

void write_products(const base::Database& snapshot, const base::Database& judgement,
                    const std::vector<ReportedModule>& modules) {
  const Subjects subjects = subjects_of(judgement, modules);
  Rows rows(judgement, "common_criteria_match", 11);
  auto row = snapshot.prepare(
      "SELECT name, vendor, category, scheme, assurance, protection_profiles, certified, archived"
      " FROM common_criteria_product ORDER BY id");
  while (row.step()) {
    const PlainName name = plain_name(row.text(0));
    std::set<std::tuple<std::string, std::string, std::string>> written;
    for (auto [at, end] = subjects.equal_range(name.bare); at != end; ++at) {
      const Told& told = at->second;
      if (!written.emplace(told.subject, told.version, told.manufacturer).second) continue;
      rows.add({told.subject, row.text(0),
                flag(same(without_v(name.version), without_v(told.version))),
                flag(same(row.text(1), told.manufacturer)), known(row.text(1)), known(row.text(2)),
                known(row.text(3)), known(row.text(4)), known(row.text(5)), known(row.text(6)),
                known(row.text(7))});
    }
  }
}

}  // namespace cmvp
