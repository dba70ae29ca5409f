#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rules {

/// One word, literal or sign of an SQL text; white space and comments are left out.
struct SqlToken {
  enum class Kind { word, name, text, sign };
  Kind kind = Kind::sign;
  std::string text;  ///< In small letters for a word; without quotes for a name or a text.
  int depth = 0;     ///< Count of parentheses open around it.
  std::size_t begin = 0, end = 0;  ///< Where it stands in the SQL text, in bytes.
};

/// The tokens of `sql`. A quote that is never closed runs to the end: SQLite refuses such a text.
std::vector<SqlToken> sql_tokens(std::string_view sql);

/// All words and quoted names of `sql` in small letters.
std::set<std::string> sql_words(std::string_view sql);

/// Why `sql` may not be a query of a rule, or "" if it may: it has to be one SELECT (or WITH …
/// SELECT) and must answer the same for the same evidence, so neither the clock nor chance.
std::string why_no_query(std::string_view sql);

/// Why `sql` may not be the evidence of a rule test, or "" if it may: INSERT, UPDATE and DELETE
/// only.
std::string why_no_test_data(std::string_view sql);

/// `sql` without empty lines around it and without the indentation that all its lines share.
std::string dedented(std::string_view sql);

/// True if `name` is a plain SQL name: small letters, digits and underscores, a letter first.
bool is_sql_name(std::string_view name);

}  // namespace rules
