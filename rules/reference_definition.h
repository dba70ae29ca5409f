#pragma once

#include <string>
#include <vector>

namespace rules {

/// What one table of facts asks of the evidence.
struct ReferenceDefinition {
  const char* id;
  const char* title;
  std::string lead;
  std::vector<std::string> columns;
  std::string sql;
  std::vector<std::string> tables;  ///< Left out unless all of these exist.
  bool dates = false;
  const char* only_with = nullptr;  ///< Left out where this table is empty.
};

}  // namespace rules
