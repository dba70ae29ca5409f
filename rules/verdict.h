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
  int over_threshold = 0;      ///< findings that fail at or over the threshold
  int exit_code = 3;
  std::string meaning;  ///< the exit code in words
};

/// 1 if anything that `threshold` covers fails; else 3 if anything there is unknown, not checked or
/// in error, if nothing passed or failed at all, or if nothing passed or failed on a rung that the
/// threshold names; else 0.
Verdict verdict_on(const std::vector<Finding>& findings, const Threshold& threshold);

}  // namespace rules
