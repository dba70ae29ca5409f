#include "reports/markdown.h"

#include <algorithm>
#include <span>
#include <vector>

#include "evidence/base/text.h"
#include "reports/attestations.h"
#include "reports/claims.h"
#include "reports/markdown_escape.h"
#include "reports/words.h"

namespace reports {
namespace {

constexpr std::size_t kAcross = 6;         // Modules side by side.
constexpr std::size_t kCellLimit = 400;    // Bytes of one text in a table.
constexpr std::size_t kTextLimit = 2'000;  // Bytes of one text outside a table.
constexpr std::size_t kClosing = 2'000;    // Bytes that are kept free for what comes last.

using Block = std::span<const rules::Ladder>;

// `text` without what goes over `limit` bytes, cut between characters.
std::string shortened(const std::string& text, std::size_t limit) {
  const std::string plain = clean(text);
  if (plain.size() <= limit) return plain;
  std::size_t end = limit;
  while (end > 0 && (static_cast<unsigned char>(plain[end]) & 0xC0U) == 0x80U) --end;
  return plain.substr(0, end) + "…";
}

std::string cell(const std::string& text) {
  return markdown_text(shortened(text, kCellLimit), "<br>");
}

std::string paragraph(const std::string& label, const std::string& text) {
  if (text.empty()) return "";
  return "**" + label + ":** " + markdown_text(shortened(text, kTextLimit)) + "\n\n";
}

std::string sign_and_word(rules::Result result) {
  return markdown_text(std::string(1, sign_of(result))) + " " + std::string(word_of(result));
}

std::string row(const std::vector<std::string>& cells) {
  return "| " + base::join(cells, " | ") + " |\n";
}

std::string head(const std::vector<std::string>& titles) {
  return row(titles) + row(std::vector<std::string>(titles.size(), "---"));
}

std::string reach(const rules::Ladder& ladder) {
  return std::to_string(ladder.holds_to) + " of " + std::to_string(ladder.rungs.size());
}

std::string ladder_table(Block block) {
  std::vector<std::string> titles = {"Rung"}, last = {"Holds to rung"};
  for (const rules::Ladder& ladder : block) {
    titles.push_back(cell(ladder.name));
    last.push_back(reach(ladder));
  }
  std::string text = head(titles);
  for (std::size_t number = 1; number < rules::kRungNames.size(); ++number) {
    const auto rung = static_cast<rules::Rung>(number);
    std::vector<std::string> cells = {std::to_string(number) + " " + std::string(title_of(rung))};
    for (const rules::Ladder& ladder : block) {
      const rules::RungResult* found = find_rung(ladder, rung);
      cells.push_back(found == nullptr ? "" : sign_and_word(found->result));
    }
    text += row(cells);
  }
  return text + row(last) + "\n";
}

std::string not_shown(std::size_t count, const std::string& one, const std::string& many) {
  const auto number = static_cast<std::int64_t>(count);
  return "**Not in this summary, for want of room: " + counted(number, one, many) +
         ".** The other formats have all of it.\n\n";
}

std::string ladders(const rules::Assessment& assessment, std::size_t room) {
  const Block all(assessment.ladders);
  std::string text;
  for (std::size_t at = 0; at < all.size(); at += kAcross) {
    const std::string table = ladder_table(all.subspan(at, std::min(kAcross, all.size() - at)));
    if (text.size() + table.size() > room)
      return text + not_shown(all.size() - at, "module", "modules");
    text += table;
  }
  return text;
}

std::string finding_row(const rules::Finding& finding) {
  const bool failed = finding.result == rules::Result::fail;
  const std::string standing = standing_in_words(finding);
  const std::string why = standing.empty() ? finding.message : finding.message + "\n" + standing;
  return row({sign_and_word(finding.result), failed ? std::string(name_of(finding.severity)) : "",
              cell(subject_in_words(finding)), cell(finding.title), cell(why),
              cell(finding.remedy)});
}

std::string findings(const rules::Assessment& assessment, std::size_t room) {
  std::vector<const rules::Finding*> open;
  for (const rules::Finding& finding : assessment.findings)
    if (is_open(finding.result)) open.push_back(&finding);
  if (open.empty()) return "";
  std::string text = "### What did not pass\n\n" + head({"Result", "Severity", "Subject",
                                                         "What is the case", "Why", "What to do"});
  for (std::size_t at = 0; at < open.size(); ++at) {
    const std::string line = finding_row(*open[at]);
    if (text.size() + line.size() > room)
      return text + "\n" + not_shown(open.size() - at, "finding", "findings");
    text += line;
  }
  return text + "\n";
}

// Who attests what, one after the other; what does not count says so.
std::string attested(const rules::Assessment& assessment) {
  std::vector<std::string> parts;
  for (const rules::Attestation& one : assessment.attestations)
    parts.push_back(base::join(one.assertions, ", ") + " by " + attester_in_words(one) + " (" +
                    standing_in_words(one) + ")");
  return base::join(parts, "; ");
}

std::string claims(const rules::Assessment& assessment, std::size_t room) {
  const auto all = claims_put(assessment);
  if (all.empty()) return "";
  std::string text = "### Claims put to the test\n\n" + head({"Verdict", "Claim", "Why"});
  for (std::size_t at = 0; at < all.size(); ++at) {
    const std::string line = row({markdown_text(std::string(1, sign_of(all[at]->result))) + " " +
                                      std::string(verdict_name(all[at]->result)),
                                  cell(claim_in_words(*all[at])), cell(reason_in_words(*all[at]))});
    if (text.size() + line.size() > room)
      return text + "\n" + not_shown(all.size() - at, "claim", "claims");
    text += line;
  }
  return text + "\n";
}

std::string set_aside(const rules::Assessment& assessment) {
  const std::string words = set_aside_in_words(assessment);
  return words.empty() ? "" : "; " + words;
}

std::string closing(const rules::Assessment& a) {
  std::string basis = "As of " + a.as_of + "; " + snapshot_in_words(a.snapshot) + "; pack" +
                      (a.packs.size() == 1 ? " " : "s ") + packs_in_words(a) + "; threshold " +
                      a.threshold + "; evidence " + a.evidence_name +
                      ", sha256:" + short_digest(a.evidence_digest) + "; assay " + a.tool_version;
  return markdown_text(shortened(basis, kCellLimit * 2)) + "\n";
}

}  // namespace

std::string write_markdown(const rules::Assessment& a) {
  std::string text = "## Cryptographic modules\n\n";
  text += paragraph("Shown", a.headline) + paragraph("Not shown", a.shows_not);
  text += paragraph("Results", counts_in_words(a) + "; " + std::to_string(a.over_threshold) +
                                   " at or over the threshold" + set_aside(a));
  text += paragraph("Verdict", "exit " + std::to_string(a.exit_code) +
                                   (a.exit_meaning.empty() ? "" : ", " + a.exit_meaning));
  text += paragraph("Requirements", requirements_in_words(a));
  text += paragraph("Attested, not observed", attested(a));
  text += paragraph("Assessed", a.assessed.empty() ? a.host_name : a.assessed);
  text += claims(a, kSummaryLimit / 4);
  text += ladders(a, kSummaryLimit / 2 - std::min(text.size(), kSummaryLimit / 4));
  text += findings(a, kSummaryLimit - kClosing - std::min(text.size(), kSummaryLimit - kClosing));
  return text + closing(a);
}

}  // namespace reports
