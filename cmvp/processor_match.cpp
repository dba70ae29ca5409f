#include "cmvp/processor_match.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "cmvp/name.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

constexpr std::string_view kFiller[] = {"cpu",     "processor", "processors", "a",       "an",
                                        "paa/pai", "gen",       "sapphire",   "rapids",  "ice",
                                        "lake",    "lake-sp",   "sky",        "skylake", "comet",
                                        "ivy",     "bridge",    "snow",       "ridge",   "ns",
                                        "cascade", "emerald",   "core",       "64-bit",  "32-bit"};

// Words of listings for what uname -m calls so.
constexpr std::pair<std::string_view, std::string_view> kArchitectures[] = {
    {"x86-64", "x86_64"},   {"x86_64", "x86_64"},   {"amd64", "x86_64"}, {"arm64", "aarch64"},
    {"aarch64", "aarch64"}, {"ppc64le", "ppc64le"}, {"s390x", "s390x"},
};

bool digit(char c) { return c >= '0' && c <= '9'; }

bool model(const std::string& word) { return std::any_of(word.begin(), word.end(), digit); }

// The words of a processor that tell it from others.
std::vector<std::string> processor_words(std::string_view processor) {
  std::string text = plain_name(processor).plain;
  for (auto at = text.find("- "); at != std::string::npos; at = text.find("- "))
    text.erase(at + 1, 1);
  std::vector<std::string> words;
  for (const auto part : base::split(text, ' ')) {
    std::string word(part);
    if (word.starts_with('@')) break;
    while (word.ends_with(',') || word.ends_with(')')) word.pop_back();
    const bool filler =
        word.empty() || word.starts_with('(') || word.ends_with("ghz") || word.ends_with("-core") ||
        std::find(std::begin(kFiller), std::end(kFiller), word) != std::end(kFiller);
    if (!filler) words.push_back(word);
  }
  return words;
}

// The architectures that a listing names, if it names nothing else.
std::vector<std::string_view> only_architectures(std::string_view listed) {
  std::vector<std::string_view> result;
  std::string text = base::lower(listed);
  for (char& c : text)
    if (c == ',' || c == '(' || c == ')' || c == '/') c = ' ';
  for (const auto word : base::split(text, ' ')) {
    if (word.empty() || word == "and") continue;
    const auto found = std::find_if(std::begin(kArchitectures), std::end(kArchitectures),
                                    [&](const auto& each) { return each.first == word; });
    if (found == std::end(kArchitectures)) return {};
    result.push_back(found->second);
  }
  return result;
}

Comparison compare_architectures(const std::string& architecture, const std::string& listed,
                                 const std::vector<std::string_view>& architectures) {
  const std::string pair = "listed is " + listed + ", the system is " + architecture;
  if (architecture.empty()) return {Answer::unsure, "the architecture of the system is not known"};
  if (std::find(architectures.begin(), architectures.end(), architecture) == architectures.end())
    return {Answer::no, "the architecture is another: " + pair};
  return {Answer::yes, "the architecture is a listed one"};
}

}  // namespace

Comparison compare_processors(const std::string& observed, const std::string& architecture,
                              const std::string& listed) {
  if (const auto architectures = only_architectures(listed); !architectures.empty())
    return compare_architectures(architecture, listed, architectures);
  const auto have = processor_words(observed), want = processor_words(listed);
  if (have.empty()) return {Answer::unsure, "the processor of the system is not known"};
  if (want.empty()) return {Answer::unsure, "the listing names no processor"};
  const auto missing = [&](const std::string& word) {
    return std::find(have.begin(), have.end(), word) == have.end();
  };
  // "i7" where an i7-8550U runs: the listing does not say which.
  const auto vague = [&](const std::string& word) {
    return std::any_of(have.begin(), have.end(),
                       [&](const std::string& each) { return each.starts_with(word + "-"); });
  };
  const std::string pair = "listed is " + listed + ", the system has " + observed;
  const bool strange = std::all_of(want.begin(), want.end(), [&](const std::string& word) {
    return missing(word) && !vague(word);
  });
  if (strange || std::any_of(want.begin(), want.end(), [&](const std::string& word) {
        return model(word) && missing(word) && !vague(word);
      }))
    return {Answer::no, "the processor is another: " + pair};
  if (std::any_of(want.begin(), want.end(), missing) ||
      std::none_of(want.begin(), want.end(), model))
    return {Answer::unsure, "whether the processor is the same cannot be told: " + pair};
  return {Answer::yes, "the processor is the listed one"};
}

}  // namespace cmvp
