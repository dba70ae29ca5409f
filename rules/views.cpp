#include "rules/views.h"

#include "evidence/base/text.h"
#include "rules/sql.h"

namespace rules {
namespace {

bool is_word(const SqlToken& token, std::string_view word) {
  return token.kind == SqlToken::Kind::word && token.text == word;
}

}  // namespace

std::set<std::string> words_through_views(const std::string& sql, const std::vector<View>& views) {
  std::set<std::string> words = sql_words(sql);
  for (std::size_t count = 0; count != words.size();) {
    count = words.size();
    for (const View& view : views)
      if (words.contains(view.name)) words.merge(sql_words(view.sql));
  }
  return words;
}

std::string with_views(const std::string& sql, const std::vector<View>& views) {
  const std::set<std::string> asked = words_through_views(sql, views);
  std::vector<std::string> defined;
  for (const View& view : views)
    if (asked.contains(view.name)) defined.push_back(view.name + " AS (" + view.sql + "\n)");
  if (defined.empty()) return sql;
  const std::string list = base::join(defined, ", ");
  const std::vector<SqlToken> tokens = sql_tokens(sql);
  if (tokens.empty() || !is_word(tokens[0], "with")) return "WITH " + list + " " + sql;
  const bool recursive = tokens.size() > 1 && is_word(tokens[1], "recursive");
  const std::size_t behind = tokens[recursive ? 1 : 0].end;
  return sql.substr(0, behind) + " " + list + "," + sql.substr(behind);
}

}  // namespace rules
