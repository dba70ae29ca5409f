#pragma once

#include <string>
#include <string_view>

#include "rules/assessment.h"

namespace reports {

/// Puts the ECMA-48 sequences of a style around words, or leaves them alone.
class Paint {
 public:
  explicit Paint(bool colour) : colour_(colour) {}

  std::string bold(std::string_view text) const { return around("1", text); }
  std::string dim(std::string_view text) const { return around("2", text); }
  /// `text` in the colour of `result`: red, yellow, green, or dim.
  std::string as(rules::Result result, std::string_view text) const;

 private:
  std::string around(std::string_view style, std::string_view text) const;
  bool colour_;
};

/// The ladders as a matrix, rungs down and modules across, in as many blocks as 100 columns ask
/// for.
std::string text_ladders(const rules::Assessment& assessment, const Paint& paint);

}  // namespace reports
