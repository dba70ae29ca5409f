#include "reports/gitlab.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "evidence/base/digest.h"
#include "reports/place.h"
#include "reports/words.h"

namespace reports {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<const char*, 4> kSeverities = {"info", "minor", "major", "critical"};

// A severity says how much a failure matters; what could not be determined is a failure to look
// into, and no more than that.
const char* severity_of(const rules::Finding& finding) {
  if (!finding.counts()) return "info";
  if (finding.result != rules::Result::fail) return "minor";
  return kSeverities[static_cast<std::size_t>(finding.severity)];
}

Json issue(const rules::Finding& finding) {
  const Place place = place_of(finding).value_or(
      Place{finding.subject.empty() ? "no subject" : clean(finding.subject), 1});
  std::string what = std::string(word_of(finding.result)) + ": " + finding_in_words(finding);
  if (const std::string standing = standing_in_words(finding); !standing.empty())
    what += " [" + standing + "]";
  return {{"description", what},
          {"check_name", clean(finding.rule)},
          {"fingerprint", base::sha256(finding.pack + "\n" + finding.id)},
          {"severity", severity_of(finding)},
          {"location",
           {{"path", place.file}, {"lines", {{"begin", std::max<std::int64_t>(place.line, 1)}}}}}};
}

}  // namespace

std::string write_gitlab(const rules::Assessment& assessment) {
  std::string text = "[";
  const char* before = "\n";
  for (const rules::Finding& finding : assessment.findings) {
    if (!is_open(finding.result)) continue;
    text += before + issue(finding).dump();
    before = ",\n";
  }
  text += "\n]\n";
  return text;
}

}  // namespace reports
