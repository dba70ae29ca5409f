#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace base {

/// `seconds` since 1970-01-01T00:00:00Z as YYYY-MM-DDTHH:MM:SSZ, the one form of a time here.
std::string timestamp(std::int64_t seconds);

/// The days from 1970-01-01 to the calendar date `text`, YYYY-MM-DD. Nothing if it is no such date.
std::optional<std::int64_t> parse_date(std::string_view text);

/// The date `days` after 1970-01-01, as YYYY-MM-DD.
std::string date(std::int64_t days);

}  // namespace base
