#pragma once

#include <vector>

#include "evidence/base/sqlite.h"
#include "rules/assessment.h"
#include "rules/pack.h"

namespace rules {

/// The kind of subject that gets a ladder.
constexpr const char* kLadderKind = "provider";

/// The ladder of every subject of kind "provider", in the order of its packs. A rung is the gravest
/// of the results that apply there: those about the module, and those of rules that say
/// ladder="all", which can break a rung but not make one pass that asks nothing of the module
/// itself. `findings` are sorted gravest first. A kind that cannot be enumerated has no ladder; its
/// findings say why.
std::vector<Ladder> build_ladders(const std::vector<Finding>& findings,
                                  const std::vector<Pack>& packs, base::Database& judgement);

/// The rung of `ladder` called `rung`. Every ladder has all nine.
const RungResult& rung_of(const Ladder& ladder, Rung rung);

}  // namespace rules
