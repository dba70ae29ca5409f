#include "evidence/base/temporary_folder.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace base {

TemporaryFolder::TemporaryFolder() {
  const char* parent = std::getenv("TMPDIR");
  path_ = std::string(parent == nullptr || *parent != '/' ? "/tmp" : parent) + "/assay-XXXXXX";
  if (mkdtemp(path_.data()) == nullptr) {
    throw Error(ErrorKind::environment, path_ + ": " + lower(std::strerror(errno)) +
                                            "; set TMPDIR to a folder that can be written to");
  }
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // Nothing can be done about it, and the results do not depend on it.
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace base
