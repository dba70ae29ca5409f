#include "cmvp/environment.h"

#include <algorithm>
#include <utility>

#include "cmvp/environment_text.h"
#include "cmvp/name.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

// How listings call the systems that os-release(5) calls so.
constexpr std::pair<std::string_view, std::string_view> kFamilies[] = {
    {"debian", "debian"},
    {"ubuntu", "ubuntu"},
    {"rhel", "red hat enterprise linux"},
    {"centos", "centos"},
    {"fedora", "fedora"},
    {"almalinux", "almalinux"},
    {"rocky", "rocky linux"},
    {"ol", "oracle linux"},
    {"amzn", "amazon linux"},
    {"sles", "suse linux enterprise server"},
    {"alpine", "alpine linux"},
    {"photon", "photon os"},
    {"azurelinux", "azure linux"},
    {"freebsd", "freebsd"},
};

enum class Answer { no, unsure, yes };

// The answer to one question, and the sentence that explains it.
struct Comparison {
  Answer answer = Answer::unsure;
  std::string reason;
  bool related = false;  ///< The same family of systems.
};

bool digit(char c) { return c >= '0' && c <= '9'; }

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (const auto part : base::split(text, ' '))
    if (!part.empty()) words.emplace_back(part);
  return words;
}

std::string family_of(const ObservedSystem& system) {
  for (const auto& [id, family] : kFamilies)
    if (system.id == id) return std::string(family);
  std::vector<std::string> words;
  for (const std::string& word : words_of(plain_name(system.name).plain)) {
    if (digit(word.front())) break;
    words.push_back(word);
  }
  return base::join(words, " ");
}

// The first word of `text` that begins with a digit, without what closes a parenthesis; a service
// pack counts as the second number, as it does in os-release: "15 SP4" is 15.4.
std::string version_in(std::string_view text) {
  const auto words = words_of(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!digit(words[i].front())) continue;
    std::string version = words[i].substr(0, words[i].find_first_not_of("0123456789."));
    if (i + 1 < words.size() && words[i + 1].starts_with("sp") && words[i + 1].size() > 2)
      version += "." + words[i + 1].substr(2);
    return version;
  }
  return {};
}

bool more_precise(std::string_view version, std::string_view than) {
  return version.size() > than.size() && version.starts_with(than) && version[than.size()] == '.';
}

Comparison compare_versions(const ObservedSystem& system, const std::string& listed) {
  std::string running = system.version_id;
  // Ubuntu keeps the point release only in the long name.
  if (const std::string told = version_in(base::lower(system.name)); more_precise(told, running))
    running = told;
  const std::string pair = "listed is " + listed + ", the system is " + running;
  if (listed.empty() || running.empty())
    return {Answer::unsure, "the version of the operating system is not known", true};
  if (listed == running) return {Answer::yes, "the operating system is the listed one", true};
  if (more_precise(listed, running))
    return {Answer::unsure, pair + " and does not tell more", true};
  if (more_precise(running, listed))
    return {Answer::unsure, pair + ", and the list does not say which was tested", true};
  return {Answer::no, "the version of the operating system is another: " + pair, true};
}

Comparison compare_systems(const ObservedSystem& system, const std::string& listed) {
  const std::string family = family_of(system);
  if (family.empty()) return {Answer::unsure, "the operating system is not known"};
  const std::string padded = " " + plain_name(listed).plain;
  auto at = padded.find(" " + family);
  if (at == std::string::npos) at = padded.find("(" + family);
  if (at == std::string::npos) return {Answer::no, "the operating system is another"};
  return compare_versions(system,
                          version_in(std::string_view(padded).substr(at + 1 + family.size())));
}

// The words of a processor that tell it from others.
std::vector<std::string> processor_words(std::string_view processor) {
  std::string text = plain_name(processor).plain;
  for (auto at = text.find("- "); at != std::string::npos; at = text.find("- "))
    text.erase(at + 1, 1);
  std::vector<std::string> words;
  for (std::string word : words_of(text)) {
    if (word.starts_with('@')) break;
    if (word.ends_with(',')) word.pop_back();
    const bool filler = word == "cpu" || word == "processor" || word == "a" || word == "an" ||
                        word == "paa/pai" || word.starts_with('(');
    if (!filler && !word.empty()) words.push_back(word);
  }
  return words;
}

Comparison compare_processors(const std::string& observed, const std::string& listed) {
  const auto have = processor_words(observed), want = processor_words(listed);
  if (have.empty()) return {Answer::unsure, "the processor of the system is not known"};
  if (want.empty()) return {Answer::unsure, "the listing names no processor"};
  const auto missing = [&](const std::string& word) {
    return std::find(have.begin(), have.end(), word) == have.end();
  };
  const auto model = [](const std::string& word) {
    return std::any_of(word.begin(), word.end(), digit);
  };
  const std::string pair = "listed is " + listed + ", the system has " + observed;
  if (std::any_of(want.begin(), want.end(),
                  [&](const std::string& word) { return model(word) && missing(word); }))
    return {Answer::no, "the processor is another: " + pair};
  if (std::any_of(want.begin(), want.end(), missing) ||
      std::none_of(want.begin(), want.end(), model))
    return {Answer::unsure, "whether the processor is the same cannot be told: " + pair};
  return {Answer::yes, "the processor is the listed one"};
}

