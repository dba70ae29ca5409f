#include "reports/csv.h"

#include <array>
#include <string_view>
#include <vector>

#include "evidence/base/text.h"
#include "reports/words.h"

namespace reports {
namespace {

// The last four are the full-width forms, which some spreadsheets take for the same.
constexpr std::array<std::string_view, 9> kFormulaStarts = {
    "=", "+", "-", "@", "\t", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};

bool starts_formula(std::string_view text) {
  for (const std::string_view start : kFormulaStarts)
    if (text.substr(0, start.size()) == start) return true;
  return false;
}

std::string cell(const std::string& text) {
  const std::string plain = clean(text);
  std::string quoted = starts_formula(plain) ? "\"'" : "\"";
  for (const char c : plain) {
    if (c == '"') quoted += '"';
    if (c == '\n') quoted += '\r';
    quoted += c;
  }
  return quoted + "\"";
}

std::string row(const std::vector<std::string>& texts) {
  std::string line;
  for (const std::string& text : texts) line += (line.empty() ? "" : ",") + cell(text);
  return line + "\r\n";
}

std::string evidence(const rules::Finding& finding) {
  std::vector<std::string> parts;
  for (const rules::Exhibit& exhibit : finding.evidence) parts.push_back(exhibit_in_words(exhibit));
  return base::join(parts, "\n");
}

}  // namespace

std::string write_csv(const rules::Assessment& a) {
  std::string text = row({"result", "severity", "pack", "rule", "area", "rung", "subject",
                          "subject_label", "title", "message", "remedy", "clauses", "evidence",
                          "host", "as_of", "id", "waived_or_known"});
  for (const rules::Finding& f : a.findings)
    text += row({std::string(name_of(f.result)), std::string(name_of(f.severity)), f.pack, f.rule,
                 f.area, std::string(name_of(f.rung)), f.subject, f.subject_label, f.title,
                 f.message, f.remedy, clauses_in_words(f), evidence(f), a.host_name, a.as_of, f.id,
                 standing_in_words(f)});
  return text;
}

}  // namespace reports
