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
  /// It asked about something that is here, or that nobody could look for; not about a kind of
  /// thing that nobody looked for.
  bool asked = true;
};

/// A requirement, and how this assessment stands to it.
struct RequirementStatus {
  std::string standard;
  Requirement requirement;
  Stand stand = Stand::person;
  std::vector<RuleVoice> voices;  ///< Rules that cite it, gravest first.
  /// Those of the assessment's attestations that hold and name it.
  std::vector<std::size_t> attestations = {};
};

/// How a requirement is accounted for: each in one way, the first that is the case.
enum class Account {
  against,   ///< Evidence against it, whatever a person attests.
  shown,     ///< What is recorded shows it by itself.
  attested,  ///< A named person attests it; nothing that is recorded stands against it.
  partly,    ///< Evidence consistent with it; a document has to be read beside it.
  not_here,  ///< The questions do not arise on this system.
  left,      ///< Left for a person, or for better evidence.
};
constexpr std::array<std::string_view, 6> kAccountNames = {"against", "shown",    "attested",
                                                           "partly",  "not_here", "left"};
constexpr std::array<std::string_view, 6> kAccountWords = {
    "with evidence against them", "shown", "attested by a person", "shown in part",
    "not applicable here",        "left"};
constexpr std::string_view name_of(Account value) {
  return kAccountNames[static_cast<std::size_t>(value)];
}

constexpr std::string_view words_of(Account value) {
  return kAccountWords[static_cast<std::size_t>(value)];
}

Account account_of(const RequirementStatus& status);

/// How `findings` stand to each requirement that `packs` list, in their order.
std::vector<RequirementStatus> requirement_status(const std::vector<Pack>& packs,
                                                  const std::vector<Finding>& findings);

}  // namespace rules
