#include "cmvp/system_match.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "cmvp/name.h"
#include "cmvp/version.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

// How listings call the systems that os-release(5) calls so; the longest name that stands in a
// listing decides.
constexpr std::pair<std::string_view, std::string_view> kFamilies[] = {
    {"debian", "debian"},
    {"ubuntu", "ubuntu"},
    {"ubuntu-core", "ubuntu core"},
    {"rhel", "red hat enterprise linux"},
    {"rhel", "redhat enterprise linux"},
    {"rhel", "red hat linux enterprise server"},
    {"rhel", "redhat"},
    {"rhel", "rhel"},
    {"rhel", "red hat ubi"},
    {"centos", "centos"},
    {"centos-stream", "centos stream"},
    {"fedora", "fedora"},
    {"almalinux", "almalinux"},
    {"rocky", "rocky linux"},
    {"ol", "oracle linux"},
    {"amzn", "amazon linux"},
    {"sles", "suse linux enterprise server"},
    {"sles_sap", "suse linux enterprise server for sap"},
    {"sle-micro", "suse linux enterprise micro"},
    {"sl-micro", "suse linux micro"},
    {"opensuse-leap", "opensuse leap"},
    {"alpine", "alpine linux"},
    {"photon", "photon os"},
    {"azurelinux", "azure linux"},
    {"freebsd", "freebsd"},
    {"bottlerocket", "bottlerocket"},
    {"raspbian", "raspbian"},
    {"wrlinux", "wind river linux"},
    {"euleros", "euleros"},
};

bool digit(char c) { return c >= '0' && c <= '9'; }

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (const auto part : base::split(text, ' '))
    if (!part.empty()) words.emplace_back(part);
  return words;
}

// Words of the name up to the version, for a system that the table does not know.
std::string family_by_name(const SystemName& system) {
  std::vector<std::string> words;
  for (const std::string& word : words_of(plain_name(system.name).plain)) {
    if (digit(word.front())) break;
    words.push_back(word);
  }
  return base::join(words, " ");
}

std::string id_of(const SystemName& system) {
  if (system.id == "centos" && base::lower(system.name).find("stream") != std::string::npos)
    return "centos-stream";
  return system.id;
}

bool known_id(std::string_view id) {
  return std::any_of(std::begin(kFamilies), std::end(kFamilies),
                     [&](const auto& family) { return family.first == id; });
}

// Where in a listing the name of a family ends, npos if it does not stand there as words.
std::size_t end_of_name(std::string_view listed, std::string_view family) {
  for (auto at = listed.find(family); at != std::string_view::npos;
       at = listed.find(family, at + 1)) {
    const std::size_t end = at + family.size();
    const bool begins =
        at == 0 || listed[at - 1] == ' ' || listed[at - 1] == '(' || listed[at - 1] == '/';
    if (begins && (end == listed.size() || listed[end] == ' ' || digit(listed[end]))) return end;
  }
  return std::string_view::npos;
}

struct ListedFamily {
  std::string_view id;
  std::size_t begin = 0, end = std::string_view::npos;
};

ListedFamily family_in(std::string_view listed) {
  ListedFamily result;
  std::size_t longest = 0;
  for (const auto& [id, family] : kFamilies) {
    const std::size_t end = end_of_name(listed, family);
    if (end == std::string_view::npos || family.size() <= longest) continue;
    longest = family.size();
    result = {id, end - family.size(), end};
  }
  return result;
}

// "15sp4" and "15 sp4" are 15.4, as os-release has it; "v11" is 11; what closes a parenthesis or
// separates a list does not count. "" if `word` is no version.
std::string version_word(std::string_view word) {
  if (word.starts_with('v')) word.remove_prefix(1);
  if (word.empty() || !digit(word.front())) return {};
  std::string version;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (word.substr(i).starts_with("sp") && i + 2 < word.size() && digit(word[i + 2])) {
      version += '.';
      ++i;
    } else if (digit(word[i]) || word[i] == '.' || word[i] == '-' || word[i] == 'x') {
      version += word[i];
    } else {
      break;
    }
  }
  // "64-bit" is no version.
  if (word.find("bit") != std::string_view::npos) return {};
  while (!version.empty() && (version.back() == '.' || version.back() == '-')) version.pop_back();
  return version;
}

