#pragma once

#include <string>

#include "rules/assessment.h"

namespace reports {

/// What did not pass as a Code Quality report of GitLab: a JSON array, one issue a line. GitLab
/// wants a file and a line of every issue: where a finding has none they are its subject and 1.
std::string write_gitlab(const rules::Assessment& assessment);

}  // namespace reports
