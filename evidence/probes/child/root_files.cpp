#include "evidence/probes/child/root_files.h"

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdarg>
#include <cstdio>
#include <string_view>

#include "evidence/base/host.h"

// A library under test calls these functions of the C library by name. This program defines them
// itself, and a program's own definitions come first, so the library under test comes here. The
// interface leaves no room for a context, hence the one static string.

namespace evidence::probes::child {
namespace {

std::string& root() {
  static std::string folder;
  return folder;
}

bool belongs_to_this_machine(std::string_view path) {
  return !path.starts_with('/') || path.starts_with("/dev/") || path.starts_with("/proc/") ||
         path.starts_with("/sys/") || path.starts_with(root() + "/");
}

}  // namespace

void look_below(const std::string& folder) { root() = folder; }

std::string translated(const char* path) {
  if (path == nullptr) return {};
  if (root().empty() || belongs_to_this_machine(path)) return path;
  return root() + base::resolve_below(root(), path);
}

std::string translated_name(const char* path) {
  if (path == nullptr) return {};
  if (root().empty() || belongs_to_this_machine(path)) return path;
  std::string text = path;
  while (text.size() > 1 && text.ends_with('/')) text.pop_back();
  const std::string folder = base::resolve_below(root(), base::folder_of(text));
  return root() + (folder == "/" ? "" : folder) + "/" + base::name_of(text);
}

}  // namespace evidence::probes::child

namespace child = evidence::probes::child;

extern "C" {

FILE* fopen(const char* path, const char* mode) {
  return child::real<decltype(fopen)>("fopen")(child::translated(path).c_str(), mode);
}

FILE* fopen64(const char* path, const char* mode) {
  return child::real<decltype(fopen64)>("fopen64")(child::translated(path).c_str(), mode);
}

int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return child::real<int(const char*, int, ...)>("open")(child::translated(path).c_str(), flags,
                                                         mode);
}

int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return child::real<int(const char*, int, ...)>("open64")(child::translated(path).c_str(), flags,
                                                           mode);
}

DIR* opendir(const char* path) {
  return child::real<decltype(opendir)>("opendir")(child::translated(path).c_str());
}

int stat(const char* path, struct stat* status) noexcept {
  return child::real<int(const char*, struct stat*)>("stat")(child::translated(path).c_str(),
                                                             status);
}

int stat64(const char* path, struct stat64* status) noexcept {
  return child::real<int(const char*, struct stat64*)>("stat64")(child::translated(path).c_str(),
                                                                 status);
}

int access(const char* path, int mode) noexcept {
  return child::real<int(const char*, int)>("access")(child::translated(path).c_str(), mode);
}

void* dlopen(const char* path, int flags) noexcept {
  const auto real = child::real<void*(const char*, int)>("dlopen");
  return path == nullptr ? real(nullptr, flags) : real(child::translated(path).c_str(), flags);
}
}
