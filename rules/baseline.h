#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/finding.h"

namespace rules {

/// One finding that was known when a baseline was written.
struct BaselineEntry {
  Result result = Result::fail;
  std::string pack, rule, subject;
  std::int64_t line = 0;  ///< in the file
};

/// The findings that a gate does not hold against what it judges, for they were there before.
struct Baseline {
  std::string file;  ///< as it was named
  std::vector<BaselineEntry> entries;
};

/// The baseline that `text`, the contents of `file`, is. Throws Error(input) with file and line for
/// a line that is none of a baseline or stands there twice.
Baseline read_baseline(std::string_view text, const std::string& file);

/// `findings` as a baseline: one line for each that is open, sorted, to be read in a review. With
/// `before`, only what that held too: a baseline does not grow.
std::string write_baseline(const std::vector<Finding>& findings, const Baseline* before = nullptr);

/// The line that stands for an entry or a finding, without its end.
std::string baseline_line(const BaselineEntry& entry);
std::string baseline_line(const Finding& finding);

/// The pack that findings about waivers and baselines themselves name; none of that name is read.
constexpr const char* kGatePack = "gate";

/// Whether `finding` is one that a baseline lists: it fails or has no answer, and is not about the
/// gate's own files.
bool belongs_in_baseline(const Finding& finding);

}  // namespace rules
