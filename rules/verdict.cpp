#include "rules/verdict.h"

#include "rules/phrase.h"

namespace rules {
namespace {

bool undecided(Result result) {
  return result == Result::unknown || result == Result::notchecked || result == Result::error;
}

}  // namespace

Verdict verdict_on(const std::vector<Finding>& findings, Severity threshold) {
  Verdict verdict;
  std::size_t undecided_over = 0;
  for (const Finding& finding : findings) {
    ++verdict.count[static_cast<std::size_t>(finding.result)];
    if (finding.severity < threshold) continue;
    if (finding.result == Result::fail) ++verdict.over_threshold;
    if (undecided(finding.result)) ++undecided_over;
  }
  const int decided = verdict.count[static_cast<std::size_t>(Result::pass)] +
                      verdict.count[static_cast<std::size_t>(Result::fail)];
  if (verdict.over_threshold > 0) {
    verdict.exit_code = 1;
    verdict.meaning = "findings at or over the threshold";
  } else if (undecided_over > 0) {
    verdict.meaning = "could not determine: " + counted(undecided_over, "result", "results") +
                      " at or over the threshold without an answer";
  } else if (decided == 0) {
    verdict.meaning = "could not determine: no rule could be answered with pass or fail";
  } else {
    verdict.exit_code = 0;
    verdict.meaning = "all that was checked held at the chosen threshold";
  }
  return verdict;
}

}  // namespace rules
