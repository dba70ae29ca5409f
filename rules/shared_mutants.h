#pragma once

#include <optional>
#include <vector>

#include "rules/mutants.h"

namespace rules {

/// One small change to what several rules of a pack ask.
struct SharedMutant {
  Mutant mutant;
  std::vector<SubjectKind> subjects;  ///< Those of the pack, with the change if it is in one.
  std::vector<View> views;            ///< Those of the pack if the change is in one, with it.
};

/// Every mutant of the queries for the subjects that rules of `pack` are about, and of its views,
/// valid on `empty`, a database with all tables and views. A view, or a column of one, that no
/// query names where it decides only tells.
std::vector<SharedMutant> shared_mutants_of(const Pack& pack, const base::Database& empty);

/// `rule`, one of `pack`, with the change `shared`; nothing if it does not ask what is changed.
std::optional<MutatedRule> in_rule(const SharedMutant& shared, const Rule& rule, const Pack& pack);

}  // namespace rules
