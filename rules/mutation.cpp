#include "rules/mutation.h"

#include <utility>

#include "evidence/base/error.h"
#include "rules/rule_case.h"
#include "rules/shared_mutants.h"
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
    for (SharedMutant& shared : shared_mutants_of(pack, cases_.empty()))
      if (is_chosen()) open_.push_back(std::move(shared));
  }

  MutationReport run() {
    for (const Rule& rule : pack_.rules) {
      std::vector<RuleCase> evidence = cases_.of(rule);
      require_sound(rule, evidence, pack_.subjects);
      try_rule(rule, evidence);
      try_shared(rule, evidence);
    }
    for (const SharedMutant& shared : open_) count(shared.mutant, false);
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
      if (is_chosen()) count(mutated.mutant, is_noticed(mutated, evidence));
  }

  // Any rule that asks what is changed may notice.
  void try_shared(const Rule& rule, std::vector<RuleCase>& evidence) {
    const auto noticed = [&](const SharedMutant& shared) {
      const std::optional<MutatedRule> mutated = in_rule(shared, rule, pack_);
      return mutated && is_noticed(*mutated, evidence);
    };
    for (SharedMutant& shared : std::exchange(open_, {}))
      if (noticed(shared))
        count(shared.mutant, true);
      else
        open_.push_back(std::move(shared));
  }

  const Pack& pack_;
  const RuleCases cases_;
  Survivors survivors_;
  int every_, number_ = 0;
  std::vector<SharedMutant> open_;
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
