#include "reports/words.h"

#include <algorithm>
#include <array>
#include <vector>

#include "evidence/base/text.h"

namespace reports {
namespace {

constexpr std::array<char, 6> kSigns = {'+', '-', '.', '?', 'x', '!'};
constexpr std::array<std::string_view, 6> kWords = {"Pass",    "Not applicable", "Not checked",
                                                    "Unknown", "Fail",           "Error"};
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// The length of the sequence that starts with `first` in text that is known to be valid UTF-8.
std::size_t sequence_length(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte < 0x80) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}

// Terminals obey C1 controls (ECMA-48); direction overrides (UAX #9) make text read other than it
// is; noncharacters are no part of XML 1.0.
bool misleading(std::string_view sequence) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(sequence[at]); };
  if (sequence.size() == 2) return byte(0) == 0xC2 && byte(1) < 0xA0;
  if (sequence.size() == 3 && byte(0) == 0xE2) {
    return (byte(1) == 0x80 && byte(2) >= 0xAA && byte(2) <= 0xAE) ||
           (byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9) ||
           (byte(1) == 0x80 && (byte(2) == 0x8E || byte(2) == 0x8F));
  }
  if (sequence.size() == 3 && byte(0) == 0xEF)
    return (byte(1) == 0xBF && byte(2) >= 0xBE) ||
           (byte(1) == 0xB7 && byte(2) >= 0x90 && byte(2) <= 0xAF);
  return sequence.size() == 4 && (byte(1) & 0x0FU) == 0x0FU && byte(2) == 0xBF && byte(3) >= 0xBE;
}

bool plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= ' ' && c <= '~') || c == '\n' || c == '\t'; });
}

}  // namespace

char sign_of(rules::Result result) { return kSigns[static_cast<std::size_t>(result)]; }

std::string_view word_of(rules::Result result) { return kWords[static_cast<std::size_t>(result)]; }

bool is_open(rules::Result result) { return result >= rules::Result::notchecked; }

std::string clean(std::string_view text) {
  if (plain(text)) return std::string(text);
  const std::string valid = base::printable(text);
  std::string result;
  result.reserve(valid.size());
  for (std::size_t at = 0; at < valid.size();) {
    const std::string_view sequence =
        std::string_view(valid).substr(at, sequence_length(valid[at]));
    result += misleading(sequence) ? kReplacement : sequence;
    at += sequence.size();
  }
  return result;
}

std::string grouped(std::int64_t count) {
  std::string digits = std::to_string(count);
  const std::size_t first = count < 0 ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
  return grouped(count) + " " + std::string(count == 1 ? one : many);
}

std::string short_digest(std::string_view digest) {
  if (digest.size() <= 16) return clean(digest);
  return clean(digest.substr(0, 8)) + "…" + clean(digest.substr(digest.size() - 6));
}

std::string counts_in_words(const rules::Assessment& assessment) {
  std::vector<std::string> parts;
  for (std::size_t at = assessment.count.size(); at-- > 0;) {
    if (assessment.count[at] == 0) continue;
    parts.push_back(grouped(assessment.count[at]) + " " + base::lower(kWords[at]));
  }
  return parts.empty() ? "no results" : base::join(parts, ", ");
}

std::string snapshot_in_words(const rules::SnapshotUsed& snapshot) {
  if (snapshot.taken_at.empty()) return "no CMVP snapshot";
  return "CMVP snapshot " + clean(snapshot.taken_at) + " (" +
         counted(snapshot.certificates, "certificate", "certificates") + ", " +
         counted(snapshot.age_days, "day", "days") + " old)";
}

std::string pack_origin_in_words(const rules::PackUsed& pack) {
  std::string words = pack.origin;
  if (!pack.replaced.empty())
    words += (words.empty() ? "" : "; ") + std::string("in place of the built-in ") +
             (pack.replaced.size() == 1 ? "rule " : "rules ") + base::join(pack.replaced, ", ");
  return words.empty() ? "" : " (" + words + ")";
}

std::string packs_in_words(const rules::Assessment& assessment) {
  std::vector<std::string> parts;
  for (const rules::PackUsed& pack : assessment.packs)
    parts.push_back(clean(pack.id + " " + pack.version + pack_origin_in_words(pack)));
  return parts.empty() ? "none" : base::join(parts, ", ");
}

std::string collected_in_words(const rules::Assessment& a) {
  constexpr std::size_t kTimestamp = 20;
  std::string from = a.collected_from, to = a.collected_to;
  if (from.size() == kTimestamp && to.size() == kTimestamp) {
    const bool same_day = from.substr(0, 10) == to.substr(0, 10);
    from = from.substr(0, 10) + " " + from.substr(11, 8);
    to = (same_day ? "" : to.substr(0, 10) + " ") + to.substr(11, 8) + " UTC";
  }
  if (from.empty() && to.empty()) return "not on record";
  return from + " to " + to + (a.collected_by.empty() ? "" : ", by " + a.collected_by);
}

std::string subject_in_words(const rules::Finding& finding) {
  const std::string& words =
      finding.subject_label.empty() ? finding.subject : finding.subject_label;
  return words.empty() ? "no subject" : clean(words);
}

std::string finding_in_words(const rules::Finding& finding) {
  const bool repeats = finding.message.compare(0, finding.title.size(), finding.title) == 0;
  std::string words = subject_in_words(finding);
  if (!finding.title.empty() && !repeats) words += ": " + clean(finding.title);
  if (!finding.message.empty()) words += ": " + clean(finding.message);
  return words;
}

std::string standing_in_words(const rules::Finding& finding) {
  std::vector<std::string> parts;
  for (const rules::Waiver& waiver : finding.waivers)
    parts.push_back("waived until " + clean(waiver.expires) + " by " + clean(waiver.approver) +
                    " (" + clean(waiver.ticket) + "): " + clean(waiver.reason));
  if (finding.novelty == rules::Novelty::known) parts.emplace_back("in the baseline");
  if (finding.novelty == rules::Novelty::fresh) parts.emplace_back("new: not in the baseline");
  return base::join(parts, "; ");
}

std::string set_aside_in_words(const rules::Assessment& assessment) {
  std::vector<std::string> parts;
  if (assessment.waived > 0) parts.push_back(grouped(assessment.waived) + " waived");
  if (assessment.known > 0) parts.push_back(grouped(assessment.known) + " in the baseline");
  return base::join(parts, ", ");
}

std::string clauses_in_words(const rules::Finding& finding) {
  std::vector<std::string> parts;
  for (const rules::Citation& citation : finding.citations)
    parts.push_back(clean(citation.standard + " " + citation.clause));
  return base::join(parts, "; ");
}

std::string exhibit_in_words(const rules::Exhibit& exhibit) {
  std::string words = clean(exhibit.locator);
  std::vector<std::string> how;
  for (const std::string* part : {&exhibit.method, &exhibit.outcome})
    if (!part->empty()) how.push_back(clean(*part));
  if (!how.empty()) words += " (" + base::join(how, ": ") + ")";
  return exhibit.seen.empty() ? words : words + ": " + clean(exhibit.seen);
}

std::string reach_in_words(const rules::Ladder& ladder) {
  return "holds to rung " + std::to_string(ladder.holds_to) + " of " +
         std::to_string(ladder.rungs.size());
}

const rules::RungResult* find_rung(const rules::Ladder& ladder, rules::Rung rung) {
  const auto found = std::find_if(ladder.rungs.begin(), ladder.rungs.end(),
                                  [&](const rules::RungResult& one) { return one.rung == rung; });
  return found == ladder.rungs.end() ? nullptr : &*found;
}

}  // namespace reports
