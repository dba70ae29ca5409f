#include "rules/views.h"

#include "rules/sql.h"

namespace rules {

std::set<std::string> words_through_views(const std::string& sql, const std::vector<View>& views) {
  std::set<std::string> words = sql_words(sql);
  for (std::size_t count = 0; count != words.size();) {
    count = words.size();
    for (const View& view : views)
      if (words.contains(view.name)) words.merge(sql_words(view.sql));
  }
  return words;
}

}  // namespace rules
