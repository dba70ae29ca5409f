#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rules/finding.h"

namespace reports {

/// A file, or a line of it.
struct Place {
  std::string file;       ///< absolute path, or as the command line named the file
  std::int64_t line = 0;  ///< counted from 1; 0 if only the file is known
};

/// The place that `text` begins with: an absolute path, ":", and either a line number before ":",
/// "," or the end, or a space. Nothing if it begins otherwise, or with a path that holds control
/// characters.
std::optional<Place> leading_place(std::string_view text);

/// The place a finding is about: the one it names itself, else what its message begins with, else
/// what the first piece of its evidence that names a line begins with. Nothing for most: few facts
/// stand in one file.
std::optional<Place> place_of(const rules::Finding& finding);

}  // namespace reports
