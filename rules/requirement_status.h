#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/finding.h"
#include "rules/requirement.h"

namespace rules {

struct Pack;

/// What the findings of one assessment say to a requirement. None of it means that the requirement
/// is met.
enum class Stand {
  against,       ///< Evidence against it.
  undetermined,  ///< The evidence decides nothing, or was not collected.
  consistent,    ///< Evidence consistent with it, and none against it.
  not_here,      ///< The questions do not arise on this system.
  person,        ///< No rule of the packs that were applied speaks to it.
};
constexpr std::array<std::string_view, 5> kStandNames = {
    "evidence against it", "not determined", "evidence consistent with it", "does not apply here",
    "no evidence: for a person"};
constexpr std::string_view words_of(Stand value) {
  return kStandNames[static_cast<std::size_t>(value)];
}
constexpr std::array<std::string_view, 5> kStandIds = {"against", "undetermined", "consistent",
                                                       "not_applicable", "person"};
constexpr std::string_view name_of(Stand value) {
  return kStandIds[static_cast<std::size_t>(value)];
}

/// What one rule says to a requirement.
struct RuleVoice {
  std::string rule;
  Result result = Result::notapplicable;  ///< The gravest of its results that apply.
  std::string finding;                    ///< id of the finding with that result
  std::string title;                      ///< its title
  int findings = 0;                       ///< how many findings the rule has
};

/// A requirement, and how this assessment stands to it.
struct RequirementStatus {
  std::string standard;
  Requirement requirement;
  Stand stand = Stand::person;
  std::vector<RuleVoice> voices;  ///< Rules that cite it, gravest first.
};

/// How `findings` stand to each requirement that `packs` list, in their order.
std::vector<RequirementStatus> requirement_status(const std::vector<Pack>& packs,
                                                  const std::vector<Finding>& findings);

}  // namespace rules
