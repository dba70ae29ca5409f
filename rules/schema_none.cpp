#include "evidence/base/error.h"
#include "rules/schema.h"

namespace rules {

// Stands in for schema_libxml2.cpp where libxml2 is not there.
std::vector<std::string> lint_schema(const std::vector<PackFile>&) {
  throw base::Error(base::ErrorKind::environment, "this build was made without libxml2");
}

}  // namespace rules
