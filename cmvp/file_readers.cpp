#include "cmvp/file_readers.h"

#include <algorithm>

namespace cmvp {
namespace {

constexpr unsigned kMostThreads = 8;

}  // namespace

FileReaders::FileReaders() {
  const unsigned count = std::clamp(std::thread::hardware_concurrency(), 1U, kMostThreads);
  for (unsigned i = 0; i < count; ++i) threads_.emplace_back([this] { work(); });
}

FileReaders::~FileReaders() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    tasks_.clear();
  }
  waiting_.notify_all();
  for (std::thread& each : threads_) each.join();
}

std::future<ImportedFile> FileReaders::read(const base::Host& host, std::string path) {
  std::packaged_task<ImportedFile()> task(
      [&host, path = std::move(path)] { return read_imported(host, path); });
  auto result = task.get_future();
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
  }
  waiting_.notify_one();
  return result;
}

void FileReaders::work() {
  for (;;) {
    std::unique_lock lock(mutex_);
    waiting_.wait(lock, [this] { return ended_ || !tasks_.empty(); });
    if (ended_) return;
    auto task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    task();
  }
}

}  // namespace cmvp
