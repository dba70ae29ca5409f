#pragma once

#include <vector>

#include "rules/assessment.h"

namespace rules {

/// What to do next about the findings that fail, are unknown or broke, or that nobody looked at
/// where nothing else was looked at either, gravest first:
/// failures before open questions, then by severity, then by how many findings a step settles.
/// Findings with the same remedy are one step. `findings` are sorted gravest first.
std::vector<Step> next_steps(const std::vector<Finding>& findings);

}  // namespace rules
