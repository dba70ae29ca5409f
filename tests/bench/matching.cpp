// Measures matching, in time of the processor, against the built-in snapshot, and against one of
// ten times the records, made of the same certificates under other numbers, names and versions.
// Nothing here is a test: a person reads the figures (docs/measurements.md).
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

#include "cmvp/built_in.h"
#include "cmvp/lookup.h"
#include "cmvp/match.h"
#include "cmvp/snapshot.h"
#include "evidence/schema.h"

namespace {

constexpr std::size_t kRounds = 5;
constexpr std::int64_t kNumbers = 10'000;

std::vector<cmvp::Certificate> all_certificates(const base::Database& snapshot) {
  std::vector<cmvp::Certificate> all;
  cmvp::CertificateReader reader(snapshot);
  auto row = snapshot.prepare("SELECT number FROM certificate ORDER BY number");
  while (row.step()) all.push_back(reader.read(row.integer(0)).value());
  return all;
}

base::Database ten_times(std::vector<cmvp::Certificate> all) {
  const std::size_t size = all.size();
  all.reserve(size * 10);
  for (std::int64_t copy = 1; copy < 10; ++copy)
    for (std::size_t i = 0; i < size; ++i) {
      cmvp::Certificate c = all[i];
      c.number += copy * kNumbers;
      if (!c.name.empty()) c.name += " of copy " + std::to_string(copy);
      for (cmvp::Relation& relation : c.relations) relation.other += copy * kNumbers;
      all.push_back(std::move(c));
    }
  auto db = base::Database::in_memory();
  cmvp::build_snapshot({"2026-09-30", "ten times", static_cast<std::int64_t>(all.size())},
                       cmvp::write_csv(all), "ten times", db);
  return db;
}

// Modules with names and versions of certificates, evenly over the snapshot; every other one has a
// version that is on none.
base::Database evidence_of(const std::vector<cmvp::Certificate>& certificates,
                           std::size_t modules) {
  auto db = base::Database::in_memory();
  evidence::create_schema(db);
  db.execute(
      "BEGIN; INSERT INTO run VALUES (1, 'bench', 'host', '', 'root', '2026-11-23T00:00:00Z',"
      " '2026-11-23T00:00:00Z', 0);"
      "INSERT INTO source VALUES (1, 1, 'openssl', '', 'bench', 'call', 'observed', '',"
      " '2026-11-23T00:00:00Z');"
      "INSERT INTO operating_system VALUES (1, 'observed', 'host', 'rhel', '9.2',"
      " 'Red Hat Enterprise Linux 9.2 (Plow)', 'box')");
  auto row = db.prepare(
      "INSERT INTO provider (source, basis, module, name, version, fips)"
      " VALUES (1, 'listed', ?, ?, ?, 1)");
  for (std::size_t i = 0; i < modules; ++i) {
    const cmvp::Certificate& c = certificates[i * 7919 % certificates.size()];
    const bool known = i % 2 == 0 && !c.versions.empty();
    row.reset();
    row.bind(1, "module:" + std::to_string(i))
        .bind(2, c.name)
        .bind(3, known ? c.versions.front().text : "1.2." + std::to_string(i))
        .step();
  }
  db.execute("COMMIT");
  return db;
}

void measure(const char* what, const base::Database& snapshot, std::size_t modules) {
  const base::Database evidence = evidence_of(all_certificates(snapshot), modules);
  std::vector<double> times;
  std::int64_t rows = 0;
  for (std::size_t round = 0; round < kRounds; ++round) {
    auto judgement = base::Database::in_memory();
    judgement.copy_from(evidence);
    const std::clock_t begin = std::clock();
    cmvp::match_certificates(snapshot, judgement, "2026-11-23");
    times.push_back(1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    auto count = judgement.prepare("SELECT COUNT(*) FROM certificate_match");
    if (count.step()) rows = count.integer(0);
  }
  std::sort(times.begin(), times.end());
  std::printf("%-58s %8.1f ms  (%.1f to %.1f), %lld rows\n", what, times[kRounds / 2],
              times.front(), times.back(), static_cast<long long>(rows));
}

}  // namespace

int main() {
  const base::Database snapshot = cmvp::built_in_snapshot();
  measure("10,000 modules against 5,516 certificates", snapshot, 10'000);
  measure("100,000 modules against 5,516 certificates", snapshot, 100'000);
  measure("10,000 modules against 55,160 certificates", ten_times(all_certificates(snapshot)),
          10'000);
}
