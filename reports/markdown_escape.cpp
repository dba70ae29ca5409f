#include "reports/markdown_escape.h"

#include "reports/words.h"

namespace reports {
namespace {

// Hosts look for mentions and references in what is left after Markdown, so that a backslash does
// not stop them; an empty comment does.
std::string_view replacement(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '$':
      return "&#36;";
    case '@':
      return "@<!-- -->";
    case '#':
      return "\\#<!-- -->";
    case '\t':
      return " ";
    default:
      return {};
  }
}

// Whether `c` can start or end markup, or a link: "www." and "://" link without any.
bool is_markup(char c, std::string_view after) {
  if (c == ':') return after.substr(0, 2) == "//";
  return std::string_view("\\`*_[]{}!|~^").find(c) != std::string_view::npos;
}

}  // namespace

std::string markdown_text(std::string_view text, std::string_view line_break) {
  const std::string plain = clean(text);
  std::string escaped;
  escaped.reserve(plain.size() + plain.size() / 8);
  for (std::size_t at = 0; at < plain.size(); ++at) {
    const char c = plain[at];
    if (c == '\n')
      escaped += line_break;
    else if (const std::string_view other = replacement(c); !other.empty())
      escaped += other;
    else if (is_markup(c, std::string_view(plain).substr(at + 1)) ||
             (c == '.' && at >= 3 && (plain[at - 1] == 'w' || plain[at - 1] == 'W')))
      escaped += std::string("\\") + c;
    else
      escaped += c;
  }
  return escaped;
}

}  // namespace reports
