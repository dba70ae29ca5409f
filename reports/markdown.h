#pragma once

#include <string>

#include "rules/assessment.h"

namespace reports {

/// The most bytes that a summary has: what a comment on a pull request may hold.
constexpr std::size_t kSummaryLimit = 60'000;

/// A summary for a pull request or a job: headline, ladders, and what did not pass, gravest first.
/// At most `kSummaryLimit` bytes; what does not fit is counted, and the summary says so.
std::string write_markdown(const rules::Assessment& assessment);

}  // namespace reports
