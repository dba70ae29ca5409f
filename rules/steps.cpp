#include "rules/steps.h"

#include <algorithm>
#include <map>

namespace rules {
namespace {

const Exhibit* blind_exhibit(const Finding& finding) {
  for (const Exhibit& exhibit : finding.evidence)
    if (exhibit.outcome == "unreadable") return &exhibit;
  return nullptr;
}

// What repairs a failure is not what answers an open question.
std::string remedy_for(const Finding& finding) {
  if (finding.result == Result::fail) return finding.remedy;
  if (finding.result == Result::error)
    return "Correct the rule " + finding.rule + " of the pack " + finding.pack +
           " (assay rules lint shows where it breaks), then assess again.";
  if (const Exhibit* blind = blind_exhibit(finding))
    return "Make " + blind->locator + " readable for assay (" + blind->seen +
           "), then collect the evidence again.";
  return "Settle the open question first: " + finding.message +
         (finding.message.ends_with('.') ? "" : ".") + " If it turns out badly: " + finding.remedy;
}

bool needs_step(Result result) {
  return result == Result::fail || result == Result::unknown || result == Result::error;
}

}  // namespace

// Among equals the order of the findings stays: what a module stands on comes first.
std::vector<Step> next_steps(const std::vector<Finding>& findings) {
  std::vector<Step> steps;
  std::map<std::string, std::size_t> by_remedy;
  std::map<std::string, Result> gravest;
  std::map<std::size_t, int> others;  // Findings of another title that the step settles too.
  for (const Finding& finding : findings) {
    if (!needs_step(finding.result) || !finding.waivers.empty()) continue;
    const std::string remedy = remedy_for(finding);
    const auto [found, is_new] = by_remedy.try_emplace(remedy, steps.size());
    if (is_new) steps.push_back({finding.severity, finding.title, remedy, {}});
    gravest.try_emplace(remedy, finding.result);
    Step& step = steps[found->second];
    step.severity = std::max(step.severity, finding.severity);
    if (!is_new && finding.title != step.title) ++others[found->second];
    step.findings.push_back(finding.id);
  }
  for (const auto& [step, count] : others)
    steps[step].title += ", and " + std::to_string(count) + " more of this kind";
  std::stable_sort(steps.begin(), steps.end(), [&](const Step& a, const Step& b) {
    const bool a_fails = gravest[a.remedy] == Result::fail;
    const bool b_fails = gravest[b.remedy] == Result::fail;
    if (a_fails != b_fails) return a_fails;
    return a.severity > b.severity;
  });
  return steps;
}

}  // namespace rules
