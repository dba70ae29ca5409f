#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rules {

/// One small change to an SQL text: a slip that an author could have made.
struct SqlMutation {
  std::string name;  ///< "before [old -> new] after": says the same after edits elsewhere.
  std::string sql;   ///< The whole text with the change.
};

/// Names in small letters.
using Names = std::set<std::string>;

/// `sql` with one comparison, constant, condition, join or treatment of NULL changed, each way.
/// What only tells (the columns message, rest, source, basis, label and place, those of EXISTS, and
/// ORDER BY) is left alone; and if `deciding` is given, so are columns of `sql` itself and of its
/// WITH that have none of these names. A change that occurs twice has "#2" behind its name. The
/// result need not be valid SQL.
std::vector<SqlMutation> sql_mutations(std::string_view sql, const Names* deciding = nullptr);

/// The words and quoted names of `sql` that stand where `sql_mutations` changes something.
Names deciding_words(std::string_view sql, const Names& deciding);

}  // namespace rules