Comparison compare_hypervisors(const ObservedSystem& system, bool listed_on_hypervisor) {
  if (!system.hypervisor || !system.container)
    return {Answer::unsure, "whether a hypervisor or container is below is not recorded"};
  if (*system.container != "none")
    return {Answer::unsure, "it runs in a container: " + *system.container};
  const bool on_hypervisor = *system.hypervisor != "none";
  if (!on_hypervisor && !listed_on_hypervisor)
    return {Answer::yes, "neither the system nor the listing has a hypervisor"};
  if (!on_hypervisor) return {Answer::no, "the listing has a hypervisor, the system has none"};
  return {Answer::unsure, "it runs on a hypervisor: " + *system.hypervisor};
}

// How one listed environment stands to the system.
struct Candidate {
  const ListedEnvironment* listed = nullptr;
  EnvironmentParts parts;
  Answer answer = Answer::no;
  int closeness = 0;
  std::vector<std::string> reasons;
};

Candidate compare(const ObservedSystem& system, const ListedEnvironment& listed) {
  Candidate candidate{&listed, environment_parts(listed.text), Answer::no, 0, {}};
  const Comparison os = compare_systems(system, candidate.parts.system);
  const Comparison processor = compare_processors(system.processor, candidate.parts.processor);
  const Comparison hypervisor = compare_hypervisors(system, candidate.parts.virtualized);
  candidate.answer = std::min({os.answer, processor.answer, hypervisor.answer});
  candidate.closeness = (os.related ? 100 : 0) + static_cast<int>(os.answer) * 20 +
                        static_cast<int>(processor.answer) * 5 +
                        static_cast<int>(hypervisor.answer);
  for (const Comparison* each : {&os, &processor, &hypervisor})
    if (each->answer == candidate.answer) candidate.reasons.push_back(each->reason);
  return candidate;
}

// Where only one way is listed, it matters whether the module uses the processor's acceleration.
bool acceleration_undecided(const std::vector<Candidate>& candidates) {
  bool with = false, without = false;
  for (const Candidate& each : candidates) {
    if (each.answer != Answer::yes) continue;
    if (!each.parts.with_acceleration && !each.parts.without_acceleration) return false;
    with = with || each.parts.with_acceleration;
    without = without || each.parts.without_acceleration;
  }
  return with != without;
}

bool vendor_affirmed(const Candidate& candidate) {
  const std::string text = base::lower(candidate.listed->text);
  return text.find("vendor affirmed") != std::string::npos ||
         text.find("vendor-affirmed") != std::string::npos;
}

EnvironmentVerdict positive(const std::vector<Candidate>& candidates, const Candidate& best) {
  EnvironmentVerdict result{"tested", best.listed->text, best.reasons};
  if (acceleration_undecided(candidates)) {
    result.verdict = "unknown";
    result.reasons = {std::string("it is listed only ") +
                      (best.parts.with_acceleration ? "with" : "without") +
                      " processor algorithm acceleration, and whether the module uses it was not "
                      "compared"};
  } else if (vendor_affirmed(best)) {
    result.verdict = "vendor affirmed";
  }
  if (!best.parts.platform.empty())
    result.reasons.push_back("the hardware platform (" + best.parts.platform +
                             ") was not compared");
  return result;
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
  auto processor = evidence.prepare("SELECT model FROM processor");
  if (processor.step()) system.processor = processor.text(0);
  auto below = evidence.prepare("SELECT hypervisor, container FROM virtualization");
  if (!below.step()) return system;
  if (!below.is_null(0)) system.hypervisor = below.text(0);
  if (!below.is_null(1)) system.container = below.text(1);
  return system;
}

EnvironmentVerdict match_environment(const ObservedSystem& system,
                                     const std::vector<ListedEnvironment>& listed) {
  if (listed.empty())
    return {"unknown", "", {"the snapshot knows no operational environment of this certificate"}};
  std::vector<Candidate> candidates;
  for (const ListedEnvironment& each : listed) candidates.push_back(compare(system, each));
  const auto best = std::max_element(
      candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
        return std::pair(a.answer, a.closeness) < std::pair(b.answer, b.closeness);
      });
  if (best->answer == Answer::yes) return positive(candidates, *best);
  const bool related = best->closeness >= 100;
  EnvironmentVerdict result{"unknown", related ? best->listed->text : "", best->reasons};
  if (best->answer == Answer::no) {
    result.verdict = "not listed";
    result.reasons.insert(result.reasons.begin(),
                          "none of the " + std::to_string(listed.size()) +
                              " environments that the snapshot knows is this system");
  }
  return result;
}

}  // namespace cmvp
