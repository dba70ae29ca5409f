#include "cmvp/version_component.h"

#include <algorithm>
#include <array>

#include "evidence/base/text.h"

namespace cmvp {
namespace {

// As the certificates of the built-in snapshot write them.
constexpr std::array<std::string_view, 17> kParts = {
    "app",      "applet",   "boot",    "bootloader", "firmware", "fw",
    "kernel",   "libkcapi", "loader",  "main",       "patch",    "primary",
    "recovery", "rom",      "runtime", "smw",        "uboot"};

bool digit(char c) { return c >= '0' && c <= '9'; }

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_part(std::string_view word) {
  return std::find(kParts.begin(), kParts.end(), base::lower(word)) != kParts.end();
}

// "A-UBOOT" of "A-UBOOT-4.03": up to a word between dashes that names a part.
std::size_t end_of_stem(std::string_view piece) {
  std::size_t begin = 0;
  for (auto dash = piece.find('-'); dash != std::string_view::npos; dash = piece.find('-', begin)) {
    if (is_part(piece.substr(begin, dash - begin))) return dash;
    begin = dash + 1;
  }
  return std::string_view::npos;
}

// Where the name ends, if there is one: at a colon, a stem, the underscore of "KP_1.2", or the last
// space.
std::size_t end_of_name(std::string_view piece) {
  if (const auto colon = piece.find(':'); colon != std::string_view::npos) return colon;
  if (const auto space = piece.rfind(' '); space != std::string_view::npos) return space;
  if (const auto stem = end_of_stem(piece); stem != std::string_view::npos) return stem;
  const auto underscore = piece.find('_');
  const bool after_letters = underscore != std::string_view::npos && underscore > 0 &&
                             std::all_of(piece.begin(), piece.begin() + underscore, letter);
  return after_letters ? underscore : std::string_view::npos;
}

std::string_view without_word_version(std::string_view name) {
  for (const std::string_view word : {" version", "-version"})
    if (base::lower(name).ends_with(word)) return base::trim(name.substr(0, name.size() - 8));
  return name;
}

std::vector<std::string_view> pieces_of(std::string_view words) {
  constexpr std::array<std::string_view, 4> kSeparators = {",", ";", " and ", " with "};
  std::vector<std::string_view> pieces;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < words.size();) {
    std::size_t length = 0;
    for (const std::string_view separator : kSeparators)
      if (words.substr(at).starts_with(separator)) length = separator.size();
    if (length == 0) {
      ++at;
      continue;
    }
    pieces.push_back(words.substr(begin, at - begin));
    begin = at += length;
  }
  pieces.push_back(words.substr(begin));
  return pieces;
}

bool names_part(std::string_view component) {
  for (std::size_t begin = 0; begin < component.size();) {
    const auto end = std::min(component.find_first_of(" -/", begin), component.size());
    if (is_part(component.substr(begin, end - begin))) return true;
    begin = end + 1;
  }
  return false;
}

// Whether it says itself that it stands together: in brackets, or one with the other.
bool says_together(std::string_view& words) {
  words = base::trim(words);
  const bool bracketed = words.starts_with('[') && words.find(']') == words.size() - 1;
  if (bracketed) words = words.substr(1, words.size() - 2);
  return bracketed || words.find(" with ") != std::string_view::npos;
}

}  // namespace

ComponentVersion component_version(std::string_view piece) {
  piece = base::trim(piece);
  const auto end = end_of_name(piece);
  if (end == std::string_view::npos) return {"", std::string(piece)};
  const auto name = without_word_version(base::trim(piece.substr(0, end)));
  const auto text = base::trim(piece.substr(end + 1));
  if (name.empty() || !std::any_of(text.begin(), text.end(), digit))
    return {"", std::string(piece)};
  return {std::string(name), std::string(text)};
}

std::vector<Version> versions_of_parts(std::string_view words, const std::string& kind,
                                       const std::string& origin, std::string& last) {
  const bool together = says_together(words);
  std::vector<Version> versions;
  for (const std::string_view piece : pieces_of(words)) {
    if (!std::any_of(piece.begin(), piece.end(), digit)) continue;
    ComponentVersion each = component_version(piece);
    if (!each.component.empty() && !together && !names_part(each.component)) return {};
    if (each.component.empty()) each.component = last;
    last = each.component;
    versions.push_back({each.text, kind, origin, each.component});
  }
  return versions;
}

}  // namespace cmvp
