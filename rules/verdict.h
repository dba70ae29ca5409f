#pragma once

#include <array>
#include <string>
#include <vector>

#include "rules/finding.h"
#include "rules/threshold.h"

namespace rules {

/// What the results come to at a threshold.
struct Verdict {
  std::array<int, 6> count{};  ///< findings by Result
  int over_threshold = 0;      ///< findings that count and fail at or over the threshold
  int waived = 0;              ///< findings that a waiver covers
  int known = 0;               ///< findings that the baseline lists and no waiver covers
  int exit_code = 3;
  std::string meaning;  ///< the exit code in words
};

/// 1 if anything that `threshold` covers fails; else 3 if anything there is unknown, not checked or
/// in error, if nothing passed or failed at all, or if nothing passed or failed on a rung that the
/// threshold names; else 0. What is waived or in the baseline is not held against it.
Verdict verdict_on(const std::vector<Finding>& findings, const Threshold& threshold);

}  // namespace rules
