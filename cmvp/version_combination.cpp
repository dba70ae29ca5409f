#include "cmvp/version_combination.h"

#include <algorithm>

#include "cmvp/version.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

constexpr std::int64_t kLongestRange = 99;

// The marks of "[1]", "[b, c]" and "[1-3]", each for itself.
std::vector<std::string> marks_in(std::string_view inside) {
  std::vector<std::string> marks;
  for (const auto part : base::split(inside, ',')) {
    const auto mark = base::trim(part);
    const auto dash = mark.find('-');
    const auto first = base::parse_integer(mark.substr(0, dash));
    const auto last = dash == std::string_view::npos
                          ? std::nullopt
                          : base::parse_integer(base::trim(mark.substr(dash + 1)));
    if (first && last && *first <= *last && *last - *first < kLongestRange) {
      for (std::int64_t n = *first; n <= *last; ++n) marks.push_back(std::to_string(n));
    } else if (!mark.empty()) {
      marks.emplace_back(mark);
    }
  }
  return marks;
}

void add(std::vector<VersionCombination>& all, const std::string& mark, const Version& version) {
  const auto same = [&](const VersionCombination& each) { return each.mark == mark; };
  auto found = std::find_if(all.begin(), all.end(), same);
  if (found == all.end()) found = all.insert(all.end(), {mark, {}});
  found->versions.push_back(version);
}

std::ptrdiff_t open_brackets(std::string_view text) {
  return std::count(text.begin(), text.end(), '[') - std::count(text.begin(), text.end(), ']');
}

// Without the words that join it to the version before it.
std::string_view without_joint(std::string_view words) {
  for (;;) {
    words = base::trim(words);
    if (words.starts_with(',') || words.starts_with(';')) {
      words.remove_prefix(1);
    } else if (words.starts_with("and ")) {
      words.remove_prefix(4);
    } else {
      return words;
    }
  }
}

// Every footnote mark of `recorded` with the words that stand before it.
void add_marked(const RecordedVersion& recorded, std::vector<VersionCombination>& all) {
  const std::string_view text = recorded.text;
  std::size_t from = 0;
  for (auto at = text.find('['); at != std::string_view::npos; at = text.find('[', at + 1)) {
    const auto end = text.find(']', at);
    if (end == std::string_view::npos) return;
    const std::string_view inside = text.substr(at + 1, end - at - 1);
    if (!is_footnote_mark(inside)) continue;
    const auto words = without_joint(text.substr(from, at - from));
    if (!words.empty())
      for (const std::string& mark : marks_in(inside))
        add(all, mark, {std::string(words), recorded.kind, recorded.origin});
    from = end + 1;
  }
}

bool of_several_kinds(const VersionCombination& combination) {
  return std::any_of(
      combination.versions.begin(), combination.versions.end(),
      [&](const Version& each) { return each.kind != combination.versions.front().kind; });
}

}  // namespace

std::vector<RecordedVersion> whole_versions(std::span<const RecordedVersion> recorded) {
  std::vector<RecordedVersion> whole;
  for (const RecordedVersion& each : recorded) {
    const bool goes_on = !whole.empty() && open_brackets(whole.back().text) > 0 &&
                         whole.back().kind == each.kind && whole.back().origin == each.origin;
    if (goes_on) {
      whole.back().text += ", " + each.text;
    } else {
      whole.push_back(each);
    }
  }
  return whole;
}

std::vector<VersionCombination> version_combinations(std::span<const RecordedVersion> recorded) {
  std::vector<VersionCombination> all;
  for (const RecordedVersion& each : whole_versions(recorded)) add_marked(each, all);
  std::erase_if(all, [](const VersionCombination& each) { return !of_several_kinds(each); });
  return all;
}

}  // namespace cmvp
