#include "rules/order_lint.h"

#include <algorithm>
#include <array>
#include <vector>

#include "rules/sql.h"

namespace rules {
namespace {

using Tokens = std::vector<SqlToken>;

bool is_word(const SqlToken& token, std::string_view word) {
  return token.kind == SqlToken::Kind::word && token.text == word;
}

bool is_sign(const SqlToken& token, std::string_view sign) {
  return token.kind == SqlToken::Kind::sign && token.text == sign;
}

// The SELECT that the token `at` is a column of, in whatever parentheses.
std::size_t select_of(const Tokens& tokens, std::size_t at) {
  int depth = tokens[at].depth;
  while (at-- > 0) {
    depth = std::min(depth, tokens[at].depth);
    if (is_word(tokens[at], "select") && tokens[at].depth == depth) return at;
  }
  return tokens.size();
}

// What stands behind the FROM of that SELECT, `depth` deep; the end if it has none.
std::size_t source_of(const Tokens& tokens, std::size_t at, int depth) {
  for (; at < tokens.size() && tokens[at].depth >= depth; ++at)
    if (tokens[at].depth == depth && is_word(tokens[at], "from")) return at + 1;
  return tokens.size();
}

// The end of the parentheses that open at `at`; `ordered` tells whether a query in them is.
std::size_t past_query(const Tokens& tokens, std::size_t at, bool& ordered) {
  const int depth = tokens[at].depth;
  for (++at; at < tokens.size() && tokens[at].depth > depth; ++at)
    ordered = ordered || (tokens[at].depth == depth + 1 && is_word(tokens[at], "order"));
  return at + 1;
}

// True if nothing but the name of the query and what ends FROM stands at `at`.
bool stands_alone(const Tokens& tokens, std::size_t at, int depth) {
  constexpr std::array<std::string_view, 8> kJoins = {"join",    "left",  "right", "full",
                                                      "natural", "inner", "cross", "outer"};
  for (int words = 0; words < 3 && at < tokens.size() && tokens[at].depth == depth; ++words, ++at)
    if (is_sign(tokens[at], ",") ||
        std::any_of(kJoins.begin(), kJoins.end(),
                    [&](std::string_view join) { return is_word(tokens[at], join); }))
      return false;
  return true;
}

bool is_ordered(const Tokens& tokens, std::size_t at) {
  const std::size_t select = select_of(tokens, at);
  if (select == tokens.size()) return false;
  const int depth = tokens[select].depth;
  const std::size_t source = source_of(tokens, at, depth);
  if (source == tokens.size()) return true;  // One row, of no table.
  bool ordered = false;
  if (!is_sign(tokens[source], "(")) return false;
  return stands_alone(tokens, past_query(tokens, source, ordered), depth) && ordered;
}

}  // namespace

bool joins_unordered(std::string_view sql) {
  const Tokens tokens = sql_tokens(sql);
  for (std::size_t at = 0; at < tokens.size(); ++at)
    if (is_word(tokens[at], "group_concat") && !is_ordered(tokens, at)) return true;
  return false;
}

}  // namespace rules
