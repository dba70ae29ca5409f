#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cmvp {

/// One line of printable text without runs of white space; the sign that separates the elements of
/// a list in the text form (cmvp/snapshot.h), "|", becomes "/".
std::string clean_field(std::string_view raw);

/// The day of a US date, month/day/year, with or without leading zeros, as YYYY-MM-DD. Nothing if
/// `text` is no such date or the calendar has no such day.
std::optional<std::string> us_date(std::string_view text);

/// `bytes` as UTF-8: unchanged if they are; otherwise every byte that is not part of a sound
/// sequence is read as Windows-1252, which is what such files are in practice.
std::string as_utf8(std::string_view bytes);

/// Whether `vendor` is what a page shows in place of a hidden mail address, and so no vendor.
bool is_hidden_mail(std::string_view vendor);

}  // namespace cmvp
