#pragma once

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/catch.h"

namespace golden {

/// The approved file `name`; "" if there is none yet.
inline std::string approved(const std::string& name) {
  std::ifstream file(std::string(ASSAY_SOURCE_DIR) + "/tests/reports/golden/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Compares `actual` with the approved file `name`. With UPDATE_GOLDEN=1 it becomes that file.
inline void compare(const std::string& name, const std::string& actual) {
  const char* update = std::getenv("UPDATE_GOLDEN");
  if (update != nullptr && std::string(update) == "1") {
    std::ofstream(std::string(ASSAY_SOURCE_DIR) + "/tests/reports/golden/" + name) << actual;
  }
  INFO("approve with UPDATE_GOLDEN=1, then read the diff of " << name);
  CHECK(approved(name) == actual);
}

}  // namespace golden
