#include "rules/requirement_status.h"

#include <algorithm>
#include <map>
#include <utility>

#include "rules/pack.h"

namespace rules {
namespace {

using Cited = std::pair<std::string_view, std::string_view>;  // standard, requirement

// "Does not apply" says less than any other result of the same rule.
int gravity(Result result) {
  return result == Result::notapplicable ? -1 : static_cast<int>(result);
}

// A kind of thing that the evidence is not about, e.g. tokens where OpenSSL was assessed.
bool nobody_looked(const Finding& finding) {
  return finding.subject.empty() && finding.result == Result::notchecked;
}

void add_voice(const Finding& finding, std::vector<RuleVoice>& voices) {
  auto voice = std::find_if(voices.begin(), voices.end(),
                            [&](const RuleVoice& one) { return one.rule == finding.rule; });
  if (voice == voices.end())
    voice =
        voices.insert(voice, {finding.rule, finding.result, finding.id, finding.title, 0, false});
  ++voice->findings;
  voice->asked = voice->asked || !nobody_looked(finding);
  if (gravity(finding.result) <= gravity(voice->result)) return;
  voice->result = finding.result;
  voice->finding = finding.id;
  voice->title = finding.title;
}

Stand stand_of(Result result) {
  switch (result) {
    case Result::fail:
      return Stand::against;
    case Result::pass:
      return Stand::consistent;
    case Result::notapplicable:
      return Stand::not_here;
    default:
      return Stand::undetermined;
  }
}

// The gravest voice decides; a broken rule hides no violation. A rule about what nobody looked for
// takes nothing from what the others say of what was looked at.
Stand stand_of(const std::vector<RuleVoice>& voices) {
  const bool any_asked =
      std::any_of(voices.begin(), voices.end(), [](const RuleVoice& voice) { return voice.asked; });
  Stand stand = voices.empty() ? Stand::person : Stand::not_here;
  for (const RuleVoice& voice : voices)
    if (voice.asked || !any_asked) stand = std::min(stand, stand_of(voice.result));
  return stand;
}

}  // namespace

Account account_of(const RequirementStatus& status) {
  if (status.stand == Stand::against) return Account::against;
  const bool consistent = status.stand == Stand::consistent;
  if (consistent && status.requirement.reach == Reach::automated) return Account::shown;
  if (!status.attestations.empty()) return Account::attested;
  if (consistent) return Account::partly;
  return status.stand == Stand::not_here ? Account::not_here : Account::left;
}

std::vector<RequirementStatus> requirement_status(const std::vector<Pack>& packs,
                                                  const std::vector<Finding>& findings) {
  std::map<Cited, std::vector<RuleVoice>> voices;
  for (const Finding& finding : findings)
    for (const Citation& cite : finding.citations)
      add_voice(finding, voices[{cite.standard, cite.clause}]);
  std::vector<RequirementStatus> list;
  for (const Pack& pack : packs)
    for (const Requirement& one : pack.requirements) {
      RequirementStatus status{pack.requirement_standard, one, Stand::person, {}};
      if (const auto found = voices.find({status.standard, one.id}); found != voices.end())
        status.voices = found->second;
      std::stable_sort(status.voices.begin(), status.voices.end(),
                       [](const RuleVoice& a, const RuleVoice& b) {
                         return std::pair(stand_of(a.result), -gravity(a.result)) <
                                std::pair(stand_of(b.result), -gravity(b.result));
                       });
      status.stand = stand_of(status.voices);
      list.push_back(std::move(status));
    }
  return list;
}

}  // namespace rules
