#pragma once

#include <string>
#include <vector>

#include "cli/command.h"
#include "rules/assessment.h"

namespace cli {

/// The names of the formats that --format and -o ask for: text if none does, and more than one only
/// with a folder. Throws Error(usage) for several formats without a folder.
std::vector<std::string> formats_asked_for(const Invocation& invocation);

/// Writes the reports that --format and -o ask for: to the folder, or the one format to standard
/// output. With a folder the text report is printed, too. Throws Error(usage) as
/// `formats_asked_for` does, and for a format that does not exist.
void write_reports(const rules::Assessment& assessment, const Invocation& invocation,
                   Terminal& terminal);

}  // namespace cli
