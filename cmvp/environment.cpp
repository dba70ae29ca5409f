#include "cmvp/environment.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "cmvp/environment_text.h"
#include "cmvp/processor_match.h"
#include "cmvp/system_match.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

constexpr std::string_view kPolicy = "security policy";

// Kinds of hypervisors, by words in listings and in what was observed.
constexpr std::pair<std::string_view, std::string_view> kHypervisorKinds[] = {
    {"esxi", "VMware"},     {"vmware", "VMware"},     {"vsphere", "VMware"},
    {"hyper-v", "Hyper-V"}, {"microsoft", "Hyper-V"}, {"kvm", "KVM"},
    {"qemu", "KVM"},        {"powervm", "PowerVM"},   {"vios", "PowerVM"},
    {"z/vm", "z/VM"},       {"xen", "Xen"},           {"virtualbox", "VirtualBox"},
};

std::string_view hypervisor_kind(std::string_view name) {
  const std::string lower = base::lower(name);
  for (const auto& [word, kind] : kHypervisorKinds)
    if (lower.find(word) != std::string::npos) return kind;
  return {};
}

Comparison compare_hypervisors(const ObservedSystem& system, const std::string& listed) {
  if (!system.hypervisor) return {Answer::unsure, "whether a hypervisor is below is not recorded"};
  const std::string seen =
      *system.hypervisor == "unnamed" ? "one that has no name" : *system.hypervisor;
  if (seen == "none" && listed.empty())
    return {Answer::yes, "neither the system nor the listing has a hypervisor"};
  if (seen == "none")
    return {Answer::no, "the listing has the hypervisor " + listed + ", the system has none"};
  if (listed.empty())
    return {Answer::no, "the system runs on a hypervisor (" + seen + "), the listing on none"};
  const auto kind = hypervisor_kind(listed), have = hypervisor_kind(seen);
  if (!kind.empty() && !have.empty() && kind != have)
    return {Answer::no,
            "the hypervisor is another: listed is " + listed + ", the system has " + seen};
  return {Answer::unsure, "whether the hypervisor is the same cannot be told: listed is " + listed +
                              ", the system has " + seen};
}

Comparison compare_containers(const ObservedSystem& system, const std::string& listed) {
  if (!system.container) return {Answer::unsure, "whether it runs in a container is not recorded"};
  if (*system.container != "none")
    return {Answer::unsure, "it runs in a container: " + *system.container};
  if (listed.empty()) return {Answer::yes, "neither the system nor the listing has a container"};
  return {Answer::no, "the listing has " + listed + ", the system is no container"};
}

Comparison compare_runtimes(const std::string& listed) {
  if (listed.empty()) return {Answer::yes, ""};
  return {Answer::unsure,
          "the listing has " + listed + ", and which runtime is used is not recorded"};
}

Comparison compare_acceleration(const ObservedSystem& system, const EnvironmentParts& parts,
                                bool both_ways) {
  if (!parts.with_acceleration && !parts.without_acceleration) return {Answer::yes, ""};
  if (both_ways)
    return {Answer::yes, "it is listed with processor algorithm acceleration and without"};
  const std::string listed = std::string(parts.with_acceleration ? "with" : "without") +
                             " processor algorithm acceleration";
  if (!system.accelerated)
    return {Answer::unsure,
            "it is listed " + listed + ", and what the processor has is not recorded"};
  if (parts.with_acceleration)
    return *system.accelerated
               ? Comparison{Answer::yes, "it is listed " + listed + ", which the processor has"}
               : Comparison{Answer::no, "it is listed " + listed + ", which the processor lacks"};
  if (!*system.accelerated) return {Answer::yes, "it is listed " + listed};
  return {Answer::unsure,
          "it is listed " + listed +
              ", the processor has it, and whether the module uses it is not known"};
}

// How one listed environment stands to the system.
struct Candidate {
  const ListedEnvironment* listed = nullptr;
  EnvironmentParts parts;
  bool affirmed = false;   ///< By the vendor, not tested.
  bool both_ways = false;  ///< Listed with acceleration and without.
  Answer answer = Answer::no;
  int closeness = 0;
  std::vector<Comparison> comparisons;
};

bool says_affirmed(const std::string& text) {
  const std::string lower = base::lower(text);
  return lower.find("vendor affirmed") != std::string::npos ||
         lower.find("vendor-affirmed") != std::string::npos;
}

bool says_acceleration(const EnvironmentParts& parts) {
  return parts.with_acceleration || parts.without_acceleration;
}

// A vendor affirms less than a laboratory tests: what the listing does not name is left open.
Comparison left_open(Comparison comparison, bool affirmed, const std::string& listed) {
  if (affirmed && listed.empty()) return {Answer::yes, ""};
  return comparison;
}

std::vector<Comparison> comparisons(const ObservedSystem& system, const Candidate& c) {
  const EnvironmentParts& parts = c.parts;
  return {
      compare_systems({system.id, system.version_id, system.name}, parts.system),
      left_open(compare_processors(system.processor, system.architecture, parts.processor),
                c.affirmed, parts.processor),
      left_open(compare_hypervisors(system, parts.hypervisor), c.affirmed,
                parts.platform + parts.hypervisor),
      left_open(compare_containers(system, parts.container), c.affirmed,
                parts.platform + parts.container),
      compare_runtimes(parts.runtime),
      compare_acceleration(system, parts, c.both_ways),
  };
}

