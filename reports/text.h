#pragma once

#include <string>

#include "rules/assessment.h"

namespace reports {

/// The report for a terminal of 100 columns: facts, ladder, counts, and every result that did not
/// pass with its place and its remedy. With `colour`, ECMA-48 sequences are added; the signs and
/// the words carry the meaning alone.
std::string text_report(const rules::Assessment& assessment, bool colour);

/// `text_report` without colour.
std::string write_text(const rules::Assessment& assessment);

}  // namespace reports
