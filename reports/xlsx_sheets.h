#pragma once

#include "reports/workbook.h"
#include "rules/assessment.h"

namespace reports {

/// Adds the first sheet: facts, headline, ladder as a matrix, counts, statements, what to do next.
void add_summary(Workbook& book, const rules::Assessment& assessment);

/// Adds a sheet of columns and rows with a header that can be filtered. Column widths follow the
/// contents. `lead`, if any, stands above the header.
void add_table(Workbook& book, const rules::ReferenceTable& table);

}  // namespace reports
