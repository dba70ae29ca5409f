#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>

#include "evidence/base/error.h"
#include "evidence/schema.h"

namespace {

// One file for all inputs of this process, gone with it.
class TemporaryFile {
 public:
  TemporaryFile()
      : path_(std::filesystem::temp_directory_path() /
              ("open_evidence_fuzz." + std::to_string(getpid()))) {}
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace

// Any bytes as an evidence file: it is refused with a message, or it opens.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const TemporaryFile file;
  std::ofstream(file.path(), std::ios::binary)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  try {
    evidence::open_evidence(file.path().string());
  } catch (const base::Error& error) {
    if (error.kind() != base::ErrorKind::input || *error.what() == '\0') __builtin_trap();
  }
  return 0;
}
