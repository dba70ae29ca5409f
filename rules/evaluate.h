#pragma once

#include <vector>

#include "evidence/base/sqlite.h"
#include "rules/pack.h"

namespace rules {

/// Steps of SQLite's virtual machine that one query of a rule may take.
constexpr std::int64_t kStepLimit = 50'000'000;

/// Judges every rule of `pack` on every subject in `judgement`, a database that holds evidence,
/// certificate matches, reference tables and the as-of date, and is restricted to reading. Never
/// throws for evidence that is missing or a rule that breaks: both are results.
std::vector<Finding> evaluate(const Pack& pack, base::Database& judgement);

}  // namespace rules
