#include "rules/steps.h"

#include <algorithm>
#include <map>

namespace rules {
namespace {

bool is_decided(const Finding& finding) {
  return finding.result == Result::pass || finding.result == Result::fail;
}

// What nobody looked at is nothing to do, unless nothing else was looked at either.
bool needs_step(Result result, bool any_decided) {
  return result > Result::notchecked || (result == Result::notchecked && !any_decided);
}

}  // namespace

// Among equals the order of the findings stays: what a module stands on comes first.
std::vector<Step> next_steps(const std::vector<Finding>& findings) {
  std::vector<Step> steps;
  std::map<std::string, std::size_t> by_remedy;
  std::map<std::string, Result> gravest;
  const bool any_decided = std::any_of(findings.begin(), findings.end(), is_decided);
  std::map<std::size_t, int> others;  // Findings of another title that the step settles too.
  for (const Finding& finding : findings) {
    if (!needs_step(finding.result, any_decided) || !finding.waivers.empty()) continue;
    const std::string& remedy = finding.remedy;
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
