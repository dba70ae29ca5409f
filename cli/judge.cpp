#include "cli/judge.h"

#include <algorithm>

#include "cli/attestations.h"
#include "cli/claims.h"
#include "cli/gate.h"
#include "cli/source_map.h"
#include "cli/write_reports.h"
#include "cmvp/match.h"
#include "cmvp/store.h"
#include "cmvp/tables.h"
#include "evidence/base/digest.h"
#include "evidence/base/error.h"
#include "evidence/base/heap.h"
#include "evidence/base/host.h"
#include "evidence/base/text.h"
#include "evidence/base/time.h"
#include "evidence/schema.h"
#include "reports/format.h"
#include "rules/assess.h"
#include "rules/claim.h"
#include "rules/judgement.h"
#include "rules/load_pack.h"
#include "rules/merge_packs.h"
#include "rules/unrecorded.h"

namespace cli {
namespace {

using base::ErrorKind;

// The pack that judges the claims of a claims file.
constexpr const char* kStatedClaims = "stated-claims";
constexpr std::string_view kAllPacks = "all";

constexpr std::size_t kEvidenceLimit = std::size_t{4} << 30U;

// The keys that --pack-key names: packs from folders have to be signed by one of them.
std::vector<base::PublicKey> pack_keys(const Invocation& invocation) {
  constexpr std::size_t kKeyLimit = 16384;
  std::vector<base::PublicKey> keys;
  for (const std::string& name : invocation.values("pack-key")) {
    const base::FileText file = base::SystemHost().read_file(name, kKeyLimit);
    if (file.seen != base::Seen::ok)
      throw base::Error(ErrorKind::input,
                        name + ": cannot be read; --pack-key wants a file with a public key");
    keys.push_back(base::read_public_key(file.text, name));
  }
  return keys;
}

rules::Pack pack_named(const std::string& name) {
  return rules::load_pack(base::SystemHost(), name, {});
}

std::string digest_of(const std::string& file) {
  const base::FileText text = base::SystemHost().read_file(file, kEvidenceLimit);
  if (text.seen == base::Seen::ok) return base::sha256(text.text);
  throw base::Error(ErrorKind::input,
                    file + ": " + (text.seen == base::Seen::absent ? "no such file" : text.reason) +
                        "; collect evidence with assay probe -o DIR");
}

// Without --as-of the evidence itself says for which day it speaks: the day it was collected.
std::string as_of_date(const Invocation& invocation, const base::Database& evidence) {
  if (const auto given = invocation.value("as-of")) {
    if (!base::parse_date(*given))
      throw base::Error(ErrorKind::usage, "--as-of is a date, YYYY-MM-DD, not \"" + *given + "\"");
    return *given;
  }
  auto query = evidence.prepare("SELECT substr(max(finished_at), 1, 10) FROM run");
  if (query.step() && base::parse_date(query.text(0))) return query.text(0);
  throw base::Error(ErrorKind::input,
                    "the evidence does not say when it was collected; give --as-of");
}

std::int64_t max_age(const Invocation& invocation) {
  const auto given = invocation.value("max-snapshot-age");
  if (!given) return rules::kMaxSnapshotAge;
  const auto days = base::parse_integer(*given);
  if (days && *days >= 0 && *days <= 36500) return *days;
  throw base::Error(
      ErrorKind::usage,
      "--max-snapshot-age is a number of days from 0 to 36500, not \"" + *given + "\"");
}

// What is worked out from evidence and snapshot, not the snapshot alone.
std::vector<std::string> tables_worked_out() {
  std::vector<std::string> names = {rules::kClaimTable};
  for (const evidence::Table& table : cmvp::judgement_tables())
    if (table.name != "snapshot") names.emplace_back(table.name);
  return names;
}

// A copy of the evidence with the certificates that its modules match, and the date of that.
std::pair<base::Database, std::string> with_certificates(const std::string& evidence_file,
                                                         const Invocation& invocation) {
  base::expect_large_heap();
  const base::Database evidence = evidence::open_evidence(evidence_file);
  const std::string as_of = as_of_date(invocation, evidence);
  base::Database judgement = rules::judgement_database(evidence);
  const base::Database snapshot =
      cmvp::choose_snapshot(base::SystemHost(), invocation.value("snapshot"), as_of);
  {
    const base::NotedReads reads(judgement);
    cmvp::match_certificates(snapshot, judgement, as_of);
    put_claims(invocation, snapshot, as_of, judgement);
    rules::note_worked_out(reads, tables_worked_out(), judgement);
  }
  return {std::move(judgement), as_of};
}

bool has_rows(const base::Database& evidence, const std::string& table) {
  return evidence.prepare("SELECT 1 FROM " + table + " LIMIT 1").step();
}

// The packs for what was looked at: evidence about a PKCS#11 module holds nothing about OpenSSL,
// nothing about keys unless sessions were opened, and nothing to hold against the standard unless
// the module was exercised.
std::vector<std::string> packs_for(const base::Database& evidence) {
  if (!has_rows(evidence, "pkcs11_module")) return {"fips-140-3"};
  std::vector<std::string> names = {"pkcs11"};
  if (has_rows(evidence, "pkcs11_session")) {
    names.emplace_back("key-management");
    names.emplace_back("pkcs11-profiles");
  }
  if (has_rows(evidence, "pkcs11_conformance")) names.emplace_back("pkcs11-conformance");
  return names;
}

// "all" stands for every built-in pack; that for claims goes with a claims file. Each is named
// once.
std::vector<std::string> spelt_out(const std::vector<std::string>& names) {
  std::vector<std::string> packs;
  const auto add = [&packs](const std::string& name) {
    if (std::find(packs.begin(), packs.end(), name) == packs.end()) packs.push_back(name);
  };
  for (const std::string& name : names) {
    if (name != kAllPacks) {
      add(name);
      continue;
    }
    for (const std::string& pack : rules::built_in_packs())
      if (pack != kStatedClaims) add(pack);
  }
  return packs;
}

}  // namespace

std::vector<rules::Pack> chosen_packs(const Invocation& invocation,
                                      const std::vector<std::string>& default_packs,
                                      rules::Tests tests) {
  std::vector<std::string> names = spelt_out(invocation.values("pack"));
  if (names.empty()) names = default_packs;
  if (!invocation.values("claims").empty() &&
      std::find(names.begin(), names.end(), kStatedClaims) == names.end())
    names.emplace_back(kStatedClaims);
  std::vector<rules::Pack> packs;
  const auto keys = pack_keys(invocation);
  for (const std::string& name : names)
    packs.push_back(rules::load_pack(base::SystemHost(), name, keys, tests));
  return rules::merged(std::move(packs));
}

std::vector<rules::Pack> packs_to_explain(const Invocation& invocation) {
  if (invocation.has("pack")) return chosen_packs(invocation);
  std::vector<rules::Pack> packs;
  for (const std::string& name : rules::built_in_packs()) packs.push_back(pack_named(name));
  return packs;
}

std::vector<rules::Pack> with_built_in_packs(std::vector<rules::Pack> packs) {
  for (const std::string& name : rules::built_in_packs())
    if (std::none_of(packs.begin(), packs.end(),
                     [&](const rules::Pack& pack) { return pack.id == name; }))
      packs.push_back(pack_named(name));
  return packs;
}

void prepare_empty_judgement(base::Database& db) {
  evidence::create_schema(db);
  cmvp::create_judgement_tables(db);
}

namespace {

std::vector<rules::Pack> packs_to_judge(const Invocation& invocation,
                                        const base::Database& judgement) {
  return chosen_packs(invocation, packs_for(judgement), rules::Tests::left_out);
}

bool prints_tables(const std::vector<std::string>& formats) {
  return std::any_of(formats.begin(), formats.end(), [](const std::string& name) {
    return reports::format_named(name).prints_tables;
  });
}

}  // namespace

base::Database judgement_for_queries(const std::string& evidence_file,
                                     const Invocation& invocation) {
  auto [judgement, as_of] = with_certificates(evidence_file, invocation);
  rules::prepare_judgement(judgement, packs_to_judge(invocation, judgement), as_of,
                           max_age(invocation));
  return std::move(judgement);
}

rules::Assessment judge(const std::string& evidence_file, const Invocation& invocation) {
  const std::string digest = digest_of(evidence_file);
  auto [judgement, as_of] = with_certificates(evidence_file, invocation);
  const auto packs = packs_to_judge(invocation, judgement);
  rules::AssessOptions options;
  options.tool_version = ASSAY_VERSION;
  options.evidence_name = base::name_of(evidence_file);
  options.evidence_digest = digest;
  options.threshold = rules::threshold_of(invocation.values("fail-on"));
  options.gate = gate_of(invocation);
  options.attestations = attestations_of(invocation);
  options.exit_zero = invocation.has("exit-zero");
  options.as_of = as_of;
  options.max_snapshot_age = max_age(invocation);
  options.tables = prints_tables(formats_asked_for(invocation));
  const auto mappings = source_mappings(invocation);
  rules::Assessment assessment = rules::assess(judgement, packs, options);
  map_sources(assessment, mappings);
  return assessment;
}

}  // namespace cli
