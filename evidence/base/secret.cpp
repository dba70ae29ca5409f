#include "evidence/base/secret.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace base {
namespace {

[[noreturn]] void fail(const std::string& what) {
  throw Error(ErrorKind::environment, what + ": " + lower(std::strerror(errno)));
}

}  // namespace

Secret::Secret() {
  void* page = mmap(nullptr, kCapacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) fail("no memory for a secret");
  data_ = static_cast<unsigned char*>(page);
  // Each is more than can be asked for everywhere: a system that refuses one still gets the rest.
  mlock(data_, kCapacity);
  madvise(data_, kCapacity, MADV_DONTDUMP);
  madvise(data_, kCapacity, MADV_WIPEONFORK);
}

Secret::~Secret() {
  if (data_ == nullptr) return;
  wipe();
  munmap(data_, kCapacity);
}

Secret::Secret(Secret&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

bool Secret::append(unsigned char byte) {
  if (data_ == nullptr || size_ == kCapacity) return false;
  data_[size_++] = byte;
  return true;
}

void Secret::wipe() {
  if (data_ != nullptr) explicit_bzero(data_, kCapacity);
  size_ = 0;
}

Secret read_secret(int descriptor) {
  Secret secret;
  // Byte by byte: what stands behind the line is not ours to take, and no buffer keeps a copy.
  for (;;) {
    unsigned char byte = 0;
    const ssize_t count = read(descriptor, &byte, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("the secret cannot be read");
    if (count == 0 || byte == '\n') break;
    const bool room = secret.append(byte);
    explicit_bzero(&byte, 1);
    if (!room)
      throw Error(ErrorKind::usage, "the first line is longer than " +
                                        std::to_string(Secret::kCapacity) +
                                        " bytes: it is no secret that could be used");
  }
  if (!secret.empty() && secret.bytes().back() == '\r') {
    Secret line;
    for (const unsigned char byte : secret.bytes().first(secret.bytes().size() - 1))
      line.append(byte);
    return line;
  }
  return secret;
}

SecretPipe::SecretPipe(const Secret& secret) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) fail("no pipe");
  descriptor_ = ends[0];
  // A pipe takes at least 4,096 bytes without a reader.
  const auto bytes = secret.bytes();
  const ssize_t written = write(ends[1], bytes.data(), bytes.size());
  close(ends[1]);
  if (written != static_cast<ssize_t>(bytes.size())) {
    close(descriptor_);
    throw Error(ErrorKind::environment, "a secret could not be handed over");
  }
}

SecretPipe::~SecretPipe() {
  if (descriptor_ >= 0) close(descriptor_);
}

SecretPipe::SecretPipe(SecretPipe&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

SecretPipe& SecretPipe::operator=(SecretPipe&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

}  // namespace base
