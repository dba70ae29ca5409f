#pragma once

#include <string>
#include <vector>

#include "rules/assessment.h"

namespace reports {

/// The requirements of one area, in their order.
struct RequirementArea {
  std::string name;
  std::vector<const rules::RequirementStatus*> requirements;
};

/// `requirements`, which outlive the result, by area in the order of first appearance.
std::vector<RequirementArea> areas_of(const std::vector<rules::RequirementStatus>& requirements);

/// What a requirement asks, at which levels, where, and whether that was written from memory.
std::string asks_in_words(const rules::Requirement& requirement);

/// All requirements as a table for the workbook; the rules that speak stand in one cell, and those
/// who attest in another.
rules::ReferenceTable requirement_table(const rules::Assessment& assessment);

}  // namespace reports
