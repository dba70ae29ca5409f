#pragma once

#include <array>
#include <string>
#include <vector>

#include "rules/assessment.h"

namespace reports {

/// How many requirements stand how, by `rules::Stand`.
using StandCounts = std::array<int, rules::kStandNames.size()>;

/// The requirements of one area, in their order.
struct RequirementArea {
  std::string name;
  StandCounts counts{};
  std::vector<const rules::RequirementStatus*> requirements;
};

StandCounts stand_counts(const std::vector<rules::RequirementStatus>& requirements);

/// `requirements`, which outlive the result, by area in the order of first appearance.
std::vector<RequirementArea> areas_of(const std::vector<rules::RequirementStatus>& requirements);

/// What a requirement asks, at which levels, where, and whether that was written from memory.
std::string asks_in_words(const rules::Requirement& requirement);

/// All requirements as a table for the workbook; the rules that speak stand in one cell.
rules::ReferenceTable requirement_table(const std::vector<rules::RequirementStatus>& requirements);

}  // namespace reports
