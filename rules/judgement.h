#pragma once

#include <string>
#include <vector>

#include "evidence/base/sqlite.h"
#include "rules/pack.h"

namespace rules {

/// A copy of `evidence` in memory. Certificates may be added to it before rules judge it.
base::Database judgement_database(const base::Database& evidence);

/// Makes `judgement` ready for rules: adds the reference tables of `packs` and the table
/// `assessment`, whose one row holds the as-of date (YYYY-MM-DD), then allows nothing but reading.
/// Throws Error(usage) for a date that is none, Error(input) for reference tables that clash.
void prepare_judgement(base::Database& judgement, const std::vector<Pack>& packs,
                       const std::string& as_of);

/// Adds only the reference tables of `pack`. Throws Error(input), `file: message`.
void add_reference_tables(const Pack& pack, base::Database& judgement);

/// Adds only the table `assessment`.
void add_assessment(const std::string& as_of, base::Database& judgement);

}  // namespace rules
