#pragma once

#include <string>
#include <vector>

#include "rules/pack.h"

namespace rules {

/// What the schema of packs (rules/pack.xsd) says against the XML files among `files`, each
/// `file:line: error: message`. A second judge beside `read_pack`, which does without a schema.
/// Throws Error(environment) if libxml2, which applies it, is not there.
std::vector<std::string> lint_schema(const std::vector<PackFile>& files);

}  // namespace rules
