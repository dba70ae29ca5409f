#pragma once

#include <string>

#include "cli/command.h"
#include "evidence/base/sqlite.h"

namespace cli {

/// Adds the claims that --claims names to `judgement`, each with what `snapshot` says of its
/// certificate on its day, or on `as_of`. Throws Error(input) for a file that cannot be read or
/// makes no sense, or a claim about a day after `as_of`.
void put_claims(const Invocation& invocation, const base::Database& snapshot,
                const std::string& as_of, base::Database& judgement);

}  // namespace cli
