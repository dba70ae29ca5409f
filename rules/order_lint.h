#pragma once

#include <string_view>

namespace rules {

/// True if a group_concat in `sql` joins rows whose order follows from the plan of the query: its
/// SELECT has to ask one query with ORDER BY and nothing beside it, for SQLite keeps that order
/// then.
bool joins_unordered(std::string_view sql);

}  // namespace rules
