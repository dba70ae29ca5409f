#pragma once

#include <vector>

#include "evidence/base/sqlite.h"
#include "rules/assessment.h"
#include "rules/pack.h"

namespace rules {

/// The tables of facts that reports print after the findings: always the same ones in the same
/// order, their rows sorted. Those about certificates are left out where no snapshot was read,
/// those about PKCS#11 where no module was asked for.
std::vector<ReferenceTable> reference_tables(base::Database& judgement);

/// The tables that the packs themselves want printed, those that have rows. Throws Error(input),
/// `file:line: message`, for a query that fails.
std::vector<ReferenceTable> tables_of_packs(const std::vector<Pack>& packs,
                                            base::Database& judgement);

}  // namespace rules
