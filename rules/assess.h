#pragma once

#include <string>
#include <vector>

#include "evidence/base/sqlite.h"
#include "rules/assessment.h"
#include "rules/gate.h"
#include "rules/judgement.h"
#include "rules/pack.h"
#include "rules/threshold.h"

namespace rules {

/// What an assessment needs to know beside the evidence.
struct AssessOptions {
  std::string tool_version;
  std::string evidence_name;    ///< file name
  std::string evidence_digest;  ///< SHA-256 of the evidence file, lower-case hexadecimal
  Threshold threshold;
  Gate gate;
  std::vector<Attestation> attestations;
  bool exit_zero = false;  ///< The program exits with 0 whatever is found; the report says so.
  std::string as_of;       ///< YYYY-MM-DD
  std::int64_t max_snapshot_age = kMaxSnapshotAge;  ///< days
  bool tables = true;  ///< Fill Assessment::tables, which not every report prints.
};

/// Judges `judgement`, a database of `judgement_database` to which certificates may have been
/// added, by all rules of `packs`, and says what came of it. Makes `judgement` ready first
/// (`prepare_judgement`), so it can be used once. The same input gives the same Assessment: there
/// is no clock and no chance. Throws Error(usage) for an as-of date that is none, Error(input) for
/// packs that clash.
Assessment assess(base::Database& judgement, const std::vector<Pack>& packs,
                  const AssessOptions& options);

/// Sorts findings as reports print them: fail, error, unknown, notchecked, notapplicable, pass;
/// among equals the severest first, then by rung from the ground up, then by id.
void sort_findings(std::vector<Finding>& findings);

}  // namespace rules
