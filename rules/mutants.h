#pragma once

#include <vector>

#include "rules/mutation.h"
#include "rules/rule_case.h"

namespace rules {

/// A rule with one small change, and what that is.
struct MutatedRule {
  Mutant mutant;
  Rule rule;
};

/// Every mutant of `rule` whose SQL is valid on `empty`, a database with all tables. None of them
/// has <evidence>: that only tells.
std::vector<MutatedRule> mutants_of(const Rule& rule, const base::Database& empty);

/// True if one of `cases` comes out otherwise than it must. `subjects` are those of the pack.
bool is_noticed(const Rule& mutant, std::vector<RuleCase>& cases,
                const std::vector<SubjectKind>& subjects);

}  // namespace rules
