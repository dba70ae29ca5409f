#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "reports/html_escape.h"
#include "rules/assessment.h"

namespace reports {

/// A page in the making: what it is made of, its text so far, and where its links lead.
struct Page {
  explicit Page(const rules::Assessment& of);

  const rules::Assessment& assessment;  ///< Outlives the page.
  Html html;
  std::vector<std::string> finding_anchors;  ///< One for each finding, in the same order.
  std::vector<std::string> table_anchors;    ///< One for each reference table.
  std::vector<std::string> control_anchors;  ///< One for each control.
  std::map<std::string_view, std::size_t> finding_index;  ///< Finding id to its place in the list.
  std::map<std::string, std::string> control_index;  ///< Framework and id to the anchor of its row.
  /// The number of a source to the anchor of its row, where the table of sources has it.
  std::map<std::int64_t, std::string> source_anchors;

  /// The anchor of the finding `id`, or "" if the assessment has no such finding.
  std::string anchor_of_finding(std::string_view id) const;
};

/// The table whose rows are the sources, each with its number in front.
constexpr std::string_view kSourceTable = "sources";

/// Appends the sign and the word of `result`, with `words` in place of the word if given.
void write_result(Html& html, rules::Result result, std::string_view words = {});

/// Appends the section with one ladder for each module.
void write_ladders(Page& page);

/// Appends the section that says how each requirement stands, if packs list any.
void write_requirements(Page& page);

/// Appends the sign for what a person attests, with `words`, which are no text of others.
void write_attested_mark(Html& html, std::string_view words);

/// Appends a list item that says who attests a requirement: the attestation at the place `at`.
void write_attester(Page& page, std::size_t at);

/// Appends the table of all attestations, if there are any.
void write_attestations(Page& page);

/// Appends the section with the claims that were put to the test, if there are any.
void write_claims(Page& page);

/// Appends the section that groups the findings by controls of other frameworks.
void write_controls(Page& page);

/// Appends the section with the filter and every finding.
void write_findings(Page& page);

/// Appends a section for each reference table.
void write_tables(Page& page);

/// The rules of the style sheet that keep short words of the reference tables whole, and label
/// their cells on narrow screens.
std::string table_style(const Page& page);

}  // namespace reports
