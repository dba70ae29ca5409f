#include "rules/verdict.h"

#include "rules/phrase.h"

namespace rules {
namespace {

bool undecided(Result result) {
  return result == Result::unknown || result == Result::notchecked || result == Result::error;
}

bool decided(const Finding& finding) {
  return finding.result == Result::pass || finding.result == Result::fail;
}

// Why the results decide nothing, or "" if they do: a gate that asked nothing must not be green.
std::string nothing_decided(const std::vector<Finding>& findings, const Threshold& threshold) {
  std::set<Rung> missing = threshold.rungs;
  bool any = false;
  for (const Finding& finding : findings) {
    if (!decided(finding)) continue;
    any = true;
    missing.erase(finding.rung);
  }
  if (!any) return "no rule could be answered with pass or fail";
  if (missing.empty()) return "";
  return "nothing on the rung " + std::string(name_of(*missing.begin())) +
         " could be answered with pass or fail";
}

bool set_aside(const Verdict& verdict) { return verdict.waived + verdict.known > 0; }

// What is not held against the verdict is told with it.
std::string set_aside_in_words(const Verdict& verdict) {
  std::string words;
  if (verdict.waived > 0) words += "; " + std::to_string(verdict.waived) + " waived";
  if (verdict.known > 0) words += "; " + std::to_string(verdict.known) + " in the baseline";
  return words;
}

}  // namespace

Verdict verdict_on(const std::vector<Finding>& findings, const Threshold& threshold) {
  Verdict verdict;
  std::size_t undecided_over = 0;
  for (const Finding& finding : findings) {
    ++verdict.count[static_cast<std::size_t>(finding.result)];
    if (!finding.waivers.empty()) ++verdict.waived;
    if (finding.waivers.empty() && !finding.counts()) ++verdict.known;
    if (!threshold.covers(finding) || !finding.counts()) continue;
    if (finding.result == Result::fail) ++verdict.over_threshold;
    if (undecided(finding.result)) ++undecided_over;
  }
  if (verdict.over_threshold > 0) {
    verdict.exit_code = 1;
    verdict.meaning = "findings at or over the threshold";
  } else if (undecided_over > 0) {
    verdict.meaning = "could not determine: " + counted(undecided_over, "result", "results") +
                      " at or over the threshold without an answer";
  } else if (const std::string why = nothing_decided(findings, threshold); !why.empty()) {
    verdict.meaning = "could not determine: " + why;
  } else {
    verdict.exit_code = 0;
    verdict.meaning = set_aside(verdict) ? "all else that was checked held at the chosen threshold"
                                         : "all that was checked held at the chosen threshold";
  }
  verdict.meaning += set_aside_in_words(verdict);
  return verdict;
}

}  // namespace rules
