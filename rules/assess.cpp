#include "rules/assess.h"

#include <algorithm>
#include <array>
#include <deque>
#include <set>
#include <tuple>

#include "evidence/base/error.h"
#include "evidence/base/time.h"
#include "rules/attest.h"
#include "rules/evaluate.h"
#include "rules/glossary.h"
#include "rules/judgement.h"
#include "rules/ladder.h"
#include "rules/merge_packs.h"
#include "rules/query.h"
#include "rules/questions.h"
#include "rules/reference_tables.h"
#include "rules/steps.h"
#include "rules/summary.h"
#include "rules/verdict.h"

namespace rules {
namespace {

// pass, notapplicable, notchecked, unknown, fail, error: a failure is printed before a broken rule.
constexpr std::array<int, 6> kPrintOrder = {5, 4, 3, 2, 0, 1};

auto sort_key(const Finding& finding) {
  const int rung = finding.rung == Rung::none ? static_cast<int>(kRungNames.size())
                                              : static_cast<int>(finding.rung);
  return std::make_tuple(kPrintOrder[static_cast<std::size_t>(finding.result)],
                         -static_cast<int>(finding.severity), rung, std::cref(finding.id),
                         std::cref(finding.pack));
}

bool before(const Finding& a, const Finding& b) { return sort_key(a) < sort_key(b); }

template <class Findings>
std::vector<Finding> in_order(Findings findings) {
  std::vector<Finding*> order;
  order.reserve(findings.size());
  for (Finding& finding : findings) order.push_back(&finding);
  std::stable_sort(order.begin(), order.end(),
                   [](const Finding* a, const Finding* b) { return before(*a, *b); });
  std::vector<Finding> sorted;
  sorted.reserve(findings.size());
  for (Finding* finding : order) sorted.push_back(std::move(*finding));
  return sorted;
}

// The first row of a query, as texts.
std::vector<std::string> first_row(const base::Database& db, const std::string& sql) {
  auto query = db.prepare(sql);
  std::vector<std::string> row(static_cast<std::size_t>(query.column_count()));
  if (query.step())
    for (int i = 0; i < query.column_count(); ++i) row[static_cast<std::size_t>(i)] = query.text(i);
  return row;
}

void describe_run(base::Database& db, Assessment& assessment) {
  const auto run = first_row(db, "SELECT host_name, root, user_name FROM run ORDER BY id LIMIT 1");
  const auto times = first_row(db, "SELECT min(started_at), max(finished_at) FROM run");
  const auto system =
      first_row(db, "SELECT name, host_name FROM operating_system ORDER BY rowid LIMIT 1");
  const auto kernel = first_row(db, "SELECT architecture FROM kernel ORDER BY rowid LIMIT 1");
  const bool other_root = !run[1].empty();
  assessment.host_name = other_root ? run[1] : run[0];
  assessment.assessed = (other_root ? "root folder " : "host ") + assessment.host_name;
  if (!system[0].empty()) assessment.assessed += ", " + system[0];
  // The kernel that runs is not the kernel of a folder.
  if (!other_root && !kernel[0].empty()) assessment.assessed += ", " + kernel[0];
  assessment.collected_from = times[0];
  assessment.collected_to = times[1];
  assessment.collected_by = run[2];
}

void describe_snapshot(const base::Database& db, Assessment& assessment) {
  if (!has_table(db, "snapshot")) return;
  auto row = db.prepare("SELECT taken_at, source, digest, certificates FROM snapshot");
  if (!row.step()) return;
  SnapshotUsed& snapshot = assessment.snapshot;
  snapshot = {row.text(0), row.text(1), row.text(2), row.integer(3), 0};
  const auto taken = base::parse_date(snapshot.taken_at);
  const auto as_of = base::parse_date(assessment.as_of);
  if (taken && as_of) snapshot.age_days = *as_of - *taken;
}

// Ids are anchors: two packs may have a rule of the same name.
template <class Findings>
void make_ids_unique(Findings& findings) {
  std::set<std::string> known;
  for (Finding& finding : findings) {
    const std::string id = finding.id;
    if (!known.insert(finding.id).second) finding.id = finding.pack + "-" + id;
    for (int i = 2; finding.id != id && !known.insert(finding.id).second; ++i)
      finding.id = finding.pack + "-" + id + "-" + std::to_string(i);
  }
}

void refuse_packs_twice(const std::vector<Pack>& packs) {
  std::set<std::string> ids;
  for (const Pack& pack : packs)
    if (pack.id == kGatePack)
      throw base::Error(
          base::ErrorKind::input,
          "no rule pack may be called gate, as findings about waivers are; rename it");
  for (const Pack& pack : packs)
    if (!ids.insert(pack.id).second)
      throw base::Error(base::ErrorKind::input,
                        "two rule packs are called " + pack.id + "; name each pack once");
}

// Ids of tables are anchors and names of sheets.
void add_tables(const std::vector<Pack>& packs, base::Database& judgement, Assessment& assessment) {
  assessment.tables = reference_tables(judgement);
  std::set<std::string> ids;
  for (const ReferenceTable& table : assessment.tables) ids.insert(table.id);
  for (ReferenceTable& table : tables_of_packs(packs, judgement)) {
    if (!ids.insert(table.id).second)
      throw base::Error(base::ErrorKind::input,
                        "a pack calls its table " + table.id +
                            ", as a table of every report is called; rename it in pack.xml");
    assessment.tables.push_back(std::move(table));
  }
}

PackUsed used(const Pack& pack) {
  PackUsed used{pack.id, pack.version, pack.title, pack.digest,
                static_cast<int>(pack.rules.size())};
  if (!pack.built_in) used.origin = pack.origin;
  for (const auto& [rule, other] : pack.replaced) used.replaced.push_back(rule);
  return used;
}

// A point for a person, with the pack that raises it and where that is written.
Statement statement_of(const Pack& pack, const ManualPoint& point) {
  std::string from = pack.id;
  for (const Citation& one : point.citations)
    from += "; " + one.standard + ", " + one.clause + (one.from_memory ? " (from memory)" : "");
  return {point.heading, point.text + " [" + from + "]"};
}

void judge_by(const std::vector<Pack>& packs, base::Database& judgement, Assessment& assessment) {
  Coverage coverage(judgement);
  Questions questions(judgement, packs);
  std::deque<Finding> findings;  // A finding is large: it moves once, to its place in the order.
  for (const Pack& pack : packs) {
    assessment.packs.push_back(used(pack));
    std::size_t next = findings.size();
    evaluate(pack, questions, coverage, findings);
    for (; next < findings.size(); ++next) {
      Finding& finding = findings[next];
      if (const std::string words = replacement_words(pack, finding.rule); !words.empty())
        finding.message += (finding.message.empty() ? "" : " ") + words;
    }
    for (const ManualPoint& point : pack.manual)
      assessment.manual.push_back(statement_of(pack, point));
  }
  make_ids_unique(findings);
  assessment.findings = in_order(std::move(findings));
}

}  // namespace

void sort_findings(std::vector<Finding>& findings) {
  if (!std::is_sorted(findings.begin(), findings.end(), before))
    findings = in_order(std::move(findings));
}

Assessment assess(base::Database& judgement, const std::vector<Pack>& packs,
                  const AssessOptions& options) {
  refuse_packs_twice(packs);
  prepare_judgement(judgement, packs, options.as_of, options.max_snapshot_age);
  Assessment assessment;
  assessment.tool_version = options.tool_version;
  assessment.as_of = options.as_of;
  assessment.evidence_name = options.evidence_name;
  assessment.evidence_digest = options.evidence_digest;
  assessment.threshold = in_words(options.threshold);
  describe_run(judgement, assessment);
  describe_snapshot(judgement, assessment);
  judge_by(packs, judgement, assessment);
  assessment.ladders = build_ladders(assessment.findings, packs, judgement);
  assessment.requirements = requirement_status(packs, assessment.findings);
  assessment.attestations = options.attestations;
  attest(options.as_of, assessment.attestations, assessment.requirements, assessment.findings);
  apply_gate(options.gate, options.as_of, assessment.findings);
  make_ids_unique(assessment.findings);
  sort_findings(assessment.findings);
  const Verdict verdict = verdict_on(assessment.findings, options.threshold);
  assessment.count = verdict.count;
  assessment.over_threshold = verdict.over_threshold;
  assessment.waived = verdict.waived;
  assessment.known = verdict.known;
  assessment.exit_code = verdict.exit_code;
  assessment.exit_meaning = verdict.meaning;
  if (options.exit_zero && verdict.exit_code != 0)
    assessment.exit_meaning += " (the program exits with 0, as --exit-zero asks)";
  assessment.next = next_steps(assessment.findings);
  assessment.controls = group_by_control(built_in_mappings(), assessment.findings);
  if (options.tables) add_tables(packs, judgement, assessment);
  assessment.glossary = glossary();
  summarize(judgement, assessment);
  return assessment;
}

}  // namespace rules
