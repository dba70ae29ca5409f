#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace base {

/// Memory that a process and its children share, filled from the front. A child that has it mapped
/// needs no open file to write to it, so a module that closes our descriptors cannot cut it off.
/// Only one process may append at a time.
class SharedMemory {
 public:
  /// New memory of `capacity` bytes, taken only as it is filled. Throws Error(environment).
  explicit SharedMemory(std::size_t capacity);
  /// The memory behind the open descriptor of a parent's SharedMemory. Throws Error(usage).
  static SharedMemory inherited(int descriptor);

  ~SharedMemory();
  SharedMemory(SharedMemory&& other) noexcept;
  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;
  SharedMemory& operator=(SharedMemory&&) = delete;

  /// For a child to inherit; closed on exec unless the child is told to keep it.
  int descriptor() const { return descriptor_; }

  /// Appends all of `bytes`, or nothing if they do not fit; then `full` is true from there on.
  void append(std::string_view bytes);

  bool full() const;

  /// Count of bytes appended so far: grows while a child is alive and writing.
  std::size_t size() const;

  /// What was appended, copied: a child may still be writing.
  std::string contents() const;

 private:
  struct Header;
  SharedMemory(int descriptor, std::size_t length);
  Header& header() const;

  int descriptor_ = -1;
  void* memory_ = nullptr;
  std::size_t length_ = 0;
};

}  // namespace base
