#include <algorithm>
#include <map>

#include "cmvp/lookup.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

// A word without the marks around it.
std::string_view bare(std::string_view word) {
  constexpr std::string_view kMarks = "()[],.;:";
  const auto first = word.find_first_not_of(kMarks);
  if (first == std::string_view::npos) return {};
  return word.substr(first, word.find_last_not_of(kMarks) + 1 - first);
}

// Every word of names and vendors, with how often it stands there.
std::map<std::string, std::size_t, std::less<>> vocabulary(const base::Database& snapshot) {
  std::map<std::string, std::size_t, std::less<>> words;
  auto row = snapshot.prepare("SELECT plain_name, lower(vendor) FROM certificate");
  while (row.step())
    for (const int column : {0, 1}) {
      const std::string text = row.text(column);
      for (const auto part : base::split(text, ' '))
        if (const auto word = bare(part); word.size() > 2) ++words[std::string(word)];
    }
  return words;
}

// Two letters that changed places are one slip, not two.
std::size_t slips(std::string_view a, std::string_view b) {
  const std::size_t distance = base::edit_distance(a, b);
  if (distance != 2 || a.size() != b.size()) return distance;
  for (std::size_t i = 0; i + 1 < a.size(); ++i)
    if (a[i] == b[i + 1] && a[i + 1] == b[i] && a[i] != b[i]) {
      return a.substr(i + 2) == b.substr(i + 2) && a.substr(0, i) == b.substr(0, i) ? 1 : 2;
    }
  return distance;
}

// The word nearest to `word` that could be meant, the most frequent of equals; "" if none is near.
std::string nearest_word(const std::string& word,
                         const std::map<std::string, std::size_t, std::less<>>& words) {
  std::size_t best = word.size() < 4 ? 0 : word.size() < 7 ? 1 : 2, frequency = 0;
  std::string result;
  for (const auto& [candidate, count] : words) {
    const std::size_t longer = std::max(candidate.size(), word.size());
    if (longer - std::min(candidate.size(), word.size()) > best) continue;
    const std::size_t distance = slips(word, candidate);
    if (distance > best || (distance == best && count <= frequency)) continue;
    best = distance;
    frequency = count;
    result = candidate;
  }
  return result;
}

bool stands_somewhere(const base::Database& snapshot, const std::string& word) {
  SearchFilter any;
  any.limit = 1;
  return !search(snapshot, word, any).empty();
}

}  // namespace

SearchResult fuzzy_search(const base::Database& snapshot, std::string_view words,
                          const SearchFilter& filter) {
  SearchResult result{search(snapshot, words, filter), {}};
  if (!result.certificates.empty()) return result;
  const auto known = vocabulary(snapshot);
  std::vector<std::string> corrected;
  for (const auto part : base::split(words, ' ')) {
    const std::string word = base::lower(base::trim(part));
    if (word.empty()) continue;
    corrected.push_back(word);
    if (stands_somewhere(snapshot, word)) continue;
    std::string instead = nearest_word(word, known);
    if (instead.empty()) return result;
    corrected.back() = instead;
    result.corrections.push_back({word, std::move(instead)});
  }
  if (!result.corrections.empty())
    result.certificates = search(snapshot, base::join(corrected, " "), filter);
  return result;
}

}  // namespace cmvp
