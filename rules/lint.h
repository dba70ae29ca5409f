#pragma once

#include <string>
#include <vector>

#include "rules/rule_test.h"

namespace rules {

/// What is wrong or odd about `pack`, one `file:line: error: …` or `file:line: warning: …` each:
/// SQL that does not prepare against the tables that `prepare` creates, queries that lack a column,
/// needs that name no table or one that is always there (errors); reference tables that no rule
/// uses, tables that a rule asks without needing them (warnings). Empty if all is well.
std::vector<std::string> lint(const Pack& pack, const Prepare& prepare);

}  // namespace rules
