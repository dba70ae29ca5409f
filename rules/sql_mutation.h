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

/// Columns of an SQL text that only tell, by name.
using TellingColumns = std::set<std::string>;

/// `sql` with one comparison, constant, condition, join or treatment of NULL changed, each way.
/// What only tells (the columns message, source, basis, label and place, those of EXISTS, and ORDER
/// BY) is left alone, as are the columns `telling` that `sql` itself gives. A change that occurs
/// twice has "#2" behind its name. The result need not be valid SQL.
std::vector<SqlMutation> sql_mutations(std::string_view sql, const TellingColumns& telling = {});

/// The words and quoted names of `sql`, in small letters, that stand where `sql_mutations` changes
/// something.
std::set<std::string> deciding_words(std::string_view sql, const TellingColumns& telling);

}  // namespace rules
