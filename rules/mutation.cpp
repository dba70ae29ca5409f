#include "rules/mutation.h"

#include "evidence/base/error.h"
#include "rules/mutants.h"
#include "rules/rule_case.h"
#include "rules/survivors.h"

namespace rules {
namespace {

void require_sound(const Rule& rule, std::vector<RuleCase>& cases,
                   const std::vector<SubjectKind>& subjects) {
  for (RuleCase& one : cases)
    if (const std::string why = one.complaint(rule, subjects); !why.empty())
      throw base::Error(base::ErrorKind::input,
                        one.origin + ": rule " + rule.id + ": " + why +
                            "; repair the rule or the test first (assay rules test)");
}

}  // namespace

double MutationReport::score() const {
  const int deadly = mutants - equivalent;
  return deadly == 0 ? 100.0 : 100.0 * killed / deadly;
}

MutationReport mutate(const Pack& pack, const Prepare& prepare, const MutationOptions& options) {
  const RuleCases cases(pack, prepare);
  Survivors survivors(options.survivors);
  MutationReport report;
  int number = 0;
  for (const Rule& rule : pack.rules) {
    std::vector<RuleCase> evidence = cases.of(rule);
    require_sound(rule, evidence, pack.subjects);
    for (const MutatedRule& mutated : mutants_of(rule, cases.empty())) {
      if (number++ % options.every != 0) continue;
      ++report.mutants;
      if (is_noticed(mutated.rule, evidence, pack.subjects)) {
        ++report.killed;
        survivors.refuse_killed(mutated.mutant);
      } else if (survivors.take(mutated.mutant)) {
        ++report.equivalent;
      } else {
        report.survivors.push_back(mutated.mutant);
      }
    }
  }
  report.mistakes = survivors.mistakes(options.every == 1);
  return report;
}

}  // namespace rules
