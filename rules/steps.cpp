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

std::vector<Step> next_steps(const std::vector<Finding>& findings) {
  std::vector<Step> steps;
  std::map<std::string, std::size_t> by_remedy;
  std::map<std::string, Result> gravest;
  for (const Finding& finding : findings) {
    if (!needs_step(finding.result)) continue;
    const std::string remedy = remedy_for(finding);
    const auto [found, is_new] = by_remedy.try_emplace(remedy, steps.size());
    if (is_new) steps.push_back({finding.severity, finding.title, remedy, {}});
    gravest.try_emplace(remedy, finding.result);
    Step& step = steps[found->second];
    step.severity = std::max(step.severity, finding.severity);
    step.findings.push_back(finding.id);
  }
  std::stable_sort(steps.begin(), steps.end(), [&](const Step& a, const Step& b) {
    const bool a_fails = gravest[a.remedy] == Result::fail;
    const bool b_fails = gravest[b.remedy] == Result::fail;
    if (a_fails != b_fails) return a_fails;
    if (a.severity != b.severity) return a.severity > b.severity;
    return a.findings.size() > b.findings.size();
  });
  return steps;
}

}  // namespace rules
