#pragma once

#include <cstddef>
#include <span>

namespace base {

/// Bytes that must not be left behind, e.g. a PIN. They stand in memory of their own that is kept
/// out of swap and core files where the system lets us, that forked processes see as zeros, and
/// that is overwritten when this ends.
class Secret {
 public:
  static constexpr std::size_t kCapacity = 1024;  ///< bytes

  Secret();  ///< Empty. Throws Error(environment) if there is no memory.
  ~Secret();
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;

  std::span<unsigned char> bytes() { return {data_, size_}; }
  std::span<const unsigned char> bytes() const { return {data_, size_}; }
  bool empty() const { return size_ == 0; }

  /// Adds one byte; false if there is no room.
  bool append(unsigned char byte);
  /// Overwrites all of it with zeros; it is empty then.
  void wipe();

 private:
  unsigned char* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Reads the first line of `descriptor`, without its end, or all of it if there is none. Throws
/// Error(environment) if it cannot be read, Error(usage) if it is longer than a secret can be.
Secret read_secret(int descriptor);

/// A pipe that holds a secret for one reader. It is closed when this ends.
class SecretPipe {
 public:
  /// Throws Error(environment) if there is no pipe.
  explicit SecretPipe(const Secret& secret);
  ~SecretPipe();
  SecretPipe(SecretPipe&& other) noexcept;
  SecretPipe& operator=(SecretPipe&& other) noexcept;
  SecretPipe(const SecretPipe&) = delete;
  SecretPipe& operator=(const SecretPipe&) = delete;

  int descriptor() const { return descriptor_; }

 private:
  int descriptor_ = -1;
};

}  // namespace base
