#pragma once

#include <string>
#include <vector>

#include "rules/assessment.h"

namespace reports {

/// The findings that put a claim to the test, in the order of `assessment`, which outlives them;
/// without claims that nobody here makes.
std::vector<const rules::Finding*> claims_put(const rules::Assessment& assessment);

/// e.g. "2 supported, 1 refuted, 1 undetermined"; what is 0 is left out.
std::string verdicts_in_words(const std::vector<const rules::Finding*>& claims);

/// The claim, and who or what it is about where the claim does not say so itself.
std::string claim_in_words(const rules::Finding& finding);

/// Why it came out so: the message, or what was seen where there is none.
std::string reason_in_words(const rules::Finding& finding);

/// The claims as a table for the workbook.
rules::ReferenceTable claim_table(const std::vector<const rules::Finding*>& claims);

}  // namespace reports
