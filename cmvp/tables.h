#pragma once

#include <span>

#include "evidence/base/sqlite.h"
#include "evidence/table.h"

namespace cmvp {

/// The tables that `match_certificates` fills: what rules query beside the evidence. Unlike tables
/// of evidence they have no columns `source` and `basis`; what they rest on is the row of
/// `snapshot`.
std::span<const evidence::Table> judgement_tables();

/// Creates them, empty, in `judgement`. Throws Error(input) if one is there already.
void create_judgement_tables(base::Database& judgement);

}  // namespace cmvp
