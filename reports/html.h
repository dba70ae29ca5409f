#pragma once

#include <string>

#include "rules/assessment.h"

namespace reports {

/// The report as one HTML file that needs no other: style, script and symbols are in it, and its
/// Content-Security-Policy allows nothing else. Without script everything is readable.
std::string write_html(const rules::Assessment& assessment);

}  // namespace reports
