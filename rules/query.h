#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "evidence/base/sqlite.h"

namespace rules {

/// One row that a query of a rule gave.
struct Answer {
  std::int64_t source = 0;  ///< 0 when the query names none.
  std::string message;
  std::string basis;   ///< "" when the query does not tell.
  std::string remedy;  ///< What to do about it; "" when the query does not tell.
};

/// What a query of a rule gave, by subject; a row that names none stands under "".
using Answers = std::map<std::string, std::vector<Answer>, std::less<>>;

/// Runs one query of a rule with a step budget of its own; an empty one has no answers. Where it
/// has a column "rest", only the first 20 rows of each subject are kept, and one answer more counts
/// the others in its words. Throws Error(input) for SQL that fails, for too many steps or rows, and
/// for a missing column.
Answers run_query(const std::string& sql, base::Database& judgement);

/// The column of `statement` called `name`, or -1.
int find_column(const base::Statement& statement, std::string_view name);

/// `text` as one line of printable text, cut to a length that a report can hold.
std::string message_text(const std::string& text);

/// True if `db` has a table, and no mere view, of this name.
bool has_table(const base::Database& db, const std::string& name);

}  // namespace rules
