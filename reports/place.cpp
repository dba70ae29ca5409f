#include "reports/place.h"

#include <algorithm>

#include "evidence/base/text.h"
#include "reports/words.h"

namespace reports {
namespace {

constexpr std::size_t kLongestPath = 4096;  // PATH_MAX of Linux
constexpr std::size_t kMostDigits = 9;      // SARIF readers hold a line number in 32 bits.

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The line number at the start of `text`, if it is one and ends there.
std::optional<std::int64_t> leading_line(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const auto digits = static_cast<std::size_t>(end - text.begin());
  if (digits == 0 || digits > kMostDigits) return std::nullopt;
  if (end != text.end() && *end != ':' && *end != ',') return std::nullopt;
  const auto line = base::parse_integer(text.substr(0, digits));
  return line && *line > 0 ? line : std::nullopt;
}

bool is_path(std::string_view text) {
  return text.size() > 1 && clean(text) == text && text.find_first_of("\n\t") == text.npos;
}

}  // namespace

std::optional<Place> leading_place(std::string_view text) {
  if (text.empty() || text.front() != '/') return std::nullopt;
  const std::string_view start = text.substr(0, kLongestPath + 1);
  for (std::size_t colon = start.find(':'); colon != start.npos;
       colon = start.find(':', colon + 1)) {
    const std::string_view after = text.substr(colon + 1);
    const auto line = after.substr(0, 1) == " " ? std::int64_t{0} : leading_line(after);
    if (!line) continue;
    if (!is_path(text.substr(0, colon))) return std::nullopt;
    return Place{std::string(text.substr(0, colon)), *line};
  }
  return std::nullopt;
}

std::optional<Place> place_of(const rules::Finding& finding) {
  if (!finding.file.empty() && is_path(finding.file)) return Place{finding.file, finding.line};
  if (auto place = leading_place(finding.message)) return place;
  for (const rules::Exhibit& exhibit : finding.evidence)
    for (const std::string* text : {&exhibit.seen, &exhibit.locator})
      if (auto place = leading_place(*text); place && place->line > 0) return place;
  return std::nullopt;
}

}  // namespace reports
