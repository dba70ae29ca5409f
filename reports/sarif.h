#pragma once

#include <string>

#include "rules/assessment.h"

namespace reports {

/// Every finding as a result of SARIF 2.1.0 (OASIS Standard with Errata 01), one run, one result a
/// line. What passed has kind "pass", what does not apply "notApplicable"; what could not be
/// determined has kind "open" or "review", never "pass". A level stands where a rule failed only.
std::string write_sarif(const rules::Assessment& assessment);

}  // namespace reports
