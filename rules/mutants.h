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

/// Every mutant of `rule`, a rule of `pack`, whose SQL is valid on `empty`, a database with all
/// tables. None of them has <evidence>, which only tells, nor tests.
std::vector<MutatedRule> mutants_of(const Rule& rule, const Pack& pack,
                                    const base::Database& empty);

/// A kind of subject with one small change, among the kinds of its pack.
struct MutatedSubjects {
  Mutant mutant;
  std::string kind;
  std::vector<SubjectKind> subjects;
};

/// Every mutant of the queries for the subjects that rules of `pack` are about, valid on `empty`.
std::vector<MutatedSubjects> subject_mutants_of(const Pack& pack, const base::Database& empty);

/// True if one of `cases` comes out otherwise than it must. `subjects` are those of the pack.
bool is_noticed(const Rule& mutant, std::vector<RuleCase>& cases,
                const std::vector<SubjectKind>& subjects);

}  // namespace rules
