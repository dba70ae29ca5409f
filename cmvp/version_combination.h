#pragma once

#include <span>
#include <string>
#include <vector>

#include "cmvp/certificate.h"

namespace cmvp {

/// Versions of different kinds that a certificate has validated together, by the footnote mark that
/// they share: hardware "5.7.0 [1]" with firmware "10.2.8-h4 [1]".
struct VersionCombination {
  std::string mark;               ///< "1", "a"
  std::vector<Version> versions;  ///< In the order of the record.
};

/// The recorded versions with those put together again that a list was cut into inside of brackets:
/// "X [1", "3", "12]" are one, "X [1, 3, 12]".
std::vector<RecordedVersion> whole_versions(std::span<const RecordedVersion> recorded);

/// The combinations in what a record has as versions, in the order of their first mark; each
/// version in the words that stand before the mark. A mark on versions of one kind only, and
/// versions without a mark, are no combination.
std::vector<VersionCombination> version_combinations(std::span<const RecordedVersion> recorded);

}  // namespace cmvp
