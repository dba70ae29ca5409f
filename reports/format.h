#pragma once

#include <span>
#include <string>
#include <string_view>

#include "rules/assessment.h"

namespace reports {

/// A report format: a name and a pure function from an Assessment to the bytes of a file.
struct Format {
  std::string_view name;       ///< as in `--format=NAME`
  std::string_view file_name;  ///< e.g. "report.html"
  std::string_view description;
  std::string (*write)(const rules::Assessment& assessment);
  bool prints_tables = false;  ///< It prints Assessment::tables.
};

/// Every format in this build.
std::span<const Format> all();

/// The format called `name`. Throws Error(usage) naming the nearest one.
const Format& format_named(std::string_view name);

}  // namespace reports
