#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace reports {

/// How many columns of a terminal `text` (valid UTF-8) takes: combining marks take none, ideographs
/// and pictographs two, all else one.
std::size_t columns_of(std::string_view text);

/// `text` with spaces after it up to `width` columns; as it is if it is wider.
std::string padded(std::string_view text, std::size_t width);

/// `text` cut into lines of at most `width` columns: at spaces, at its own line ends, and within a
/// word only where the word alone is wider. White space runs become one space. At least one line.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace reports
