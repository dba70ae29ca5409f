#pragma once

#include <set>
#include <string>
#include <vector>

#include "rules/pack.h"

namespace rules {

/// All words and quoted names of `sql`, and of those of `views` that it asks, directly or through
/// another one.
std::set<std::string> words_through_views(const std::string& sql, const std::vector<View>& views);

/// `sql` with those of `views` that it asks, directly or through another one, in WITH: it asks
/// these in place of those that the database has by the same names.
std::string with_views(const std::string& sql, const std::vector<View>& views);

}  // namespace rules
