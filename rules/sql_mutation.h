#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rules {

/// One small change to an SQL text: a slip that an author could have made.
struct SqlMutation {
  std::string name;  ///< "before [old -> new] after": says the same after edits elsewhere.
  std::string sql;   ///< The whole text with the change.
};

/// Every query with one comparison, constant, condition, join or treatment of NULL changed. What
/// only tells (the columns message, source, basis, label and place, those of EXISTS, and ORDER BY)
/// is left alone. A change that occurs twice has "#2" behind its name. The result need not be valid
/// SQL.
std::vector<SqlMutation> sql_mutations(std::string_view sql);

}  // namespace rules
