#include "cmvp/algorithm_name.h"

#include <string>
#include <vector>

#include "evidence/base/text.h"

namespace cmvp {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

// The hyphens of typesetters, and a space that a line end left behind one.
std::string plain_hyphens(std::string_view text) {
  std::string result(text);
  for (const std::string_view hyphen : {"\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x93"})
    for (auto at = result.find(hyphen); at != std::string::npos; at = result.find(hyphen, at))
      result.replace(at, hyphen.size(), "-");
  for (auto at = result.find("- "); at != std::string::npos; at = result.find("- ", at + 1))
    if (at > 0 && result[at - 1] != ' ') result.erase(at + 1, 1);
  return result;
}

// With or without a comma behind it.
bool is_validation(std::string_view word) {
  if (word.ends_with(',')) word.remove_suffix(1);
  return is_cavp_number(word);
}

// A revision of a document without the algorithm that stood before it on another line.
bool is_fragment(const std::string& name) {
  const std::string lower = base::lower(name);
  return name.empty() || is_cavp_number(name) || digit(name.front()) ||
         lower.starts_with("sp800") || name.ends_with(',') ||
         lower.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
}

std::string without_cut_end(std::string name) {
  const auto open = name.rfind('(');
  if (open != std::string::npos && name.find(')', open) == std::string::npos) name.erase(open);
  name = base::trim(name);
  const auto word = name.rfind(' ');
  if (name.ends_with('-')) name.erase(word == std::string::npos ? 0 : word);
  return name;
}

}  // namespace

bool is_cavp_number(std::string_view word) {
  if (word.size() < 2 || (word[0] != 'A' && word[0] != 'C')) return false;
  return word.substr(1).find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<Algorithm> read_algorithm(std::string_view text) {
  const std::string plain = plain_hyphens(text);
  std::vector<std::string> words, numbers;
  for (const auto part : base::split(plain, ' '))
    if (!part.empty()) words.emplace_back(part);
  while (words.size() > 1 && is_validation(words.back())) {
    std::string number = std::move(words.back());
    words.pop_back();
    if (number.ends_with(',')) number.pop_back();
    numbers.insert(numbers.begin(), std::move(number));
  }
  Algorithm algorithm{without_cut_end(base::join(words, " ")), base::join(numbers, " ")};
  if (is_fragment(algorithm.name)) return std::nullopt;
  return algorithm;
}

}  // namespace cmvp
