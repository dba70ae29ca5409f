#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace base {

/// `text` without leading and trailing ASCII white space.
std::string_view trim(std::string_view text);

/// `text` with ASCII capitals made small; other bytes are left as they are.
std::string lower(std::string_view text);

/// The parts of `text` between separators, untrimmed; an empty text has one empty part.
std::vector<std::string_view> split(std::string_view text, char separator);

/// `text` cut at line ends (LF or CRLF); the end of the last line is not a line of its own.
std::vector<std::string_view> lines(std::string_view text);

/// The parts, with `separator` between them.
std::string join(const std::vector<std::string>& parts, std::string_view separator);

/// The decimal integer that `text` is, all of it, or nothing.
std::optional<std::int64_t> parse_integer(std::string_view text);

/// `bytes` as valid UTF-8 without control characters other than tab and line feed: what is neither
/// becomes U+FFFD. Whatever a module or a file says goes through here before it becomes evidence.
std::string printable(std::string_view bytes);

/// Two lower-case hexadecimal digits a byte.
std::string hex(std::string_view bytes);

/// The bytes that pairs of hexadecimal digits spell; colons between pairs are skipped. Nothing if
/// anything else stands there.
std::optional<std::string> from_hex(std::string_view text);

/// How many single-character edits (insert, delete, replace) lead from `a` to `b`.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate nearest to `word`, if it is near enough to be a slip of the hand.
std::optional<std::string_view> nearest(std::string_view word,
                                        const std::vector<std::string_view>& candidates);

}  // namespace base
