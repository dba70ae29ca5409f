#pragma once

#include <string>
#include <vector>

#include "rules/attestation.h"
#include "rules/finding.h"
#include "rules/requirement_status.h"

namespace rules {

/// Puts each of `attestations` that holds on the day `as_of` beside the requirements it names, and
/// says of each how it stands. Appends findings (of the pack "gate", all of them low) about
/// attestations that have expired, do not hold yet, name what is not listed, rest on another
/// document, say the same twice, or speak of what evidence speaks against. No other finding is
/// touched.
void attest(const std::string& as_of, std::vector<Attestation>& attestations,
            std::vector<RequirementStatus>& requirements, std::vector<Finding>& findings);

}  // namespace rules
