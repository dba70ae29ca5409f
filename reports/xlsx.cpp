#include "reports/xlsx.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

#include "evidence/base/text.h"
#include "reports/attestations.h"
#include "reports/claims.h"
#include "reports/controls.h"
#include "reports/requirements.h"
#include "reports/words.h"
#include "reports/xlsx_sheets.h"

namespace reports {
namespace {

WorkbookFacts facts_of(const rules::Assessment& a) {
  const std::string snapshot =
      a.snapshot.taken_at.empty() ? "no snapshot" : "snapshot " + a.snapshot.taken_at;
  return {"assay report: " + a.host_name + ", as of " + a.as_of, "assay report: " + a.host_name,
          "as of " + a.as_of + ", " + snapshot,
          "evidence sha256:" + short_digest(a.evidence_digest), a.as_of};
}

std::string clauses_of(const rules::Finding& finding) {
  std::vector<std::string> lines;
  for (const rules::Citation& citation : finding.citations) {
    lines.push_back(citation.standard + ", " + citation.clause +
                    (citation.says.empty() ? "" : ": " + citation.says) +
                    (citation.from_memory ? " (from memory)" : ""));
  }
  return base::join(lines, "\n");
}

std::string evidence_of(const rules::Finding& finding) {
  std::vector<std::string> lines;
  for (const rules::Exhibit& exhibit : finding.evidence) {
    std::string line = exhibit.locator;
    if (!exhibit.seen.empty()) line += ": " + exhibit.seen;
    const std::string basis = exhibit.basis.empty() ? exhibit.outcome : exhibit.basis;
    if (!basis.empty()) line += " (" + basis + ")";
    lines.push_back(line);
  }
  return base::join(lines, "\n");
}

void add_results(Workbook& book, const rules::Assessment& assessment) {
  Sheet sheet = book.add("Results");
  constexpr std::array<double, 11> kWidths = {24, 17, 9, 15, 20, 24, 34, 34, 28, 36, 28};
  for (std::size_t column = 0; column < kWidths.size(); ++column)
    sheet.width(column, kWidths[column]);
  sheet.header(0,
               {"Id", "Result", "Severity", "Rung", "Subject", "Title", "Message", "What to do",
                "Clauses", "Evidence", "Waived or known"},
               assessment.findings.size());
  std::size_t row = 1;
  for (const rules::Finding& f : assessment.findings) {
    const std::string subject = f.subject_label.empty() ? f.subject : f.subject_label;
    const std::string severity(name_of(f.severity)), rung(title_of(f.rung));
    sheet.text(row, 0, f.id, Style::cell);
    sheet.result(row, 1, f.result);
    std::size_t column = 2;
    for (const std::string& words : {severity, rung, subject, f.title, f.message, f.remedy,
                                     clauses_of(f), evidence_of(f), standing_in_words(f)})
      sheet.text(row, column++, words, Style::cell);
    ++row;
    if (row == Sheet::kRows) break;
  }
}

// Every place that some finding rests on, once, with the findings.
rules::ReferenceTable sources_of(const rules::Assessment& assessment) {
  using Key = std::tuple<std::int64_t, std::string, std::string, std::string>;
  constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
  std::map<Key, std::vector<std::string>> places;
  for (const rules::Finding& finding : assessment.findings) {
    for (const rules::Exhibit& e : finding.evidence) {
      // Places without a number of their own come last.
      const std::int64_t source = e.source == 0 ? kLast : e.source;
      auto& results = places[{source, e.locator, e.method, e.outcome}];
      if (results.empty() || results.back() != finding.id) results.push_back(finding.id);
    }
  }
  rules::ReferenceTable table{"sources",
                              "Sources",
                              "Where the results come from; the number is the row of the table "
                              "source in the evidence.",
                              {"Source", "Where", "How", "Outcome", "Results that rest on it"},
                              {},
                              false};
  for (const auto& [key, results] : places) {
    const auto& [source, locator, method, outcome] = key;
    const base::Value number = source == kLast ? base::Value(nullptr) : base::Value(source);
    table.rows.push_back({number, locator, method, outcome, base::join(results, "\n")});
  }
  return table;
}

rules::ReferenceTable table_of(const std::string& title, const std::string& lead,
                               const std::vector<std::string>& columns,
                               const std::vector<rules::Statement>& statements) {
  rules::ReferenceTable table{title, title, lead, columns, {}, false};
  for (const rules::Statement& one : statements) table.rows.push_back({one.heading, one.text});
  return table;
}

bool has_sources(const rules::Assessment& assessment) {
  return std::any_of(assessment.tables.begin(), assessment.tables.end(),
                     [](const rules::ReferenceTable& table) { return table.id == "sources"; });
}

}  // namespace

std::string write_xlsx(const rules::Assessment& assessment) {
  Workbook book(facts_of(assessment));
  add_summary(book, assessment);
  if (const auto claims = claims_put(assessment); !claims.empty())
    add_table(book, claim_table(claims));
  if (!assessment.requirements.empty()) add_table(book, requirement_table(assessment));
  if (!assessment.attestations.empty()) add_table(book, attestation_table(assessment.attestations));
  if (!assessment.controls.empty()) add_table(book, control_table(assessment));
  add_results(book, assessment);
  for (const rules::ReferenceTable& table : assessment.tables) add_table(book, table);
  if (!has_sources(assessment)) add_table(book, sources_of(assessment));
  add_table(book, table_of("For a person", "No program can check these points.",
                           {"Point", "What to look at"}, assessment.manual));
  add_table(book, table_of("Glossary", "", {"Word", "Meaning"}, assessment.glossary));
  return book.finish();
}

}  // namespace reports
