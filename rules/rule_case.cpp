#include "rules/rule_case.h"

#include <algorithm>
#include <set>

#include "evidence/base/error.h"
#include "rules/evaluate.h"
#include "rules/judgement.h"
#include "rules/sql.h"

namespace rules {
namespace {

constexpr const char* kRunAndSource =
    "INSERT INTO run (id, tool_version, host_name, root, user_name, started_at, finished_at,"
    " exercised) VALUES (1, 'test', 'test', '', 'test', '2026-11-23T09:00:00Z',"
    " '2026-11-23T09:00:00Z', 1);"
    "INSERT INTO source (id, run, probe, subject, locator, method, outcome, reason, collected_at)"
    " VALUES (1, 1, 'test', '', 'test', 'test', 'observed', '', '2026-11-23T09:00:00Z')";

constexpr const char* kMakeUnreadable =
    ";UPDATE source SET outcome = 'unreadable', reason = 'permission denied' WHERE id = 1";

std::string describe(const Finding& finding) {
  return std::string(name_of(finding.result)) +
         (finding.message.empty() ? "" : " (" + finding.message + ")");
}

const Finding* find(const std::vector<Finding>& findings, const std::string& subject) {
  for (const Finding& finding : findings)
    if (subject.empty() || finding.subject == subject) return &finding;
  return nullptr;
}

void add_feeds(const Rule& rule, base::Database& db) {
  for (const Need& need : rule.needs)
    for (const std::string& table : need.tables())
      db.prepare("INSERT INTO source_feed (source, table_name) VALUES (1, ?)")
          .bind(1, table)
          .step();
}

}  // namespace

std::vector<Finding> RuleCase::findings(const Rule& rule,
                                        const std::vector<SubjectKind>& subjects) {
  Pack single;
  for (const SubjectKind& kind : subjects)
    if (kind.name == rule.subject) single.subjects.push_back(kind);
  single.rules = {rule};
  return evaluate(single, judgement);
}

std::string RuleCase::complaint(const Rule& rule, const std::vector<SubjectKind>& subjects) {
  if (!broken.empty()) return broken;
  const std::vector<Finding> findings = this->findings(rule, subjects);
  if (demand == Demand::no_pass) {
    const bool passes = std::any_of(findings.begin(), findings.end(),
                                    [](const Finding& f) { return f.result == Result::pass; });
    return passes ? "passes though no evidence at all was collected" : "";
  }
  const Finding* finding = find(findings, subject);
  if (finding == nullptr) return "no result for the subject \"" + subject + "\"";
  if (demand == Demand::not_sure)
    return finding->result >= Result::unknown
               ? ""
               : "expected unknown when the source is unreadable, got " + describe(*finding);
  return finding->result == expect
             ? ""
             : "expected " + std::string(name_of(expect)) + ", got " + describe(*finding) +
                   (shows.empty() ? "" : "; its test: it " + shows);
}

RuleCases::RuleCases(const Pack& pack, const Prepare& prepare)
    : nothing_(base::Database::in_memory()), template_(base::Database::in_memory()) {
  prepare(nothing_);
  add_reference_tables(pack, nothing_);
  add_assessment(kTestDate, nothing_);
  template_.copy_from(nothing_);
  template_.execute(kRunAndSource);
}

RuleCase RuleCases::make(const Rule& rule, const RuleTest& test, RuleCase::Demand demand) const {
  RuleCase made{
      demand, test.expect, test.subject, test.origin, test.shows, {}, base::Database::in_memory()};
  const bool nothing = demand == RuleCase::Demand::no_pass;
  made.judgement.copy_from(nothing ? nothing_ : template_);
  try {
    if (!nothing) add_feeds(rule, made.judgement);
    made.judgement.execute(test.sql);
    if (demand == RuleCase::Demand::not_sure) made.judgement.execute(kMakeUnreadable);
  } catch (const base::Error& error) {
    made.broken = error.what();
  }
  made.judgement.restrict_to_reading(kStepLimit);
  return made;
}

void RuleCases::keep_only_tables_of(const Rule& rule, const Pack& pack) {
  std::set<std::string> words = {"run", "source", "source_feed", "snapshot", "assessment"};
  for (const std::string& sql : {rule.violations, rule.unknown, rule.not_applicable})
    words.merge(sql_words(sql));
  for (const SubjectKind& kind : pack.subjects) words.merge(sql_words(kind.sql));
  for (const View& view : pack.views) words.merge(sql_words(view.sql));
  for (const RuleTest& test : rule.tests) words.merge(sql_words(test.sql));
  for (const Need& need : rule.needs)
    for (std::string& table : need.tables()) words.insert(std::move(table));
  std::string drop;
  auto query = template_.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'");
  while (query.step())
    if (!words.contains(query.text(0)) && !query.text(0).starts_with("sqlite_"))
      drop += "DROP TABLE \"" + query.text(0) + "\";";
  query.reset();
  template_.execute(drop);
}

std::vector<RuleCase> RuleCases::of(const Rule& rule) const {
  std::vector<RuleCase> cases;
  for (const RuleTest& test : rule.tests)
    cases.push_back(make(rule, test, RuleCase::Demand::result));
  cases.push_back(
      make(rule, {Result::unknown, "", "", rule.origin, ""}, RuleCase::Demand::no_pass));
  const auto passing = std::find_if(rule.tests.begin(), rule.tests.end(),
                                    [](const auto& t) { return t.expect == Result::pass; });
  if (!rule.needs.empty() && passing != rule.tests.end())
    cases.push_back(make(rule, *passing, RuleCase::Demand::not_sure));
  return cases;
}

}  // namespace rules
