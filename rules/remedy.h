#pragma once

#include <string>

#include "rules/coverage.h"
#include "rules/pack.h"

namespace rules {

// What to do about a result that is no failure: what repairs a failure answers no open question.

/// How a place comes into view that could not be seen: with more rights, if it was for want of
/// them.
std::string remedy_to_see(const LookedAt& place);

/// How what `need` asks for is collected, or how the certificate snapshot comes to hold it.
std::string remedy_to_collect(const Need& need);

/// What to do where somebody collected what `need` of `rule` asks for and found nothing: "" where
/// that is no open question and no failure.
std::string remedy_where_empty(const Rule& rule, const Need& need);

/// How what `rule` asks becomes known where evidence was collected and does not tell.
std::string remedy_to_find_out(const Rule& rule);

/// How what an earlier build did not record comes to be on record.
std::string remedy_to_collect_again(const Rule& rule);

/// How a rule of the pack `pack` that broke is repaired.
std::string remedy_for_broken(const Rule& rule, const std::string& pack);

}  // namespace rules