void compare(const ObservedSystem& system, Candidate& c) {
  c.comparisons = comparisons(system, c);
  if (c.parts.several)
    c.comparisons.push_back(
        {Answer::unsure, "the snapshot has several environments run together here"});
  constexpr std::array<int, 7> kWeights = {20, 5, 2, 1, 1, 1, 0};
  for (std::size_t i = 0; i < c.comparisons.size(); ++i) {
    c.answer = std::min(c.answer, c.comparisons[i].answer);
    c.closeness += static_cast<int>(c.comparisons[i].answer) * kWeights.at(i);
  }
  if (c.comparisons.front().related) c.closeness += 100;
}

// The sentences of the comparisons that ended with `answer`.
std::vector<std::string> sentences(const Candidate& c, Answer answer) {
  std::vector<std::string> result;
  for (const Comparison& each : c.comparisons)
    if (each.answer == answer && !each.reason.empty()) result.push_back(each.reason);
  return result;
}

void add(std::vector<std::string>& to, const std::vector<std::string>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

// Where a configuration is listed with acceleration and without, either way was tested.
bool twins(const EnvironmentParts& a, const EnvironmentParts& b) {
  return a.with_acceleration == b.without_acceleration &&
         a.without_acceleration == b.with_acceleration && a.system == b.system &&
         a.runtime == b.runtime && a.container == b.container && a.hypervisor == b.hypervisor &&
         a.platform == b.platform && a.processor == b.processor;
}

// The listed configurations with what the list as a whole says about each of them.
std::vector<Candidate> candidates_of(const std::vector<ListedEnvironment>& listed) {
  std::vector<Candidate> candidates;
  bool policy_says_acceleration = false;
  for (const ListedEnvironment& each : listed) {
    candidates.push_back({&each, environment_parts(each.text), false, false, Answer::yes, 0, {}});
    policy_says_acceleration =
        policy_says_acceleration ||
        (each.origin == kPolicy && says_acceleration(candidates.back().parts));
  }
  for (Candidate& each : candidates) {
    each.affirmed = says_affirmed(each.listed->text) ||
                    (policy_says_acceleration && each.listed->origin == kPolicy &&
                     !says_acceleration(each.parts));
    each.both_ways = says_acceleration(each.parts) &&
                     std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& other) {
                       return twins(each.parts, other.parts);
                     });
  }
  return candidates;
}

// The verdict on a system that agrees with `best` in all that was compared.
void decide_listed(const Candidate& best, EnvironmentVerdict& result) {
  result.verdict = best.affirmed ? "vendor affirmed" : "tested";
  result.reasons = result.agrees;
  if (best.affirmed && !says_affirmed(best.listed->text))
    result.reasons.push_back(
        "the security policy names it apart from the tested environments, as affirmed by the "
        "vendor");
  if (!best.parts.platform.empty())
    result.reasons.push_back("the hardware platform (" + best.parts.platform +
                             ") was not compared");
}

void decide(const Candidate& best, std::size_t listed, EnvironmentVerdict& result) {
  if (best.answer == Answer::yes) return decide_listed(best, result);
  result.verdict = "unknown";
  result.reasons = sentences(best, best.answer);
  if (best.answer == Answer::unsure) return;
  // Beside another operating system, the rest is no difference worth a word.
  if (!best.comparisons.front().related) result.reasons = {best.comparisons.front().reason};
  result.verdict = "not listed";
  result.reasons.insert(result.reasons.begin(),
                        "none of the " + std::to_string(listed) +
                            " environments that the snapshot knows is this system");
}

std::optional<bool> accelerated(const base::Database& evidence) {
  auto row = evidence.prepare(
      "SELECT COUNT(*), SUM(present = 1 AND feature IN ('aes', 'sha_ni', 'sha2', 'pclmulqdq',"
      " 'pmull')) FROM processor_feature");
  if (!row.step() || row.integer(0) == 0) return std::nullopt;
  return row.integer(1) > 0;
}

// The first cell that `sql` gives, "" if it gives none.
std::string cell(const base::Database& evidence, const char* sql) {
  auto row = evidence.prepare(sql);
  return row.step() ? row.text(0) : "";
}

}  // namespace

ObservedSystem observed_system(const base::Database& evidence) {
  ObservedSystem system;
  auto os = evidence.prepare("SELECT id, version_id, name FROM operating_system");
  if (os.step()) {
    system.id = os.text(0);
    system.version_id = os.text(1);
    system.name = os.text(2);
  }
  system.processor = cell(evidence, "SELECT model FROM processor");
  system.architecture = cell(evidence, "SELECT architecture FROM kernel");
  system.accelerated = accelerated(evidence);
  auto below = evidence.prepare("SELECT hypervisor, container FROM virtualization");
  if (!below.step()) return system;
  if (!below.is_null(0)) system.hypervisor = below.text(0);
  if (!below.is_null(1)) system.container = below.text(1);
  return system;
}

EnvironmentVerdict match_environment(const ObservedSystem& system,
                                     const std::vector<ListedEnvironment>& listed) {
  EnvironmentVerdict result;
  if (listed.empty()) {
    result.verdict = "unknown";
    result.reasons = {"the snapshot knows no operational environment of this certificate"};
    return result;
  }
  std::vector<Candidate> candidates = candidates_of(listed);
  for (Candidate& each : candidates) compare(system, each);
  // Tested before affirmed where both hold; else what agrees most.
  const auto place = [](const Candidate& each) {
    return std::tuple(each.answer, each.answer == Answer::yes && !each.affirmed, each.closeness);
  };
  const auto best =
      std::max_element(candidates.begin(), candidates.end(),
                       [&](const Candidate& a, const Candidate& b) { return place(a) < place(b); });
  if (best->comparisons.front().related) {
    result.closest = best->listed->text;
    result.agrees = sentences(*best, Answer::yes);
    result.differs = sentences(*best, Answer::no);
    add(result.differs, sentences(*best, Answer::unsure));
  }
  decide(*best, listed.size(), result);
  return result;
}

}  // namespace cmvp
