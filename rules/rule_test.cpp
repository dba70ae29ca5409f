#include "rules/rule_test.h"

#include "rules/rule_case.h"

namespace rules {

TestReport run_rule_tests(const Pack& pack, const Prepare& prepare) {
  const RuleCases cases(pack, prepare);
  TestReport report;
  for (const Rule& rule : pack.rules)
    for (RuleCase& one : cases.of(rule)) {
      ++(one.demand == RuleCase::Demand::result ? report.tests : report.generated);
      const std::string why = one.complaint(rule, pack.subjects);
      if (!why.empty())
        report.failures.push_back({rule.id, one.origin + ": rule " + rule.id + ": " + why});
    }
  return report;
}

}  // namespace rules
