#pragma once

#include <string>

#include "rules/assessment.h"

namespace reports {

/// What did not pass as workflow commands of GitHub Actions, gravest first, one a line, and a last
/// one with the verdict: `::error file=…,line=…,title=…::message`. A log that holds them shows them
/// as annotations.
std::string write_github(const rules::Assessment& assessment);

}  // namespace reports
