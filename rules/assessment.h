#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "evidence/base/value.h"
#include "rules/attestation.h"
#include "rules/finding.h"
#include "rules/mapping.h"
#include "rules/requirement_status.h"

namespace rules {

/// One rung of one module's ladder: the gravest of the results that apply there.
struct RungResult {
  Rung rung = Rung::none;
  Result result = Result::notchecked;
  std::string reason;   ///< One short phrase; "" if nothing was asked.
  std::string finding;  ///< id of the finding that decides it; "" if there is none.
};

/// The nine rungs of one module, from the ground up.
struct Ladder {
  std::string subject;  ///< subject key, e.g. "openssl:fips"
  std::string name;     ///< e.g. "OpenSSL FIPS Provider 3.0.20"
  std::string place;    ///< where it is, e.g. "/usr/lib/…/fips.so, on this host"
  std::vector<RungResult> rungs;
  int holds_to = 0;  ///< Count of rungs that pass before the first one that does not.
};

/// A table of facts that reports print after the findings.
struct ReferenceTable {
  std::string id;                    ///< anchor and sheet name, e.g. "services"
  std::string title;                 ///< e.g. "Services"
  std::string lead;                  ///< One or two sentences: what it holds and how to read it.
  std::vector<std::string> columns;  ///< titles
  std::vector<std::vector<base::Value>> rows;  ///< text, integer or NULL
  bool dates = false;  ///< Columns titled "…date" or "Sunset" hold YYYY-MM-DD.
};

/// A rule pack that was applied.
struct PackUsed {
  std::string id, version, title, digest;
  int rules = 0;
  std::string origin = {};                 ///< e.g. "from a folder, pinned"; "" for a built-in one.
  std::vector<std::string> replaced = {};  ///< Ids of its rules that stand for built-in ones.
};

/// The certificate snapshot that was used.
struct SnapshotUsed {
  std::string taken_at;  ///< YYYY-MM-DD
  std::string source;
  std::string digest;  ///< SHA-256, lower-case hexadecimal
  std::int64_t certificates = 0;
  std::int64_t age_days = 0;  ///< days from taken_at to the as-of date
};

/// A sentence with a heading, e.g. one of the four statements, or a point for a person.
struct Statement {
  std::string heading, text;
};

/// One thing to do next, gravest first, with the findings it settles.
struct Step {
  Severity severity = Severity::low;
  std::string title;                  ///< what is wrong
  std::string remedy;                 ///< what to do
  std::vector<std::string> findings;  ///< ids
};

/// All that a report is made of. Writers read it and nothing else: no database, no clock, no host.
struct Assessment {
  std::string tool_version;
  std::string host_name;       ///< or the root folder that was looked at
  std::string assessed;        ///< e.g. "host app-07, Debian GNU/Linux 12 (bookworm), x86_64"
  std::string as_of;           ///< YYYY-MM-DD
  std::string collected_from;  ///< timestamps, UTC
  std::string collected_to;
  std::string collected_by;     ///< user name
  std::string evidence_name;    ///< file name
  std::string evidence_digest;  ///< SHA-256, lower-case hexadecimal
  std::vector<PackUsed> packs;
  SnapshotUsed snapshot;
  std::string threshold;  ///< what counts for the exit code, e.g. "medium or rung:certificate"
  int exit_code = 3;
  std::string exit_meaning;  ///< e.g. "findings at or over the threshold"
  std::string headline;      ///< One sentence that could be read aloud: a fact, never a grade.
  std::string shows;         ///< What this shows, a few sentences.
  std::string shows_not;     ///< What this does not show.
  std::vector<Statement> statements;  ///< algorithm, module, mode, system: kept apart
  std::vector<Ladder> ladders;
  std::vector<Step> next;
  std::vector<Finding> findings;                ///< gravest first
  std::vector<RequirementStatus> requirements;  ///< what the packs list, in their order
  std::vector<Attestation> attestations;        ///< what persons vouch for, in their order
  std::vector<Control> controls;                ///< of other frameworks, with their findings
  std::vector<ReferenceTable> tables;
  std::vector<Statement> manual;    ///< what a person must still do, with pack and clause
  std::vector<Statement> glossary;  ///< words used

  std::array<int, 6> count{};  ///< findings by Result
  int over_threshold = 0;      ///< findings that count and fail at or over the threshold
  int waived = 0;              ///< findings that a waiver covers
  int known = 0;               ///< findings that the baseline lists and no waiver covers
};

}  // namespace rules
