#include "rules/mutation.h"

#include <utility>

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

class Mutating {
 public:
  Mutating(const Pack& pack, const Prepare& prepare, const MutationOptions& options)
      : pack_(pack), cases_(pack, prepare), survivors_(options.survivors), every_(options.every) {
    for (MutatedSubjects& mutated : subject_mutants_of(pack, cases_.empty()))
      if (is_chosen()) open_.push_back(std::move(mutated));
  }

  MutationReport run() {
    for (const Rule& rule : pack_.rules) {
      std::vector<RuleCase> evidence = cases_.of(rule);
      require_sound(rule, evidence, pack_.subjects);
      try_rule(rule, evidence);
      try_subjects(rule, evidence);
    }
    for (const MutatedSubjects& mutated : open_) count(mutated.mutant, false);
    report_.mistakes = survivors_.mistakes(every_ == 1);
    return std::move(report_);
  }

 private:
  bool is_chosen() { return number_++ % every_ == 0; }

  void count(const Mutant& mutant, bool noticed) {
    ++report_.mutants;
    if (noticed) {
      ++report_.killed;
      survivors_.refuse_killed(mutant);
    } else if (survivors_.take(mutant)) {
      ++report_.equivalent;
    } else {
      report_.survivors.push_back(mutant);
    }
  }

  void try_rule(const Rule& rule, std::vector<RuleCase>& evidence) {
    for (const MutatedRule& mutated : mutants_of(rule, pack_, cases_.empty()))
      if (is_chosen()) count(mutated.mutant, is_noticed(mutated.rule, evidence, pack_.subjects));
  }

  // A change to <subjects> is noticed by any rule about that kind.
  void try_subjects(const Rule& rule, std::vector<RuleCase>& evidence) {
    const auto noticed = [&](const MutatedSubjects& mutated) {
      return mutated.kind == rule.subject && is_noticed(rule, evidence, mutated.subjects);
    };
    for (const MutatedSubjects& mutated : std::exchange(open_, {}))
      if (noticed(mutated))
        count(mutated.mutant, true);
      else
        open_.push_back(mutated);
  }

  const Pack& pack_;
  const RuleCases cases_;
  Survivors survivors_;
  int every_, number_ = 0;
  std::vector<MutatedSubjects> open_;
  MutationReport report_;
};

}  // namespace

double MutationReport::score() const {
  const int deadly = mutants - equivalent;
  return deadly == 0 ? 100.0 : 100.0 * killed / deadly;
}

MutationReport mutate(const Pack& pack, const Prepare& prepare, const MutationOptions& options) {
  return Mutating(pack, prepare, options).run();
}

}  // namespace rules
