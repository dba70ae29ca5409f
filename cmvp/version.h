#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmvp {

/// The single versions in a recorded version string: "3.0.8, 3.0.9" has two, and so has
/// "10.2.8-h4 [1] and 10.2.17 [2]" (marks of footnotes are dropped). "kernel 5.14.0-284" gives
/// itself and its bare last word. What has no digit, "N/A" and page footers of a document give
/// none.
std::vector<std::string> version_tokens(std::string_view recorded);

/// Whether what stands in brackets is a mark of a footnote: numbers, ranges, or single letters.
bool is_footnote_mark(std::string_view inside);

/// A version string cut into the version of the upstream release and what a builder added.
struct UpstreamVersion {
  std::vector<std::int64_t> numbers;  ///< 3, 0, 7 of "3.0.7-395c1a240fbfffd8"
  std::string letters;                ///< "a" of "3.1.4a"
  std::string build;                  ///< "395c1a240fbfffd8", without what separates it

  /// "3.0.7": numbers and letters, without the build.
  std::string text() const;
};

/// Nothing if `version` does not begin with a number; a "v" before it does not count.
std::optional<UpstreamVersion> parse_upstream(std::string_view version);

/// Orders by numbers, then letters; the build does not count. 3.1 equals 3.1.0.
std::strong_ordering compare_upstream(const UpstreamVersion& a, const UpstreamVersion& b);

}  // namespace cmvp
