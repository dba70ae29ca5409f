#include "reports/github.h"

#include <array>
#include <string_view>

#include "reports/place.h"
#include "reports/words.h"

namespace reports {
namespace {

using Result = rules::Result;

constexpr std::array<const char*, 4> kCommands = {"notice", "warning", "error", "error"};

const char* command_of(const rules::Finding& finding) {
  if (!finding.counts()) return "notice";
  if (finding.result == Result::fail) return kCommands[static_cast<std::size_t>(finding.severity)];
  return finding.result == Result::error ? "error" : "warning";
}

// `text` with every character of `special` as %XX: that is how the runner reads it back.
std::string escaped(std::string_view text, std::string_view special) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (special.find(c) == std::string_view::npos)
      result += c;
    else
      result.append({'%', kDigits[byte >> 4U], kDigits[byte & 0x0FU]});
  }
  return result;
}

std::string message(std::string_view text) { return escaped(text, "%\r\n"); }
std::string property(std::string_view text) { return escaped(text, "%\r\n:,"); }

std::string place_properties(const rules::Finding& finding) {
  const auto place = place_of(finding);
  if (!place) return "";
  const std::string line = place->line > 0 ? "line=" + std::to_string(place->line) + "," : "";
  return "file=" + property(place->file) + "," + line;
}

std::string annotation(const rules::Finding& finding) {
  std::string text = std::string(word_of(finding.result)) + ": " + finding_in_words(finding);
  if (const std::string standing = standing_in_words(finding); !standing.empty())
    text += "\nAt the gate: " + standing;
  if (!finding.remedy.empty()) text += "\nWhat to do: " + clean(finding.remedy);
  const std::string title = finding.title.empty() ? "assay" : clean(finding.title);
  return std::string("::") + command_of(finding) + " " + place_properties(finding) +
         "title=" + property(title) + "::" + message(text) + "\n";
}

std::string verdict(const rules::Assessment& assessment) {
  constexpr std::array<const char*, 4> kOfExitCode = {"notice", "error", "error", "warning"};
  const auto code = static_cast<std::size_t>(assessment.exit_code);
  std::string text = counts_in_words(assessment) + "; exit " + std::to_string(assessment.exit_code);
  if (!assessment.exit_meaning.empty()) text += ", " + clean(assessment.exit_meaning);
  if (!assessment.headline.empty()) text += "\n" + clean(assessment.headline);
  return std::string("::") + (code < kOfExitCode.size() ? kOfExitCode[code] : "error") +
         " title=assay::" + message(text) + "\n";
}

}  // namespace

std::string write_github(const rules::Assessment& assessment) {
  std::string text;
  for (const rules::Finding& finding : assessment.findings)
    if (is_open(finding.result)) text += annotation(finding);
  return text + verdict(assessment);
}

}  // namespace reports
