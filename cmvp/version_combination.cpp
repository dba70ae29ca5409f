#include "cmvp/version_combination.h"

#include <algorithm>
#include <set>

#include "cmvp/version.h"
#include "cmvp/version_component.h"
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

// A version before a mark; of software and firmware, by the parts that it names.
std::vector<Version> marked_versions(std::string_view words, const RecordedVersion& recorded,
                                     std::string& last) {
  std::vector<Version> versions;
  if (recorded.kind != "hardware")
    versions = versions_of_parts(words, recorded.kind, recorded.origin, last);
  if (versions.empty() && !words.empty())
    versions.push_back({std::string(words), recorded.kind, recorded.origin});
  return versions;
}

// Every footnote mark of `recorded` with the words that stand before it. The parts that are named
// behind the last mark belong to all of them.
void add_marked(const RecordedVersion& recorded, std::vector<VersionCombination>& all) {
  const std::string_view text = recorded.text;
  std::size_t from = 0;
  std::string last;
  std::vector<std::string> seen;
  for (auto at = text.find('['); at != std::string_view::npos; at = text.find('[', at + 1)) {
    const auto end = text.find(']', at);
    if (end == std::string_view::npos) return;
    const std::string_view inside = text.substr(at + 1, end - at - 1);
    if (!is_footnote_mark(inside)) continue;
    const auto words = without_joint(text.substr(from, at - from));
    for (const Version& version : marked_versions(words, recorded, last))
      for (const std::string& mark : marks_in(inside)) {
        add(all, mark, version);
        seen.push_back(mark);
      }
    from = end + 1;
  }
  if (last.empty()) return;
  for (const Version& version : marked_versions(without_joint(text.substr(from)), recorded, last))
    for (const std::string& mark : std::set<std::string>(seen.begin(), seen.end()))
      add(all, mark, version);
}

bool has_component(const VersionCombination& combination, const std::string& component) {
  return std::any_of(combination.versions.begin(), combination.versions.end(),
                     [&](const Version& each) { return each.component == component; });
}

// The parts that stand together without a mark; a part that comes again begins the next
// combination.
void add_parts(const RecordedVersion& recorded, std::vector<VersionCombination>& all) {
  if (recorded.kind == "hardware") return;
  std::string last;
  bool goes_on = false;
  for (const Version& each :
       versions_of_parts(recorded.text, recorded.kind, recorded.origin, last)) {
    const bool again = goes_on && all.back().versions.back().component != each.component &&
                       has_component(all.back(), each.component);
    if (!goes_on || again) all.emplace_back();
    goes_on = true;
    all.back().versions.push_back(each);
  }
}

bool is_combination(const VersionCombination& combination) {
  const Version& first = combination.versions.front();
  return std::any_of(combination.versions.begin(), combination.versions.end(),
                     [&](const Version& each) {
                       return each.kind != first.kind || each.component != first.component;
                     });
}

bool holds(const VersionCombination& combination, const Version& version) {
  return std::any_of(combination.versions.begin(), combination.versions.end(),
                     [&](const Version& each) { return each.text == version.text; });
}

// Tables of a Security Policy lose words at the ends of their lines: what the page tells too is the
// page's.
bool told_by_page(const VersionCombination& policy, const std::vector<VersionCombination>& all) {
  if (policy.versions.front().origin != "security policy") return false;
  return std::any_of(all.begin(), all.end(), [&](const VersionCombination& page) {
    return page.versions.front().origin != "security policy" &&
           std::all_of(policy.versions.begin(), policy.versions.end(),
                       [&](const Version& each) { return holds(page, each); });
  });
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
  for (const RecordedVersion& each : whole_versions(recorded)) {
    const std::size_t before = all.size();
    add_marked(each, all);
    if (all.size() == before) add_parts(each, all);
  }
  std::erase_if(all, [](const VersionCombination& each) { return !is_combination(each); });
  const auto known = all;
  std::erase_if(all, [&](const VersionCombination& each) { return told_by_page(each, known); });
  return all;
}

bool is_version(std::string_view words, const Version& version) {
  return words == version.text ||
         (!version.component.empty() && words.starts_with(version.component) &&
          words.ends_with(version.text));
}

}  // namespace cmvp
