#pragma once

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/catch.h"

// Data of others that is not part of the repository: below ASSAY_SHARED, or beside the repository.
namespace shared_data {

inline std::string folder() {
  const char* given = std::getenv("ASSAY_SHARED");
  return (given != nullptr ? std::string(given) : std::string(ASSAY_SOURCE_DIR "/../shared")) +
         "/data/";
}

/// The bytes of `file`, or "" with a warning if it is not there.
inline std::string text(const std::string& file) {
  std::ifstream stream(folder() + file, std::ios::binary);
  if (!stream) {
    WARN("not there, so nothing is compared with it: " << folder() + file);
    return {};
  }
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  return bytes.str();
}

}  // namespace shared_data
