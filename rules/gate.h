#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/baseline.h"
#include "rules/finding.h"
#include "rules/waiver.h"

namespace rules {

/// A finding about the gate's own files, which no pack brings.
struct GateRule {
  std::string_view id, title, rationale;
};
constexpr std::array<GateRule, 4> kGateRules = {{
    {"waiver-expired", "A waiver has expired",
     "An accepted risk is accepted until a day. After it the findings count again."},
    {"waiver-not-yet", "A waiver does not hold yet",
     "A decision does not reach back to days before it was made."},
    {"waiver-unused", "A waiver covers nothing",
     "A waiver that is left behind would hide the same failure when it comes back."},
    {"baseline-stale", "An entry of the baseline is not found any more",
     "An entry that is left behind would hide the same failure when it comes back."},
}};

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
