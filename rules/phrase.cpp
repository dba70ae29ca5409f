#include "rules/phrase.h"

#include "evidence/base/text.h"

namespace rules {
namespace {

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

// The bytes that the first `count` characters of `text` take.
std::size_t bytes_of(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; at < text.size(); ++at)
    if (begins_character(text[at]) && count-- == 0) break;
  return at;
}

}  // namespace

std::string counted(std::size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string enumerated(const std::vector<std::string>& items, std::size_t limit) {
  std::vector<std::string> shown(
      items.begin(), items.size() > limit ? items.begin() + static_cast<long>(limit) : items.end());
  if (shown.size() < items.size())
    return base::join(shown, ", ") + " and " + std::to_string(items.size() - shown.size()) +
           " more";
  if (shown.size() < 2) return base::join(shown, "");
  const std::string last = shown.back();
  shown.pop_back();
  return base::join(shown, ", ") + " and " + last;
}

std::string short_phrase(std::string_view text, std::size_t limit) {
  text = base::trim(text);
  if (text.ends_with('.') && !text.ends_with("..")) text.remove_suffix(1);
  if (bytes_of(text, limit) == text.size()) return std::string(text);
  std::string_view cut = text.substr(0, bytes_of(text, limit - 1));
  if (text[cut.size()] != ' ')
    if (const auto space = cut.rfind(' '); space != std::string_view::npos)
      cut = cut.substr(0, space);
  while (!cut.empty() && std::string_view(" ,;:(").find(cut.back()) != std::string_view::npos)
    cut.remove_suffix(1);
  return std::string(cut) + "…";
}

}  // namespace rules
