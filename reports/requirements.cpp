#include "reports/requirements.h"

#include <algorithm>

#include "evidence/base/text.h"
#include "reports/attestations.h"
#include "reports/words.h"

namespace reports {
namespace {

std::string voices_in_words(const rules::RequirementStatus& status) {
  std::vector<std::string> lines;
  for (const rules::RuleVoice& voice : status.voices)
    lines.push_back(std::string(word_of(voice.result)) + ": " + voice.title + " (" + voice.rule +
                    (voice.findings > 1 ? ", and " + std::to_string(voice.findings - 1) + " more"
                                        : std::string()) +
                    ")");
  return base::join(lines, "\n");
}

std::string attesters_in_words(const rules::Assessment& assessment,
                               const rules::RequirementStatus& status) {
  std::vector<std::string> lines;
  for (const std::size_t at : status.attestations) {
    const rules::Attestation& one = assessment.attestations[at];
    lines.push_back(attester_in_words(one) + ": " + one.statement);
  }
  return base::join(lines, "\n");
}

}  // namespace

std::vector<RequirementArea> areas_of(const std::vector<rules::RequirementStatus>& requirements) {
  std::vector<RequirementArea> areas;
  for (const auto& status : requirements) {
    auto area = std::find_if(areas.begin(), areas.end(), [&](const RequirementArea& one) {
      return one.name == status.requirement.area;
    });
    if (area == areas.end()) area = areas.insert(area, {status.requirement.area, {}});
    area->requirements.push_back(&status);
  }
  return areas;
}

std::string asks_in_words(const rules::Requirement& requirement) {
  std::string text = requirement.says;
  if (!requirement.levels.empty() && requirement.levels != "all")
    text += " (Level " + requirement.levels + ")";
  if (!requirement.applies.empty()) text += "; depends on " + requirement.applies;
  return text + (requirement.from_memory ? " (from memory)" : "");
}

rules::ReferenceTable requirement_table(const rules::Assessment& assessment) {
  rules::ReferenceTable table{
      "requirements",
      "Requirements",
      "Which requirements are shown, by what, and what a person must still do. Evidence that is "
      "consistent with a requirement does not mean that it is met, and what a person attests was "
      "not "
      "observed.",
      {"Standard", "Area", "Requirement", "Asks, in our words", "Class", "Here", "By what",
       "Attested by", "Account", "What a person must still do"},
      {},
      false};
  for (const auto& status : assessment.requirements) {
    const rules::Requirement& one = status.requirement;
    table.rows.push_back({status.standard, one.area, one.id, asks_in_words(one),
                          std::string(name_of(one.reach)), std::string(words_of(status.stand)),
                          voices_in_words(status), attesters_in_words(assessment, status),
                          std::string(words_of(account_of(status))), one.remains});
  }
  return table;
}

}  // namespace reports
