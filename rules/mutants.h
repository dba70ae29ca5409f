#pragma once

#include <vector>

#include "rules/mutation.h"
#include "rules/rule_case.h"

namespace rules {

/// A rule with one small change in what it asks, and what that is.
struct MutatedRule {
  Mutant mutant;
  Rule rule;                          ///< `only_deciding`
  std::vector<SubjectKind> subjects;  ///< The kind that it is about.
};

/// `rule` without <evidence>, which only tells, and without its tests.
Rule only_deciding(const Rule& rule);

/// The one of `subjects`, the kinds of a pack, that `rule` is about.
const SubjectKind& kind_of(const Rule& rule, const std::vector<SubjectKind>& subjects);

/// True if `sql` is one well-formed statement about what is in `db`.
bool is_valid(const std::string& sql, const base::Database& db);

/// Every mutant of `rule`, a rule of `pack`, whose SQL is valid on `empty`, a database with all
/// tables.
std::vector<MutatedRule> mutants_of(const Rule& rule, const Pack& pack,
                                    const base::Database& empty);

/// True if one of `cases` comes out otherwise than it must.
bool is_noticed(const MutatedRule& mutated, std::vector<RuleCase>& cases);

}  // namespace rules
