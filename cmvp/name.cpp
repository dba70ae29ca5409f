#include "cmvp/name.h"

#include <utility>
#include <vector>

#include "evidence/base/text.h"

namespace cmvp {
namespace {

constexpr std::pair<std::string_view, std::string_view> kReplaced[] = {
    {"\xC2\xAE", ""},                                        // registered sign
    {"\xE2\x84\xA2", ""},                                    // trade mark sign
    {"(r)", ""},           {"(tm)", ""}, {"\xC2\xA0", " "},  // no-break space
    {"\xE2\x80\x99", "'"},                                   // right single quotation mark
    {"\xE2\x80\x93", "-"},                                   // en dash
};

std::string replaced(std::string text) {
  for (const auto& [from, to] : kReplaced)
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at))
      text.replace(at, from.size(), to);
  return text;
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> result;
  std::string word;
  for (const char c : std::string(text) + ' ') {
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
      word += c;
    } else if (!word.empty()) {
      if (word != "-") result.push_back(word);
      word.clear();
    }
  }
  return result;
}

bool digit(char c) { return c >= '0' && c <= '9'; }

// "3.0", "v2", "v11.1"; not the 9 of "Linux 9", which belongs to the name.
bool version_word(std::string_view word) {
  const bool marked = word.starts_with('v');
  if (marked) word.remove_prefix(1);
  if (word.empty() || !digit(word.front())) return false;
  return marked || word.find('.') != std::string_view::npos;
}

}  // namespace

PlainName plain_name(std::string_view name) {
  auto parts = words(replaced(base::lower(name)));
  PlainName result;
  result.plain = base::join(parts, " ");
  if (parts.size() > 2 && parts[parts.size() - 2] == "version" && digit(parts.back().front())) {
    result.version = parts.back();
    parts.resize(parts.size() - 2);
  } else if (parts.size() > 1 && version_word(parts.back())) {
    result.version = parts.back();
    parts.pop_back();
  }
  result.bare = base::join(parts, " ");
  return result;
}

}  // namespace cmvp
