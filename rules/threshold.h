#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rules/finding.h"

namespace rules {

/// Which findings count for the exit code: those of a severity or graver, those on some rungs of
/// the ladder, or either. It never decides what is checked or shown.
struct Threshold {
  std::optional<Severity> severity = Severity::medium;
  std::set<Rung> rungs;

  /// Whether `finding` counts, whatever its result is.
  bool covers(const Finding& finding) const;
};

/// The threshold that `words` make together: each is a severity, of which the mildest counts, or
/// "rung:" and the name of a rung. No words: medium. Throws Error(usage) with the nearest word.
Threshold threshold_of(const std::vector<std::string>& words);

/// The threshold as reports and error messages say it, e.g. "high or rung:certificate".
std::string in_words(const Threshold& threshold);

}  // namespace rules
