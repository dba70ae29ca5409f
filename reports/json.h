#pragma once

#include <string>

#include "rules/assessment.h"

namespace reports {

/// The whole Assessment as JSON, "assay-report/1": docs/report.schema.json says what it holds.
/// Bytes that are no UTF-8 become U+FFFD.
std::string write_json(const rules::Assessment& assessment);

}  // namespace reports