// The versions that stand in `text`, the first of them within its first words.
std::vector<std::string> versions_in(std::string_view text) {
  constexpr std::size_t kSkipped = 5;
  std::vector<std::string> versions;
  std::size_t skipped = 0;
  for (const std::string& word : words_of(text)) {
    std::string version = version_word(word);
    if (!version.empty()) {
      versions.push_back(std::move(version));
    } else if (versions.size() == 1 && word.starts_with("sp") && word.size() > 2 &&
               digit(word[2])) {
      versions.back() += "." + word.substr(2, word.find_first_not_of("0123456789", 2) - 2);
    } else if (!versions.empty() ? word != "and" : ++skipped > kSkipped) {
      break;
    }
  }
  return versions;
}

bool more_precise(std::string_view version, std::string_view than) {
  return version.size() > than.size() && version.starts_with(than) && version[than.size()] == '.';
}

bool in_range(const std::string& running, const std::string& low, const std::string& high) {
  const auto version = parse_upstream(running), from = parse_upstream(low),
             to = parse_upstream(high);
  return version && from && to && compare_upstream(*from, *version) <= 0 &&
         (compare_upstream(*version, *to) <= 0 || more_precise(running, high));
}

// How a running version stands to one listed version.
Answer stands(const std::string& running, const std::string& listed) {
  if (running == listed) return Answer::yes;
  if (listed.ends_with(".x"))
    return more_precise(running, listed.substr(0, listed.size() - 2)) ? Answer::yes : Answer::no;
  if (const auto dash = listed.find('-'); dash != std::string::npos)
    return in_range(running, listed.substr(0, dash), listed.substr(dash + 1)) ? Answer::yes
                                                                              : Answer::no;
  if (more_precise(listed, running) || more_precise(running, listed)) return Answer::unsure;
  return Answer::no;
}

// Ubuntu keeps the point release only in the long name.
std::string running_version(const SystemName& system) {
  const auto told = versions_in(base::lower(system.name));
  if (!told.empty() && more_precise(told.front(), system.version_id)) return told.front();
  return system.version_id;
}

Comparison compare_versions(const SystemName& system, const std::vector<std::string>& listed) {
  const std::string running = running_version(system);
  if (listed.empty() || running.empty())
    return {Answer::unsure, "the version of the operating system is not known", true};
  Answer best = Answer::no;
  for (const std::string& each : listed) best = std::max(best, stands(running, each));
  const std::string list = base::join(listed, ", ");
  const std::string pair = "listed is " + list + ", the system is " + running;
  if (best == Answer::yes && listed.front() == running)
    return {best, "the operating system is the listed one", true};
  if (best == Answer::yes)
    return {best, "the operating system is one of the listed ones: " + pair, true};
  if (best == Answer::no)
    return {best, "the version of the operating system is another: " + pair, true};
  if (more_precise(listed.front(), running)) return {best, pair + " and does not tell more", true};
  return {best, pair + ", and the list does not say which was tested", true};
}

}  // namespace

Comparison compare_systems(const SystemName& system, std::string_view listed) {
  const std::string id = id_of(system), plain = plain_name(listed).plain;
  ListedFamily family = family_in(plain);
  bool same = !id.empty() && family.id == id;
  if (!known_id(id)) {
    const std::string name = family_by_name(system);
    if (name.empty()) return {Answer::unsure, "the operating system is not known"};
    family.end = end_of_name(plain, name);
    same = family.end != std::string::npos;
  }
  if (!same) return {Answer::no, "the operating system is another"};
  // "Custom Linux based on CentOS Stream 8", "CloudVision Portal 2023 on CentOS 7"
  if (plain.substr(0, family.begin).ends_with(" on "))
    return {Answer::unsure,
            "the listing names another system that is made of this one, or runs on it: " +
                std::string(listed),
            true};
  return compare_versions(system, versions_in(std::string_view(plain).substr(family.end)));
}

}  // namespace cmvp
