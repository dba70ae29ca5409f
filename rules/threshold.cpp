#include "rules/threshold.h"

#include <algorithm>

#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace rules {
namespace {

constexpr std::string_view kRungMark = "rung:";

// Every word that may be given, in the order in which people read them.
std::vector<std::string> all_words() {
  std::vector<std::string> words(kSeverityNames.begin(), kSeverityNames.end());
  for (std::size_t i = 1; i < kRungNames.size(); ++i)
    words.push_back(std::string(kRungMark) + std::string(kRungNames[i]));
  return words;
}

base::Error unknown_word(const std::string& word) {
  const std::vector<std::string> words = all_words();
  const auto near = base::nearest(word, {words.begin(), words.end()});
  return {base::ErrorKind::usage, "no threshold \"" + word + "\"; " +
                                      (near ? "did you mean " + std::string(*near) + "?"
                                            : "there are " + base::join(words, ", "))};
}

void add_word(Threshold& threshold, const std::string& word) {
  const bool is_rung = word.starts_with(kRungMark);
  const std::string_view name = std::string_view(word).substr(is_rung ? kRungMark.size() : 0);
  if (is_rung) {
    const auto found = std::find(kRungNames.begin() + 1, kRungNames.end(), name);
    if (found == kRungNames.end()) throw unknown_word(word);
    threshold.rungs.insert(static_cast<Rung>(found - kRungNames.begin()));
    return;
  }
  const auto found = std::find(kSeverityNames.begin(), kSeverityNames.end(), name);
  if (found == kSeverityNames.end()) throw unknown_word(word);
  const auto severity = static_cast<Severity>(found - kSeverityNames.begin());
  threshold.severity = std::min(threshold.severity.value_or(severity), severity);
}

}  // namespace

bool Threshold::covers(const Finding& finding) const {
  return (severity && finding.severity >= *severity) || rungs.contains(finding.rung);
}

Threshold threshold_of(const std::vector<std::string>& words) {
  if (words.empty()) return {};
  Threshold threshold{std::nullopt, {}};
  for (const std::string& word : words) add_word(threshold, word);
  return threshold;
}

std::string in_words(const Threshold& threshold) {
  std::vector<std::string> words;
  if (threshold.severity) words.emplace_back(name_of(*threshold.severity));
  for (const Rung rung : threshold.rungs)
    words.push_back(std::string(kRungMark) + std::string(name_of(rung)));
  return base::join(words, " or ");
}

}  // namespace rules
