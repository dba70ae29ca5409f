#include "rules/shared_mutants.h"

#include <algorithm>

#include "rules/sql_mutation.h"

namespace rules {
namespace {

bool is_judged(const SubjectKind& kind, const Pack& pack) {
  return std::any_of(pack.rules.begin(), pack.rules.end(),
                     [&](const Rule& rule) { return rule.subject == kind.name; });
}

}  // namespace

std::vector<SharedMutant> shared_mutants_of(const Pack& pack, const base::Database& empty) {
  std::vector<SharedMutant> mutants;
  for (std::size_t i = 0; i < pack.subjects.size(); ++i) {
    const SubjectKind& kind = pack.subjects[i];
    if (!is_judged(kind, pack)) continue;
    for (SqlMutation& mutation : sql_mutations(kind.sql)) {
      if (!is_valid(mutation.sql, empty)) continue;
      SharedMutant shared{{kind.name, "subjects", std::move(mutation.name), "pack.xml:1"},
                          pack.subjects};
      shared.subjects[i].sql = std::move(mutation.sql);
      mutants.push_back(std::move(shared));
    }
  }
  return mutants;
}

std::optional<MutatedRule> in_rule(const SharedMutant& shared, const Rule& rule, const Pack& pack) {
  const SubjectKind& kind = kind_of(rule, shared.subjects);
  if (kind == kind_of(rule, pack.subjects)) return std::nullopt;
  return MutatedRule{shared.mutant, only_deciding(rule), {kind}};
}

}  // namespace rules
