#pragma once

#include <string>

namespace base {

/// A folder of this process alone (mode 0700) that is gone, with all it holds, when this object is.
class TemporaryFolder {
 public:
  /// Made below TMPDIR, or below /tmp. Throws Error(environment) if it cannot be made.
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace base
