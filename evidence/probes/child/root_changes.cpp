#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "evidence/probes/child/root_files.h"

// What a library under test does to files, and the daemons that it calls, as root_files.cpp has it
// for what it reads: an absolute path is one below the root, and nothing of this machine is
// touched.

namespace child = evidence::probes::child;

namespace {

std::string inside(const char* path) { return child::translated(path); }
std::string entry(const char* path) { return child::translated_name(path); }

mode_t mode_of(int flags, va_list rest) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
}

// A template of a name ends with letters that the C library writes in place.
template <class Result, class Function>
Result named_in_place(const char* function, char* path) {
  std::string place = entry(path);
  const Result result = child::real<Function>(function)(place.data());
  constexpr std::size_t kLetters = 6;
  const std::size_t size = std::strlen(path);
  if (size >= kLetters && place.size() >= kLetters)
    std::memcpy(path + size - kLetters, place.data() + place.size() - kLetters, kLetters);
  return result;
}

}  // namespace

extern "C" {

int creat(const char* path, mode_t mode) {
  return child::real<int(const char*, mode_t)>("creat")(inside(path).c_str(), mode);
}

int creat64(const char* path, mode_t mode) {
  return child::real<int(const char*, mode_t)>("creat64")(inside(path).c_str(), mode);
}

int openat(int folder, const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_of(flags, rest);
  va_end(rest);
  return child::real<int(int, const char*, int, ...)>("openat")(folder, inside(path).c_str(), flags,
                                                                mode);
}

int openat64(int folder, const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_of(flags, rest);
  va_end(rest);
  return child::real<int(int, const char*, int, ...)>("openat64")(folder, inside(path).c_str(),
                                                                  flags, mode);
}

int mkdir(const char* path, mode_t mode) noexcept {
  return child::real<int(const char*, mode_t)>("mkdir")(entry(path).c_str(), mode);
}

int rmdir(const char* path) noexcept {
  return child::real<int(const char*)>("rmdir")(entry(path).c_str());
}

int unlink(const char* path) noexcept {
  return child::real<int(const char*)>("unlink")(entry(path).c_str());
}

int unlinkat(int folder, const char* path, int flags) noexcept {
  return child::real<int(int, const char*, int)>("unlinkat")(folder, entry(path).c_str(), flags);
}

int remove(const char* path) noexcept {
  return child::real<int(const char*)>("remove")(entry(path).c_str());
}

int rename(const char* from, const char* to) noexcept {
  return child::real<int(const char*, const char*)>("rename")(entry(from).c_str(),
                                                              entry(to).c_str());
}

int renameat(int from_folder, const char* from, int to_folder, const char* to) noexcept {
  return child::real<int(int, const char*, int, const char*)>("renameat")(
      from_folder, entry(from).c_str(), to_folder, entry(to).c_str());
}

int link(const char* from, const char* to) noexcept {
  return child::real<int(const char*, const char*)>("link")(entry(from).c_str(), entry(to).c_str());
}

// What a link says is a path as the target sees it, and is kept.
int symlink(const char* from, const char* to) noexcept {
  return child::real<int(const char*, const char*)>("symlink")(from, entry(to).c_str());
}

int chdir(const char* path) noexcept {
  return child::real<int(const char*)>("chdir")(inside(path).c_str());
}

int chmod(const char* path, mode_t mode) noexcept {
  return child::real<int(const char*, mode_t)>("chmod")(inside(path).c_str(), mode);
}

int chown(const char* path, uid_t owner, gid_t group) noexcept {
  return child::real<int(const char*, uid_t, gid_t)>("chown")(inside(path).c_str(), owner, group);
}

int truncate(const char* path, off_t size) noexcept {
  return child::real<int(const char*, off_t)>("truncate")(inside(path).c_str(), size);
}

int truncate64(const char* path, off64_t size) noexcept {
  return child::real<int(const char*, off64_t)>("truncate64")(inside(path).c_str(), size);
}

int utimes(const char* path, const struct timeval times[2]) noexcept {
  return child::real<int(const char*, const struct timeval*)>("utimes")(inside(path).c_str(),
                                                                        times);
}

int mkstemp(char* path) { return named_in_place<int, int(char*)>("mkstemp", path); }

int mkstemp64(char* path) { return named_in_place<int, int(char*)>("mkstemp64", path); }

char* mkdtemp(char* path) noexcept {
  return named_in_place<char*, char*(char*)>("mkdtemp", path) == nullptr ? nullptr : path;
}

int lstat(const char* path, struct stat* status) noexcept {
  return child::real<int(const char*, struct stat*)>("lstat")(entry(path).c_str(), status);
}

int lstat64(const char* path, struct stat64* status) noexcept {
  return child::real<int(const char*, struct stat64*)>("lstat64")(entry(path).c_str(), status);
}

ssize_t readlink(const char* path, char* text, size_t size) noexcept {
  return child::real<ssize_t(const char*, char*, size_t)>("readlink")(entry(path).c_str(), text,
                                                                      size);
}

// A daemon that a path names is one of the target, never this machine's.
int connect(int socket, const struct sockaddr* address, socklen_t length) {
  const auto call = child::real<int(int, const struct sockaddr*, socklen_t)>("connect");
  struct sockaddr_un local {};
  constexpr std::size_t kBegin = offsetof(struct sockaddr_un, sun_path);
  if (address == nullptr || length <= kBegin || length > sizeof local ||
      address->sa_family != AF_UNIX)
    return call(socket, address, length);
  std::memcpy(&local, address, length);
  const std::string path(local.sun_path, strnlen(local.sun_path, length - kBegin));
  if (!path.starts_with('/')) return call(socket, address, length);
  const std::string place = inside(path.c_str());
  if (place.size() >= sizeof local.sun_path) {
    errno = ENAMETOOLONG;
    return -1;
  }
  std::memset(local.sun_path, 0, sizeof local.sun_path);
  std::memcpy(local.sun_path, place.data(), place.size());
  return call(socket, reinterpret_cast<const struct sockaddr*>(&local),
              static_cast<socklen_t>(kBegin + place.size() + 1));
}
}
