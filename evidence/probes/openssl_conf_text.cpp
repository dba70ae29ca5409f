#include "evidence/probes/openssl_conf_text.h"

#include <algorithm>

#include "evidence/base/text.h"

namespace evidence::probes {

namespace {

constexpr std::string_view kPunctuation = "!%&*+,-./;?@^|~";

// A quoted part from its opening quote on; the result is where the rest begins.
std::size_t skip_quoted(const std::string& text, std::size_t at) {
  const char mark = text[at++];
  while (at < text.size() && text[at] != mark) at += text[at] == '\\' ? 2 : 1;
  return std::min(at + 1, text.size());
}

}  // namespace

bool white(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool quote(char c) { return c == '"' || c == '\'' || c == '`'; }
bool word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}
bool punctuation(char c) { return kPunctuation.find(c) != std::string_view::npos; }

std::size_t skip_white(const std::string& text, std::size_t at) {
  while (at < text.size() && white(text[at])) ++at;
  return at;
}

std::string without_white_end(std::string text) {
  while (!text.empty() && white(text.back())) text.pop_back();
  return text;
}

std::string without_comment(std::string text) {
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '#') {
      text.resize(at);
    } else if (quote(text[at])) {
      at = skip_quoted(text, at);
    } else {
      at += text[at] == '\\' ? 2 : 1;
    }
  }
  return text;
}

std::optional<bool> switch_word(std::string_view text) {
  const std::string word = base::lower(text);
  if (word == "on" || word == "true") return true;
  if (word == "off" || word == "false") return false;
  return std::nullopt;
}

bool configuration_name(const std::string& name) {
  const std::string lower = base::lower(name);
  return (lower.size() > 5 && lower.ends_with(".conf")) ||
         (lower.size() > 4 && lower.ends_with(".cnf"));
}

char escaped(char c) {
  switch (c) {
    case 'r':
      return '\r';
    case 'n':
      return '\n';
    case 'b':
      return '\b';
    case 't':
      return '\t';
    default:
      return c;
  }
}

}  // namespace evidence::probes
