#pragma once

#include <string>
#include <vector>

#include "rules/pack.h"

namespace cli {

/// docs/evidence-tables.md: every table that rules can ask, with a sentence for every column.
std::string evidence_tables_page();

/// docs/rules.md: every rule of the packs, by requirement area, with its clauses.
std::string rules_page(const std::vector<rules::Pack>& packs);

}  // namespace cli
