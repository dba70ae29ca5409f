#pragma once

#include <string>

#include "rules/assessment.h"

namespace reports {

/// Every finding as a row of RFC 4180, all cells quoted, lines ended by CRLF. A cell that a
/// spreadsheet would take for a formula (one that begins with = + - @ or a tab) begins with an
/// apostrophe instead.
std::string write_csv(const rules::Assessment& assessment);

}  // namespace reports
