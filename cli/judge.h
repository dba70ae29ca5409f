#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "evidence/base/sqlite.h"
#include "rules/assessment.h"
#include "rules/load_pack.h"
#include "rules/pack.h"

namespace cli {

/// The packs that --pack names, or `default_packs`: built in, or folders. Throws Error(usage) for a
/// name that is neither, Error(input) for a pack that cannot be read.
std::vector<rules::Pack> chosen_packs(
    const Invocation& invocation, const std::vector<std::string>& default_packs = {"fips-140-3"},
    rules::Tests tests = rules::Tests::read);

/// The packs that --pack names, or every built-in one: what commands about rules speak of.
std::vector<rules::Pack> packs_to_explain(const Invocation& invocation);

/// `packs` and every built-in pack of another name: what the class of a requirement follows from.
std::vector<rules::Pack> with_built_in_packs(std::vector<rules::Pack> packs);

/// Adds the empty tables that a judgement has besides the evidence: what rules are tested on.
void prepare_empty_judgement(base::Database& db);

/// The database that rules are run on: the evidence in the file `evidence`, the certificates that
/// its modules match as of the date of the options, the reference tables of their packs. Nothing
/// but reading is allowed on it.
base::Database judgement_for_queries(const std::string& evidence, const Invocation& invocation);

/// Judges the evidence in the file `evidence` as the options say: --as-of, --fail-on, --pack. The
/// file is only read.
rules::Assessment judge(const std::string& evidence, const Invocation& invocation);

}  // namespace cli
