#include "evidence/base/temporary_folder.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "evidence/base/error.h"

namespace base {

TemporaryFolder::TemporaryFolder() {
  const char* chosen = std::getenv("TMPDIR");
  path_ = chosen == nullptr || *chosen == '\0' ? "/tmp" : chosen;
  path_ += "/assay-XXXXXX";
  if (mkdtemp(path_.data()) == nullptr)
    throw Error(ErrorKind::environment, path_ + ": " + std::strerror(errno) +
                                            "; set TMPDIR to a folder that can be written");
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // What cannot be removed is left to the system's own cleaning.
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace base
