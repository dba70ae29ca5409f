#pragma once

#include <string>
#include <vector>

#include "cli/command.h"
#include "rules/assessment.h"

namespace cli {

/// Places of the assessed system and where a repository keeps the same files.
struct SourceMapping {
  std::string place;   ///< A path of the system, without a slash at its end; "" for its root.
  std::string source;  ///< The path in the repository; "" for its top.
};

/// What --source-map says, PLACE=SOURCE each. Throws Error(usage) for one that is no such pair.
std::vector<SourceMapping> source_mappings(const Invocation& invocation);

/// Makes findings about a file below a mapped place stand at the source of that file, so that an
/// annotation meets the line that somebody can change. The longest place counts. What the findings
/// say stays as it was.
void map_sources(rules::Assessment& assessment, const std::vector<SourceMapping>& mappings);

}  // namespace cli
