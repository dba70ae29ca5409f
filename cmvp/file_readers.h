#pragma once

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "cmvp/imported_file.h"

namespace cmvp {

/// Reads files of an import in several threads, one for each processor, eight at the most. Whoever
/// asks takes the results in the order of asking, so that nothing depends on which is ready first.
class FileReaders {
 public:
  FileReaders();
  /// Waits for the files that are being read; the others are not read any more.
  ~FileReaders();
  FileReaders(const FileReaders&) = delete;
  FileReaders& operator=(const FileReaders&) = delete;

  /// Has the file `path` of `host`, which must outlive this, read as `read_imported` does; what
  /// that throws, `get()` of the result throws.
  std::future<ImportedFile> read(const base::Host& host, std::string path);

  /// How many files are worth asking for before the first result is taken.
  std::size_t ahead() const { return threads_.size() * 4; }

 private:
  void work();

  std::mutex mutex_;
  std::condition_variable waiting_;
  std::deque<std::packaged_task<ImportedFile()>> tasks_;
  bool ended_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace cmvp
