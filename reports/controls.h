#pragma once

#include "rules/assessment.h"

namespace reports {

/// Every pair of a control and a finding that speaks to it, as a table that can be filtered.
rules::ReferenceTable control_table(const rules::Assessment& assessment);

/// What a control is about, and whether that was written from memory.
std::string about_in_words(const rules::Control& control);

}  // namespace reports
