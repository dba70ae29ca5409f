#pragma once

#include <string>

#include "cli/command.h"
#include "rules/assessment.h"
#include "rules/gate.h"

namespace cli {

/// The waivers and the baseline that --waivers and --baseline name. Throws Error(input) for a file
/// that cannot be read or makes no sense.
rules::Gate gate_of(const Invocation& invocation);

/// Writes what --write-baseline asks for: all open findings to a new file; from a file that is
/// there takes what is gone, and adds nothing. Says on `terminal.err` what came of it.
void write_baseline(const rules::Assessment& assessment, const Invocation& invocation,
                    Terminal& terminal);

}  // namespace cli
