#include "evidence/base/shared_memory.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

#include "evidence/base/error.h"

namespace base {

struct SharedMemory::Header {
  std::atomic<std::uint64_t> used;
  std::atomic<std::uint64_t> full;
};

SharedMemory::SharedMemory(int descriptor, std::size_t length)
    : descriptor_(descriptor), length_(length) {
  memory_ = mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (memory_ == MAP_FAILED)
    throw Error(ErrorKind::environment, std::string("mmap: ") + std::strerror(errno));
}

SharedMemory::SharedMemory(std::size_t capacity)
    : SharedMemory(
          [&] {
            const int descriptor = memfd_create("assay-rows", MFD_CLOEXEC);
            if (descriptor < 0 ||
                ftruncate(descriptor, static_cast<off_t>(capacity + sizeof(Header))) != 0)
              throw Error(ErrorKind::environment,
                          std::string("memfd_create: ") + std::strerror(errno));
            return descriptor;
          }(),
          capacity + sizeof(Header)) {}

SharedMemory SharedMemory::inherited(int descriptor) {
  struct stat status {};
  if (fstat(descriptor, &status) != 0 || static_cast<std::size_t>(status.st_size) <= sizeof(Header))
    throw Error(ErrorKind::usage, "no shared memory behind the descriptor given");
  return {descriptor, static_cast<std::size_t>(status.st_size)};
}

SharedMemory::SharedMemory(SharedMemory&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      memory_(std::exchange(other.memory_, nullptr)),
      length_(std::exchange(other.length_, 0)) {}

SharedMemory::~SharedMemory() {
  if (memory_ != nullptr) munmap(memory_, length_);
  if (descriptor_ >= 0) close(descriptor_);
}

SharedMemory::Header& SharedMemory::header() const { return *static_cast<Header*>(memory_); }

void SharedMemory::append(std::string_view bytes) {
  const std::size_t used = size(), room = length_ - sizeof(Header) - used;
  if (full() || bytes.size() > room) {
    header().full = 1;
    return;
  }
  std::memcpy(static_cast<char*>(memory_) + sizeof(Header) + used, bytes.data(), bytes.size());
  header().used.store(used + bytes.size(), std::memory_order_release);
}

bool SharedMemory::full() const { return header().full != 0; }

// The count is in memory that the child can write: never beyond the mapping, whatever it says.
std::size_t SharedMemory::size() const {
  const std::uint64_t used = header().used.load(std::memory_order_acquire);
  return std::min(static_cast<std::size_t>(used), length_ - sizeof(Header));
}

std::string SharedMemory::contents() const {
  return {static_cast<const char*>(memory_) + sizeof(Header), size()};
}

}  // namespace base
