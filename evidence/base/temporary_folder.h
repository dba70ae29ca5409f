#pragma once

#include <string>

namespace base {

/// A new private folder below the system's folder for temporary files, removed with everything in
/// it at the end. Throws Error(environment) if it cannot be made.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace base
