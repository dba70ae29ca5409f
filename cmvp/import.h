#pragma once

#include <istream>
#include <string>
#include <vector>

#include "cmvp/certificate.h"

namespace cmvp {

/// Longest line and longest text of a field that the importer takes, in bytes.
constexpr std::size_t kLineLimit = std::size_t{1} << 20U;
constexpr std::size_t kFieldLimit = std::size_t{64} << 10U;
/// Highest certificate number that is believed.
constexpr std::int64_t kHighestNumber = 99'999;

/// Something about a line that a person should look at.
struct LineNote {
  std::size_t line = 0;  ///< From 1.
  std::string text;
};

/// What an import brought.
struct Import {
  std::vector<Certificate> certificates;  ///< By number.
  std::vector<LineNote> rejected;         ///< Lines that gave no certificate, and why.
  std::vector<LineNote> left_out;         ///< Fields of accepted records that were not believed.
};

/// Reads certificates, one JSON object a line, without ever holding more than one line. A record
/// without a sound number, status or date of status is rejected, as is the second one of a number;
/// an optional field that makes no sense is left out. Both are reported, neither throws.
Import import_json_lines(std::istream& input);

}  // namespace cmvp
