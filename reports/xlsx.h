#pragma once

#include <string>

#include "rules/assessment.h"

namespace reports {

/// The report as a workbook (ISO/IEC 29500): summary with the ladder as a matrix, results, one
/// sheet for each reference table, sources, points for a person, glossary. Text is never a formula,
/// dates are dates, integers are numbers. Throws Error(environment) if it cannot be written to a
/// temporary file on its way.
std::string write_xlsx(const rules::Assessment& assessment);

}  // namespace reports
