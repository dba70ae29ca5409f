#pragma once

#include "cli/command.h"
#include "rules/assessment.h"

namespace cli {

/// Writes the reports that --format and -o ask for: to the folder, or the one format to standard
/// output. With a folder the text report is printed, too. Throws Error(usage) if several formats or
/// a binary one would go to a terminal.
void write_reports(const rules::Assessment& assessment, const Invocation& invocation,
                   Terminal& terminal);

}  // namespace cli
