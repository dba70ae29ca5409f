#include "cmvp/version.h"

#include <algorithm>

#include "evidence/base/text.h"

namespace cmvp {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool has_digit(std::string_view text) { return std::any_of(text.begin(), text.end(), digit); }

// "1.3   Page 1 of 58": the version of the document, not of the module.
bool page_footer(std::string_view text) {
  const auto page = text.find("Page ");
  return page != std::string_view::npos && text.find(" of", page) != std::string_view::npos;
}

std::string without_footnotes(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '[') {
      const auto end = std::min(text.find(']', at), text.size());
      if (is_footnote_mark(text.substr(at + 1, end - at - 1))) {
        at = end;
        continue;
      }
    }
    result += text[at];
  }
  return result;
}

// Line breaks of the document leave "3.0.8- d694bfa693b76001".
std::string rejoined(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const std::size_t size = result.size();
    if (c == ' ' && size > 1 && result[size - 1] == '-' && result[size - 2] != ' ') continue;
    result += c;
  }
  return result;
}

void split_words(std::string_view text, std::string_view separator,
                 std::vector<std::string>& parts) {
  for (;;) {
    const auto end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + separator.size());
  }
}

std::vector<std::string> split_all(std::vector<std::string> parts, std::string_view separator) {
  std::vector<std::string> result;
  for (const std::string& part : parts) split_words(part, separator, result);
  return result;
}

// A slash separates versions only where version stands on every side of it: "1.2/1.3".
bool slashed_versions(std::string_view text) {
  const auto parts = base::split(text, '/');
  return parts.size() > 1 && std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
           part = base::trim(part);
           return !part.empty() && digit(part.front()) &&
                  part.find('.') != std::string_view::npos &&
                  part.find(' ') == std::string_view::npos;
         });
}

void add(std::vector<std::string>& tokens, std::string_view token) {
  if (std::find(tokens.begin(), tokens.end(), token) == tokens.end()) tokens.emplace_back(token);
}

// "kernel 5.14.0-284": the bare last word too, if all before it are words without digits.
void add_last_word(std::vector<std::string>& tokens, std::string_view token) {
  const auto space = token.rfind(' ');
  if (space == std::string_view::npos || has_digit(token.substr(0, space))) return;
  const auto word = token.substr(space + 1);
  if (digit(word.front()) && word.find('.') != std::string_view::npos) add(tokens, word);
}

void add_token(std::vector<std::string>& tokens, std::string_view part) {
  part = base::trim(part);
  if (part.starts_with("and ")) part = base::trim(part.substr(4));
  // "3.0.10 with" was cut off: what it is without the rest is another version.
  if (part.ends_with(" with")) return;
  if (!has_digit(part)) return;
  add(tokens, part);
  add_last_word(tokens, part);
}

}  // namespace

bool is_footnote_mark(std::string_view inside) {
  if (base::trim(inside).empty()) return false;
  std::size_t letters = 0;
  for (const char c : inside) {
    if (letter(c)) ++letters;
    if (!letter(c) && !digit(c) && c != ',' && c != ' ' && c != '-') return false;
    if (c == ',' || c == ' ' || c == '-') letters = 0;
    if (letters > 1) return false;
  }
  return inside.size() <= 3 || inside.find_first_of(", -") != std::string_view::npos;
}

std::vector<std::string> version_tokens(std::string_view recorded) {
  std::vector<std::string> tokens;
  if (page_footer(recorded)) return tokens;
  std::vector<std::string> parts{rejoined(without_footnotes(recorded))};
  for (const std::string_view separator : {",", ";", " and ", " or "})
    parts = split_all(std::move(parts), separator);
  for (const std::string& part : parts) {
    if (!slashed_versions(part)) {
      add_token(tokens, part);
      continue;
    }
    for (const auto piece : base::split(part, '/')) add_token(tokens, piece);
  }
  return tokens;
}

std::string UpstreamVersion::text() const {
  std::string result;
  for (const auto number : numbers) result += (result.empty() ? "" : ".") + std::to_string(number);
  return result + letters;
}

std::optional<UpstreamVersion> parse_upstream(std::string_view version) {
  UpstreamVersion result;
  std::size_t at = version.size() > 1 && version[0] == 'v' && digit(version[1]) ? 1 : 0;
  while (at < version.size() && digit(version[at])) {
    std::size_t end = at;
    while (end < version.size() && digit(version[end])) ++end;
    const auto number = base::parse_integer(version.substr(at, end - at));
    if (!number) return std::nullopt;
    result.numbers.push_back(*number);
    at = end;
    if (at + 1 >= version.size() || version[at] != '.' || !digit(version[at + 1])) break;
    ++at;
  }
  if (result.numbers.empty()) return std::nullopt;
  while (at < version.size() && letter(version[at])) result.letters += version[at++];
  while (at < version.size() && !letter(version[at]) && !digit(version[at])) ++at;
  result.build = version.substr(at);
  return result;
}

std::strong_ordering compare_upstream(const UpstreamVersion& a, const UpstreamVersion& b) {
  for (std::size_t i = 0; i < std::max(a.numbers.size(), b.numbers.size()); ++i) {
    const std::int64_t left = i < a.numbers.size() ? a.numbers[i] : 0;
    const std::int64_t right = i < b.numbers.size() ? b.numbers[i] : 0;
    if (left != right) return left <=> right;
  }
  return a.letters.compare(b.letters) <=> 0;
}

}  // namespace cmvp
