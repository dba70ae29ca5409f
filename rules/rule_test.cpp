#include "rules/rule_test.h"

#include <algorithm>

#include "evidence/base/error.h"
#include "rules/evaluate.h"
#include "rules/judgement.h"

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

class Tester {
 public:
  Tester(const Pack& pack, const Prepare& prepare)
      : pack_(pack), nothing_(base::Database::in_memory()), template_(base::Database::in_memory()) {
    prepare(nothing_);
    add_reference_tables(pack, nothing_);
    add_assessment(kTestDate, nothing_);
    template_.copy_from(nothing_);
    template_.execute(kRunAndSource);
  }

  TestReport run() {
    for (const Rule& rule : pack_.rules) {
      for (const RuleTest& test : rule.tests) run(rule, test);
      run_on_nothing(rule);
      if (!rule.needs.empty()) run_on_unreadable(rule);
    }
    return std::move(report_);
  }

 private:
  void run(const Rule& rule, const RuleTest& test) {
    ++report_.tests;
    try {
      const Finding finding = find(judge(rule, template_, test.sql), test.subject);
      if (finding.result != test.expect)
        blame(rule, test.origin,
              "expected " + std::string(name_of(test.expect)) + ", got " + describe(finding));
    } catch (const base::Error& error) {
      blame(rule, test.origin, error.what());
    }
  }

  void run_on_nothing(const Rule& rule) {
    ++report_.generated;
    for (const Finding& finding : judge(rule, nothing_, ""))
      if (finding.result == Result::pass)
        blame(rule, rule.origin, "passes though no evidence at all was collected");
  }

  void run_on_unreadable(const Rule& rule) {
    ++report_.generated;
    const RuleTest& test = *std::find_if(rule.tests.begin(), rule.tests.end(),
                                         [](const auto& t) { return t.expect == Result::pass; });
    try {
      const Finding finding =
          find(judge(rule, template_, test.sql + kMakeUnreadable), test.subject);
      if (finding.result < Result::unknown)
        blame(rule, test.origin,
              "expected unknown when the source is unreadable, got " + describe(finding));
    } catch (const base::Error& error) {
      blame(rule, test.origin, error.what());
    }
  }

  // The findings of this one rule on a copy of `from` with `sql` done to it.
  std::vector<Finding> judge(const Rule& rule, const base::Database& from, const std::string& sql) {
    Pack single;
    single.id = pack_.id;
    single.subjects = pack_.subjects;
    single.rules = {rule};
    base::Database db = base::Database::in_memory();
    db.copy_from(from);
    for (const Need& need : rule.needs)
      if (&from == &template_)
        db.prepare("INSERT INTO source_feed (source, table_name) VALUES (1, ?)")
            .bind(1, need.table)
            .step();
    db.execute(sql);
    db.restrict_to_reading(kStepLimit);
    return evaluate(single, db);
  }

  static Finding find(const std::vector<Finding>& findings, const std::string& subject) {
    for (const Finding& finding : findings)
      if (subject.empty() || finding.subject == subject) return finding;
    throw base::Error(base::ErrorKind::input, "no result for the subject \"" + subject + "\"");
  }

  static std::string describe(const Finding& finding) {
    return std::string(name_of(finding.result)) +
           (finding.message.empty() ? "" : " (" + finding.message + ")");
  }

  void blame(const Rule& rule, const std::string& origin, const std::string& why) {
    report_.failures.push_back({rule.id, origin + ": rule " + rule.id + ": " + why});
  }

  const Pack& pack_;
  base::Database nothing_, template_;
  TestReport report_;
};

}  // namespace

TestReport run_rule_tests(const Pack& pack, const Prepare& prepare) {
  return Tester(pack, prepare).run();
}

}  // namespace rules
