#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rules {

/// "1 result", "3 results": a number with its noun.
std::string counted(std::size_t count, const std::string& one, const std::string& many);

/// "a, b and c"; more than `limit` items end in "and 4 more".
std::string enumerated(const std::vector<std::string>& items, std::size_t limit = 6);

/// `text` as a phrase: no full stop at its end, at most `limit` characters, cut between words with
/// an ellipsis.
std::string short_phrase(std::string_view text, std::size_t limit = 120);

}  // namespace rules
