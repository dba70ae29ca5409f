#include "cmvp/environment_text.h"

#include <algorithm>
#include <span>
#include <utility>

#include "evidence/base/text.h"

namespace cmvp {
namespace {

constexpr std::string_view kAcceleration[] = {"with paa", "with pai", "without paa", "without pai"};
constexpr std::string_view kOn = " on ", kRunning = " running ", kWith = " with ";

// Words by which the layers of a stack are told apart, in small letters.
constexpr std::string_view kRuntimes[] = {"java",   "jre",   "jdk",    "runtime environment",
                                          "python", ".net ", "node.js"};
constexpr std::string_view kHypervisors[] = {
    "esxi",      "hyper-v", "kvm",   "qemu",       "powervm",           "vios",
    "z/vm",      "xen",     "nfvis", "hypervisor", "nutanix",           "virtualbox",
    "parallels", "pr/sm",   "bhyve", "vsphere",    "vmware workstation"};
constexpr std::string_view kProcessors[] = {" intel",  " amd ", " aws graviton",
                                            " ampere", " arm ", " ibm power1"};
constexpr std::string_view kContainers[] = {" image",    "container",  "docker",
                                            "openshift", "kubernetes", "red hat ubi"};

// The end of the words about acceleration, and of the footnotes after them, that begin at `at`; 0
// if none do.
std::size_t acceleration_end(std::string_view lower, std::size_t at) {
  for (const std::string_view words : kAcceleration) {
    if (!lower.substr(at).starts_with(words)) continue;
    std::size_t end = at + words.size();
    if (end < lower.size() && lower[end] == ')' && at > 0 && lower[at - 1] == '(') ++end;
    while (end < lower.size() && lower[end] == '[')
      end = std::min(lower.find(']', end), lower.size() - 1) + 1;
    return end;
  }
  return 0;
}

std::string_view without_footnote(std::string_view text) {
  text = base::trim(text);
  while (text.ends_with(']') && text.find('[') != std::string_view::npos)
    text = base::trim(text.substr(0, text.rfind('[')));
  return text;
}

// What pages and documents leave at the begin of a configuration: marks of footnotes, of
// registration, and ends of sentences.
std::string_view without_debris(std::string_view text) {
  constexpr std::string_view kMarks[] = {")", ".", "\"", "\xC2\xAE", "(single-user mode)"};
  for (bool again = true; again;) {
    again = false;
    text = base::trim(text);
    if (text.starts_with('[') && text.find(']') != std::string_view::npos) {
      text.remove_prefix(text.find(']') + 1);
      again = true;
    }
    for (const std::string_view mark : kMarks)
      if (text.starts_with(mark)) {
        text.remove_prefix(mark.size());
        again = true;
      }
  }
  return text;
}

// Cuts the words about acceleration off the end of `text`, parentheses around them too, and notes
// them.
std::string_view take_acceleration(std::string_view text, EnvironmentParts& parts) {
  const std::string lower = base::lower(text);
  for (const std::string_view words : kAcceleration) {
    const bool enclosed = lower.ends_with("(" + std::string(words) + ")");
    if (!enclosed && !lower.ends_with(words)) continue;
    (words.starts_with("without") ? parts.without_acceleration : parts.with_acceleration) = true;
    return base::trim(text.substr(0, text.size() - words.size() - (enclosed ? 2 : 0)));
  }
  return text;
}

bool names_one_of(std::string_view layer, std::span<const std::string_view> words) {
  const std::string lower = " " + base::lower(layer);
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

std::vector<std::string_view> split_at(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = text.find(separator);
    parts.push_back(base::trim(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + separator.size());
  }
}

void append(std::string& part, std::string_view between, std::string_view text) {
  if (!part.empty()) part += between;
  part += text;
}

void add_layer(std::string_view layer, EnvironmentParts& parts) {
  if (layer.empty()) return;
  const bool photon = base::lower(layer).find("photon") != std::string::npos;
  if (names_one_of(layer, kRuntimes)) {
    append(parts.runtime, " with ", layer);
  } else if (names_one_of(layer, kHypervisors) && !photon) {
    append(parts.hypervisor, " with ", layer);
  } else if (names_one_of(layer, kContainers)) {
    append(parts.container, " on ", layer);
  } else if (!parts.hypervisor.empty()) {
    append(parts.hypervisor, " on ", layer);  // The host on which the hypervisor runs.
  } else {
    append(parts.system, " on ", layer);
  }
}

void read_stack(std::string_view stack, EnvironmentParts& parts) {
  for (std::string_view layer : split_at(stack, kOn)) {
    if (layer.ends_with(" running")) layer.remove_suffix(kRunning.size() - 1);
    for (const std::string_view piece : split_at(layer, kWith)) add_layer(piece, parts);
  }
  // Where a hypervisor is all that there is, it is the system: "ESXi 8.0 on Dell …".
  if (parts.system.empty()) parts.system.swap(parts.hypervisor);
}

std::string_view without_article(std::string_view text) {
  for (const std::string_view article : {"on ", "with ", "a ", "an ", "with "})
    if (text.starts_with(article)) text = base::trim(text.substr(article.size()));
  return text;
}

// Where the processor begins in the text after "running on", and how long the word before it is;
// some listings have only the processor there, or put it after "on".
std::pair<std::size_t, std::size_t> processor_in(std::string_view text) {
  const auto with = text.rfind(kWith), on = text.rfind(kOn);
  if (with != std::string_view::npos) return {with, kWith.size()};
  if (on != std::string_view::npos && names_one_of(text.substr(on + kOn.size()), kProcessors))
    return {on, kOn.size()};
  if (names_one_of(text, kProcessors)) return {0, 0};
  return {std::string_view::npos, 0};
}

void read_platform(std::string_view text, EnvironmentParts& parts) {
  constexpr std::string_view kShortWith = " w/";
  const auto [at, word] = processor_in(text);
  if (at != std::string_view::npos)
    parts.processor = without_article(base::trim(text.substr(at + word)));
  std::string_view platform = without_article(base::trim(text.substr(0, at)));
  if (const auto added = platform.find(kShortWith);
      added != std::string_view::npos && names_one_of(platform.substr(added), kHypervisors)) {
    append(parts.hypervisor, " with ", platform.substr(added + kShortWith.size()));
    platform = platform.substr(0, added);
  }
  parts.platform = platform;
}

// Where the platform begins if no "running on" says so: after the last "on", unless another layer
// of the stack stands there.
std::size_t platform_after_on(std::string_view text) {
  const auto on = text.rfind(kOn);
  if (on == std::string_view::npos) return on;
  const std::string_view rest = text.substr(on + kOn.size());
  const bool layer = names_one_of(rest.substr(0, rest.find(kWith)), kHypervisors) ||
                     names_one_of(rest, kContainers) || names_one_of(rest, kRuntimes);
  return layer ? std::string_view::npos : on;
}

std::size_t count(std::string_view text, std::string_view words) {
  return split_at(text, words).size() - 1;
}

// The first two words of `text`.
std::string_view beginning(std::string_view text) {
  const auto first = text.find(' ');
  return first == std::string_view::npos ? text : text.substr(0, text.find(' ', first + 1));
}

// Where the text begins anew with the words it began with, 0 if it does not: after a configuration
// that is whole, and not as the host of a hypervisor, "A running on KVM on A running on B".
std::size_t begins_anew(std::string_view text) {
  const std::string again = " " + std::string(beginning(text));
  if (again.find(' ', 1) == std::string::npos) return 0;
  for (auto at = text.find(again); at != std::string_view::npos; at = text.find(again, at + 1)) {
    const std::string_view before = text.substr(0, at);
    if (before.find(kRunning) != std::string_view::npos && !before.ends_with(" on")) return at + 1;
  }
  return 0;
}

void cut_where_it_begins_anew(std::string_view text, std::vector<std::string>& result) {
  for (;;) {
    const std::size_t next = begins_anew(text);
    std::string_view single = base::trim(next == 0 ? text : text.substr(0, next));
    if (next != 0 && single.ends_with(',')) single.remove_suffix(1);
    result.emplace_back(single);
    if (next == 0) return;
    text.remove_prefix(next);
  }
}

}  // namespace

std::vector<std::string> single_environments(std::string_view listed) {
  const std::string lower = base::lower(listed);
  std::vector<std::string> result;
  std::size_t start = 0;
  for (std::size_t at = 0; at < lower.size(); ++at) {
    const std::size_t end = acceleration_end(lower, at);
    if (end == 0 || (end < lower.size() && lower[end] != ' ' && lower[end] != ',')) continue;
    result.emplace_back(base::trim(listed.substr(start, end - start)));
    start = at = std::min(lower.find_first_not_of(" ,", end), lower.size());
    --at;
  }
  if (const auto rest = base::trim(listed.substr(start)); !rest.empty())
    cut_where_it_begins_anew(rest, result);
  return result;
}

EnvironmentParts environment_parts(std::string_view listed) {
  EnvironmentParts parts;
  const std::string_view text = take_acceleration(without_footnote(without_debris(listed)), parts);
  // "A running on KVM on B running on C": the platform comes last.
  const auto running = text.rfind(kRunning);
  const auto on = running == std::string_view::npos ? platform_after_on(text) : running;
  if (on == std::string_view::npos) {
    const auto with = text.rfind(kWith);
    const bool layer =
        with != std::string_view::npos && (names_one_of(text.substr(with), kRuntimes) ||
                                           names_one_of(text.substr(with), kHypervisors));
    if (with != std::string_view::npos && !layer)
      parts.processor = without_article(base::trim(text.substr(with + kWith.size())));
    read_stack(layer ? text : text.substr(0, with), parts);
    return parts;
  }
  const std::string_view stack = text.substr(0, on);
  read_stack(stack, parts);
  read_platform(text.substr(on + (running == on ? kRunning : kOn).size()), parts);
  parts.several = count(stack, kRunning) > (parts.hypervisor.empty() ? 0 : 1);
  return parts;
}

}  // namespace cmvp
