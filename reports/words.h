#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "rules/assessment.h"

namespace reports {

/// The sign of a result, the same in every format: + x ? - . !
char sign_of(rules::Result result);

/// The word of a result at the start of a cell or line: "Pass", "Not applicable", …
std::string_view word_of(rules::Result result);

/// Whether a reader has to act on the result or to look into it: fail, error, unknown, not checked.
bool is_open(rules::Result result);

/// `text` as a report may show it: valid UTF-8 in which control characters, characters that turn
/// the direction of what follows, and noncharacters are replaced by U+FFFD. Tab and line feed stay.
std::string clean(std::string_view text);

/// `count` with a comma between thousands, e.g. "5,516".
std::string grouped(std::int64_t count);

/// `count` and the noun that fits it, e.g. "1 day", "54 days".
std::string counted(std::int64_t count, std::string_view one, std::string_view many);

/// A digest short enough to compare by eye: the first eight and the last six digits.
std::string short_digest(std::string_view digest);

/// The counts of all results, gravest first, e.g. "14 fail, 6 unknown, 12 pass"; those that are 0
/// are left out.
std::string counts_in_words(const rules::Assessment& assessment);

/// The certificate snapshot in a phrase that a verdict can name, or that there was none.
std::string snapshot_in_words(const rules::SnapshotUsed& snapshot);

/// Where `pack` is from, if it is not built in, and which rules it replaces; "" else.
std::string pack_origin_in_words(const rules::PackUsed& pack);

/// The packs in a phrase, e.g. "fips-140-3 0.1.0".
std::string packs_in_words(const rules::Assessment& assessment);

/// When and by whom the evidence was collected, e.g. "2026-11-23 09:14:02 to 09:14:06 UTC, by
/// auditor".
std::string collected_in_words(const rules::Assessment& assessment);

/// The subject of a finding by its label, else its key; "no subject" if it has neither.
std::string subject_in_words(const rules::Finding& finding);

/// The subject, what is the case and why; a message that begins with the title stands for both.
std::string finding_in_words(const rules::Finding& finding);

/// How a finding stands to the gate: "waived until 2027-03-31 by A. Person (SEC-12): why", "in the
/// baseline", "new: not in the baseline"; "" where nothing is to be said. Several are joined.
std::string standing_in_words(const rules::Finding& finding);

/// The counts of what does not count for the exit code, e.g. "2 waived, 1 in the baseline"; "" if
/// there are none.
std::string set_aside_in_words(const rules::Assessment& assessment);

/// What a finding cites, e.g. "ISO/IEC 19790:2012 7.5; FIPS 140-3 IG 10.3.A".
std::string clauses_in_words(const rules::Finding& finding);

/// One piece of evidence: where, how, what came of it and what was seen.
std::string exhibit_in_words(const rules::Exhibit& exhibit);

/// How far a ladder holds, e.g. "holds to rung 3 of 9".
std::string reach_in_words(const rules::Ladder& ladder);

/// The rung of `ladder` that stands for `rung`, or nullptr if the ladder says nothing of it.
const rules::RungResult* find_rung(const rules::Ladder& ladder, rules::Rung rung);

}  // namespace reports
