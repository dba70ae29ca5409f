#include "reports/text.h"

#include <algorithm>
#include <tuple>
#include <vector>

#include "evidence/base/text.h"
#include "reports/attestations.h"
#include "reports/claims.h"
#include "reports/text_ladder.h"
#include "reports/text_layout.h"
#include "reports/words.h"

namespace reports {
namespace {

constexpr std::size_t kWidth = 100;
constexpr std::size_t kPlaces = 3;  // Places of evidence that a terminal shows for one result.
constexpr std::size_t kLines = 8;   // Lines that a terminal shows of one text.

// Findings of one rule that came out the same: told once, with every subject below.
using Group = std::vector<const rules::Finding*>;

std::string paragraph(const std::string& text, std::size_t indent = 0) {
  std::string result;
  for (const auto& line : wrapped(text, kWidth - indent))
    result += std::string(indent, ' ') + line + "\n";
  return result;
}

// `label` and the lines of `text` hanging to the right of it; a very long text is cut, and says so.
std::string labelled(const std::string& label, const std::string& text, std::size_t indent) {
  const std::size_t hang = indent + label.size();
  std::vector<std::string> lines = wrapped(clean(text), kWidth - hang);
  if (lines.size() > kLines) {
    lines.resize(kLines - 1);
    lines.emplace_back("… (the other formats have all of it)");
  }
  std::string result, lead = std::string(indent, ' ') + label;
  for (const auto& line : lines) {
    result += lead + line + "\n";
    lead = std::string(hang, ' ');
  }
  return result;
}

std::string facts(const rules::Assessment& a) {
  std::string assessed = a.assessed.empty() ? a.host_name : a.assessed;
  std::string text = paragraph("assay " + clean(a.tool_version) + "   " + clean(assessed));
  text += paragraph("As of " + clean(a.as_of) + "; " + snapshot_in_words(a.snapshot) + "; pack" +
                    (a.packs.size() == 1 ? " " : "s ") + packs_in_words(a) + "; threshold " +
                    clean(a.threshold) + ".");
  if (!a.evidence_name.empty() || !a.evidence_digest.empty())
    text += paragraph("Evidence " + clean(a.evidence_name) +
                      ", sha256:" + short_digest(a.evidence_digest) + ".");
  return text + "\n";
}

std::vector<Group> groups_of(const rules::Assessment& assessment) {
  std::vector<Group> groups;
  const auto key = [](const rules::Finding& f) {
    return std::make_tuple(std::tie(f.pack, f.rule, f.result, f.severity, f.title, f.remedy),
                           standing_in_words(f));
  };
  for (const rules::Finding& finding : assessment.findings) {
    if (!is_open(finding.result)) continue;
    const auto same = std::find_if(groups.begin(), groups.end(), [&](const Group& group) {
      return key(*group.front()) == key(finding);
    });
    if (same == groups.end())
      groups.push_back({&finding});
    else
      same->push_back(&finding);
  }
  return groups;
}

std::string subject_of(const rules::Finding& finding) {
  return clean(finding.subject_label.empty() ? finding.subject : finding.subject_label);
}

// What a reader has to know of a place where nothing was seen; "" where something was.
std::string why_nothing(const rules::Exhibit& exhibit) {
  if (exhibit.outcome == "absent") return " (is not there)";
  if (exhibit.outcome == "unreadable") return " (could not be read)";
  return exhibit.outcome == "unsupported" ? " (was not looked at)" : "";
}

// A place is named once, and where something was seen there, that is what counts.
std::string places(const rules::Finding& finding, std::size_t indent) {
  std::vector<std::string> seen;
  const auto seen_elsewhere = [&finding](const rules::Exhibit& exhibit) {
    return std::any_of(finding.evidence.begin(), finding.evidence.end(), [&](const auto& other) {
      return other.locator == exhibit.locator && why_nothing(other).empty();
    });
  };
  for (const rules::Exhibit& exhibit : finding.evidence) {
    if (exhibit.locator.empty()) continue;
    const std::string why = why_nothing(exhibit);
    if (!why.empty() && seen_elsewhere(exhibit)) continue;
    const std::string place = exhibit.locator + why;
    if (std::find(seen.begin(), seen.end(), place) == seen.end()) seen.push_back(place);
  }
  std::string text;
  for (std::size_t at = 0; at < std::min(seen.size(), kPlaces); ++at)
    text += labelled("at: ", seen[at], indent);
  if (seen.size() > kPlaces)
    text += labelled("",
                     "and " + counted(static_cast<std::int64_t>(seen.size() - kPlaces),
                                      "more place", "more places"),
                     indent);
  return text;
}

// Sign, severity and title to the left, the subject to the right, below each other if too wide.
std::string title_line(const Group& group, const Paint& paint) {
  const rules::Finding& first = *group.front();
  const std::string mark =
      std::string(1, sign_of(first.result)) + " " +
      std::string(first.result == rules::Result::fail ? name_of(first.severity)
                                                      : base::lower(word_of(first.result)));
  const std::string subject =
      group.size() == 1 ? subject_of(first) : std::to_string(group.size()) + " subjects";
  const std::vector<std::string> titles = wrapped(clean(first.title), kWidth - 14);
  std::string line = paint.as(first.result, padded(mark, 13)) + " ";
  for (const auto& title : titles) {
    if (&title != &titles.front()) line += "\n" + std::string(14, ' ');
    line += paint.bold(title);
  }
  const std::size_t used = 14 + columns_of(titles.back()) + 2, width = columns_of(subject);
  if (used + width <= kWidth)
    return line + std::string(kWidth - used - width + 2, ' ') + subject + "\n";
  return line + "\n" + labelled("", subject, 4);
}

// What explain, waivers and a baseline call it.
std::string rule_of(const Group& group) {
  std::string text = group.front()->rule;
  const char* before = " for ";
  for (const rules::Finding* finding : group)
    if (!finding->subject.empty()) text += before + finding->subject, before = ", ";
  return text;
}

// What else brought about the same result: the message names the first only.
std::string others(const rules::Finding& finding, std::size_t indent) {
  const auto reason = [](const rules::Exhibit& exhibit) { return exhibit.basis.empty(); };
  const bool named = std::any_of(
      finding.evidence.begin(), finding.evidence.end(),
      [&](const auto& exhibit) { return reason(exhibit) && exhibit.seen == finding.message; });
  const auto reasons = std::count_if(finding.evidence.begin(), finding.evidence.end(), reason);
  if (!named || reasons < 2) return "";
  return labelled("", "and " + std::to_string(reasons - 1) + " more; the full report has them all",
                  indent);
}

std::string details(const Group& group) {
  std::string text;
  for (const rules::Finding* finding : group) {
    if (group.size() == 1)
      text += labelled("", finding->message, 4);
    else
      text += labelled("", subject_of(*finding) + ": " + finding->message, 4);
    text += others(*finding, group.size() == 1 ? 4 : 6);
    text += places(*finding, group.size() == 1 ? 4 : 6);
  }
  text += labelled("rule: ", rule_of(group), 4);
  if (const std::string standing = standing_in_words(*group.front()); !standing.empty())
    text += labelled("gate: ", standing, 4);
  const std::string& remedy = group.front()->remedy;
  return remedy.empty() ? text : text + labelled("do: ", remedy, 4);
}

std::string findings(const rules::Assessment& assessment, const Paint& paint) {
  std::string text;
  for (const Group& group : groups_of(assessment))
    text += title_line(group, paint) + details(group) + "\n";
  return text;
}

// Every claim with its verdict; those that are not supported are told again below, with evidence.
std::string claims(const rules::Assessment& assessment, const Paint& paint) {
  const auto all = claims_put(assessment);
  if (all.empty()) return "";
  std::string text = paragraph("Claims put to the test: " + verdicts_in_words(all) + ".");
  for (const rules::Finding* claim : all) {
    const std::string mark =
        std::string(1, sign_of(claim->result)) + " " + std::string(verdict_name(claim->result));
    const std::string words = labelled("", claim_in_words(*claim), 18);
    text += paint.as(claim->result, padded(mark, 18)) + words.substr(18);
  }
  return text + "\n";
}

std::string set_aside(const rules::Assessment& assessment) {
  const std::string words = set_aside_in_words(assessment);
  return words.empty() ? "" : "; " + words;
}

std::string ending(const rules::Assessment& a) {
  std::string text;
  if (!a.shows_not.empty()) text += paragraph("Not shown here: " + clean(a.shows_not));
  if (!text.empty()) text += "\n";
  return text + "exit " + std::to_string(a.exit_code) +
         (a.exit_meaning.empty() ? "" : ": " + clean(a.exit_meaning)) + "\n";
}

}  // namespace

std::string text_report(const rules::Assessment& assessment, bool colour) {
  const Paint paint(colour);
  std::string text = facts(assessment);
  if (!assessment.headline.empty()) text += paragraph(clean(assessment.headline)) + "\n";
  text += text_ladders(assessment, paint);
  text += paragraph(counts_in_words(assessment) + ". " + std::to_string(assessment.over_threshold) +
                    " at or over the threshold" + set_aside(assessment) + ".") +
          "\n";
  text += claims(assessment, paint);
  if (const std::string words = requirements_in_words(assessment); !words.empty())
    text += paragraph(words + ".") + "\n";
  return text + findings(assessment, paint) + ending(assessment);
}

std::string write_text(const rules::Assessment& assessment) {
  return text_report(assessment, false);
}

}  // namespace reports
