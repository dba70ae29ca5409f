#include <algorithm>

#include "reports/attestations.h"
#include "reports/words.h"
#include "reports/xlsx_sheets.h"

namespace reports {
namespace {

constexpr std::size_t kLast = 4;  // Column E: texts go across to it.

// The summary in the making, from the top down.
class Summary {
 public:
  Summary(Workbook& book, const rules::Assessment& assessment)
      : a_(assessment), sheet_(book.add("Summary")) {
    sheet_.width(0, 34);
    for (std::size_t column = 1; column <= std::max(kLast, a_.ladders.size()); ++column)
      sheet_.width(column, 24);
  }

  void write() {
    sheet_.across(
        row_++, 0, kLast,
        "Cryptographic modules on " + (a_.host_name.empty() ? "an unnamed system" : a_.host_name),
        Style::title);
    if (!a_.headline.empty()) sheet_.across(row_++, 0, kLast, a_.headline, Style::headline);
    facts();
    ladder();
    counts();
    statements("What this shows", {{"Shown", a_.shows}, {"Not shown", a_.shows_not}});
    statements("Four different statements", a_.statements);
    next();
  }

 private:
  void heading(std::string_view words) {
    ++row_;
    sheet_.across(row_++, 0, kLast, words, Style::heading);
  }

  void fact(std::string_view name, const std::string& value) {
    sheet_.across(row_, 1, kLast, value, Style::plain);
    sheet_.text(row_++, 0, name, Style::label);
  }

  void facts() {
    fact("Assessed", a_.assessed);
    sheet_.text(row_, 0, "As-of date", Style::label);
    sheet_.date(row_++, 1, a_.as_of);
    fact("Evidence collected", collected_in_words(a_));
    fact("Tool", "assay " + a_.tool_version);
    fact("Evidence", a_.evidence_name + ", sha256 " + a_.evidence_digest);
    for (const rules::PackUsed& pack : a_.packs) {
      fact("Rule pack", pack.id + " " + pack.version + pack_origin_in_words(pack) + ", " +
                            counted(pack.rules, "rule", "rules") + ", sha256 " + pack.digest);
    }
    fact("Certificates", snapshot_in_words(a_.snapshot) +
                             (a_.snapshot.digest.empty() ? "" : ", sha256 " + a_.snapshot.digest));
    sheet_.text(row_, 0, "Snapshot taken", Style::label);
    sheet_.date(row_++, 1, a_.snapshot.taken_at);
    fact("Threshold", a_.threshold + ", exit code " + std::to_string(a_.exit_code) + " (" +
                          a_.exit_meaning + ")");
  }

  void ladder() {
    heading("The ladder, module by module");
    if (a_.ladders.empty()) return sheet_.text(row_++, 0, "No module is on record.");
    sheet_.text(row_, 0, "Rung", Style::head);
    for (std::size_t at = 0; at < a_.ladders.size(); ++at)
      sheet_.text(row_, at + 1, a_.ladders[at].name, Style::head);
    ++row_;
    for (std::size_t rung = 1; rung < rules::kRungNames.size(); ++rung)
      rung_row(static_cast<rules::Rung>(rung));
    sheet_.text(row_, 0, "Holds to rung", Style::label);
    sheet_.text(row_ + 1, 0, "Where", Style::label);
    for (std::size_t at = 0; at < a_.ladders.size(); ++at) {
      const rules::Ladder& ladder = a_.ladders[at];
      sheet_.text(row_, at + 1,
                  std::to_string(ladder.holds_to) + " of " + std::to_string(ladder.rungs.size()));
      sheet_.text(row_ + 1, at + 1, ladder.place, Style::soft);
    }
    row_ += 2;
  }

  void rung_row(rules::Rung rung) {
    sheet_.text(row_, 0,
                std::to_string(static_cast<int>(rung)) + ". " + std::string(title_of(rung)));
    for (std::size_t at = 0; at < a_.ladders.size(); ++at) {
      const rules::RungResult* found = find_rung(a_.ladders[at], rung);
      if (found != nullptr) sheet_.result(row_, at + 1, found->result);
    }
    ++row_;
  }

  void counts() {
    heading("Results");
    for (std::size_t at = a_.count.size(); at-- > 0;) {
      sheet_.result(row_, 0, static_cast<rules::Result>(at));
      sheet_.integer(row_++, 1, a_.count[at]);
    }
    sheet_.text(row_, 0, "At or over the threshold", Style::label);
    sheet_.integer(row_++, 1, a_.over_threshold);
    sheet_.text(row_, 0, "Waived", Style::label);
    sheet_.integer(row_++, 1, a_.waived);
    sheet_.text(row_, 0, "In the baseline", Style::label);
    sheet_.integer(row_++, 1, a_.known);
    if (const std::string words = requirements_in_words(a_); !words.empty())
      fact("Requirements", words);
  }

  void statements(std::string_view title, const std::vector<rules::Statement>& statements) {
    if (statements.empty()) return;
    heading(title);
    for (const rules::Statement& one : statements) fact(one.heading, one.text);
  }

  void next() {
    if (a_.next.empty()) return;
    heading("Do next");
    for (std::size_t at = 0; at < a_.next.size(); ++at) {
      const rules::Step& step = a_.next[at];
      fact(std::to_string(at + 1) + ". " + std::string(name_of(step.severity)),
           step.title + "\n" + step.remedy);
    }
  }

  const rules::Assessment& a_;
  Sheet sheet_;
  std::size_t row_ = 0;
};

}  // namespace

void add_summary(Workbook& book, const rules::Assessment& assessment) {
  Summary(book, assessment).write();
}

}  // namespace reports
