#include "rules/missing_value.h"

#include <algorithm>
#include <optional>

#include "rules/rule_case.h"
#include "rules/test_variation.h"

namespace rules {
namespace {

// The subject that the author of the test means; nothing if the test does not come out so.
std::optional<std::string> failing_subject(const std::vector<Finding>& findings,
                                           const RuleTest& test) {
  for (const Finding& finding : findings)
    if (test.subject.empty() || finding.subject == test.subject)
      return finding.result == Result::fail ? std::optional(finding.subject) : std::nullopt;
  return std::nullopt;
}

bool takes_for_good(Result result) {
  return result == Result::pass || result == Result::notapplicable;
}

}  // namespace

std::vector<TakenForGood> taken_for_good(const Pack& pack, const Prepare& prepare) {
  std::vector<TakenForGood> found;
  for (const Rule& rule : pack.rules) {
    RuleCases cases(pack, prepare);
    cases.keep_only_tables_of(rule, pack);
    for (const RuleTest& test : rule.tests) {
      if (test.expect != Result::fail) continue;
      const auto subject =
          failing_subject(cases.of(rule, test).findings(rule, pack.subjects), test);
      if (!subject) continue;
      for (const WithoutValue& without : without_values(test.sql)) {
        RuleCase one = cases.of(rule, {Result::fail, *subject, without.sql, "", ""});
        if (!one.broken.empty()) continue;  // The table asks for a value there.
        for (const Finding& finding : one.findings(rule, pack.subjects)) {
          if (finding.subject != *subject || !takes_for_good(finding.result)) continue;
          TakenForGood taken{rule.id, without.table, without.column, finding.result, test.origin};
          if (std::find(found.begin(), found.end(), taken) == found.end())
            found.push_back(std::move(taken));
        }
      }
    }
  }
  return found;
}

}  // namespace rules
