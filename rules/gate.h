#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/baseline.h"
#include "rules/finding.h"
#include "rules/waiver.h"

namespace rules {

/// What keeps findings from counting for the exit code. It never changes what is checked, a result
/// or a severity.
struct Gate {
  std::vector<Waiver> waivers;
  std::optional<Baseline> baseline;
};

/// Marks each of `findings` with the waivers that cover it on the day `as_of` and, with a baseline,
/// as new or known. Appends findings about waivers that have expired, do not hold yet or cover
/// nothing, and about entries of the baseline that are not found any more.
void apply_gate(const Gate& gate, const std::string& as_of, std::vector<Finding>& findings);

}  // namespace rules
