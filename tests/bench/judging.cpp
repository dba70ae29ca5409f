// bench_judging [--rounds N] EVIDENCE…: measures judging by all built-in packs: reading the packs,
// matching certificates, judging, in time of the processor. Nothing here is a test: a person reads
// the figures (docs/measurements.md). One round is what callgrind wants.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include "cmvp/built_in.h"
#include "cmvp/match.h"
#include "evidence/base/error.h"
#include "evidence/base/heap.h"
#include "evidence/schema.h"
#include "rules/assess.h"
#include "rules/judgement.h"
#include "rules/load_pack.h"
#include "rules/merge_packs.h"
#include "rules/reference_tables.h"

namespace {

constexpr const char* kDay = "2026-11-24";

std::vector<rules::Pack> all_packs() {
  std::vector<rules::Pack> packs;
  for (const std::string& name : rules::built_in_packs())
    packs.push_back(rules::load_pack(base::SystemHost(), name, {}, rules::Tests::left_out));
  return rules::merged(std::move(packs));
}

double milliseconds_of(const std::function<void()>& work) {
  const std::clock_t begin = std::clock();
  work();
  return 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

void print(const char* what, std::vector<double> times) {
  std::sort(times.begin(), times.end());
  std::printf("  %-56s %8.1f ms  (%.1f to %.1f)\n", what, times[times.size() / 2], times.front(),
              times.back());
}

void measure(const std::string& file, std::size_t rounds) {
  const base::Database snapshot = cmvp::built_in_snapshot();
  const base::Database evidence = evidence::open_evidence(file);
  std::vector<double> reading, matching, judging, telling;
  std::size_t findings = 0;
  for (std::size_t round = 0; round < rounds; ++round) {
    std::vector<rules::Pack> packs;
    reading.push_back(milliseconds_of([&] { packs = all_packs(); }));
    base::Database judgement = base::Database::in_memory();
    matching.push_back(milliseconds_of([&] {
      judgement = rules::judgement_database(evidence);
      cmvp::match_certificates(snapshot, judgement, kDay);
    }));
    rules::AssessOptions options;
    options.as_of = kDay;
    options.tables = false;
    judging.push_back(milliseconds_of(
        [&] { findings = rules::assess(judgement, packs, options).findings.size(); }));
    telling.push_back(milliseconds_of([&] {
      rules::reference_tables(judgement);
      rules::tables_of_packs(packs, judgement);
    }));
  }
  std::printf("%s, %zu findings\n", file.c_str(), findings);
  print("reading all packs", reading);
  print("copying the evidence and matching certificates", matching);
  print("judging", judging);
  print("reading the tables that HTML, XLSX and JSON print", telling);
}

}  // namespace

int main(int count, char** words) {
  try {
    base::expect_large_heap();
    const bool told = count > 2 && std::string(words[1]) == "--rounds";
    const std::size_t rounds = told ? std::max(1, std::atoi(words[2])) : 9;
    for (int i = told ? 3 : 1; i < count; ++i) measure(words[i], rounds);
  } catch (const base::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
  return 0;
}
