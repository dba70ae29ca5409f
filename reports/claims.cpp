#include "reports/claims.h"

#include <array>

#include "evidence/base/text.h"
#include "reports/words.h"

namespace reports {
namespace {

using rules::Finding;
using rules::Result;

std::string evidence_in_words(const Finding& finding) {
  std::vector<std::string> lines;
  for (const rules::Exhibit& exhibit : finding.evidence) lines.push_back(exhibit_in_words(exhibit));
  return base::join(lines, "\n");
}

}  // namespace

std::vector<const Finding*> claims_put(const rules::Assessment& assessment) {
  std::vector<const Finding*> claims;
  for (const Finding& finding : assessment.findings)
    if (!finding.claim.empty() && !(finding.subject.empty() && finding.result != Result::error))
      claims.push_back(&finding);
  return claims;
}

std::string verdicts_in_words(const std::vector<const Finding*>& claims) {
  constexpr std::array kOrder = {Result::pass,  Result::fail,       Result::unknown,
                                 Result::error, Result::notchecked, Result::notapplicable};
  std::array<int, 6> counts{};
  for (const Finding* claim : claims) ++counts[static_cast<std::size_t>(claim->result)];
  std::vector<std::string> parts;
  for (const Result result : kOrder)
    if (const int count = counts[static_cast<std::size_t>(result)]; count > 0)
      parts.push_back(grouped(count) + " " + std::string(verdict_name(result)));
  return base::join(parts, ", ");
}

std::string claim_in_words(const Finding& finding) {
  const std::string about = subject_in_words(finding);
  return about == clean(finding.claim) ? about : clean(finding.claim) + " (" + about + ")";
}

std::string reason_in_words(const Finding& finding) {
  if (!finding.message.empty()) return finding.message;
  for (const rules::Exhibit& exhibit : finding.evidence)
    if (!exhibit.seen.empty()) return exhibit.seen;
  return "";
}

rules::ReferenceTable claim_table(const std::vector<const Finding*>& claims) {
  rules::ReferenceTable table{"claims",
                              "Claims put to the test",
                              "Supported is never validated, and undetermined is never supported.",
                              {"Claim", "Verdict", "Severity", "Why", "Evidence", "What to do",
                               "Where it is made", "Finding"},
                              {},
                              false};
  for (const Finding* claim : claims) {
    const std::string place =
        claim->file.empty() ? "" : claim->file + ":" + std::to_string(claim->line);
    table.rows.push_back({claim_in_words(*claim), std::string(verdict_name(claim->result)),
                          std::string(name_of(claim->severity)), reason_in_words(*claim),
                          evidence_in_words(*claim), claim->remedy, place, claim->id});
  }
  return table;
}

}  // namespace reports
