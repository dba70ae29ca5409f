#pragma once

#include <string>
#include <vector>

#include "evidence/base/sqlite.h"
#include "rules/pack.h"

namespace rules {

/// A copy of `evidence` in memory, with the tables and columns that an earlier build did not have,
/// empty (rules/unrecorded.h). Certificates may be added to it before rules judge it.
base::Database judgement_database(const base::Database& evidence);

/// How many days a certificate snapshot may be older than the as-of date, unless told otherwise.
constexpr std::int64_t kMaxSnapshotAge = 90;

/// Makes `judgement` ready for rules: adds the reference tables and views of `packs` (what two of
/// them share, once) and the table `assessment`, whose one row holds the as-of date (YYYY-MM-DD)
/// and how many days older the certificate snapshot may be, then allows nothing but reading. Throws
/// Error(usage) for a date that is none, Error(input) for reference tables that clash.
void prepare_judgement(base::Database& judgement, const std::vector<Pack>& packs,
                       const std::string& as_of, std::int64_t max_snapshot_age = kMaxSnapshotAge);

/// Adds only the reference tables and views of `pack`. Throws Error(input), `file: message`.
void add_reference_tables(const Pack& pack, base::Database& judgement);

/// Adds only the table `assessment` and the view `stale_snapshot`, which has one row, `message` and
/// `remedy`, if the certificate snapshot is older than allowed.
void add_assessment(const std::string& as_of, base::Database& judgement,
                    std::int64_t max_snapshot_age = kMaxSnapshotAge);

}  // namespace rules
