#include "evidence/base/host.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <deque>
#include <memory>

#include "evidence/base/text.h"

namespace base {
namespace {

constexpr int kLinkLimit = 40;  // As Linux itself: path_resolution(7).

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

struct CloseFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};

bool means_absent(int error) { return error == ENOENT || error == ENOTDIR; }

std::string reason_of(int error) { return lower(std::strerror(error)); }

std::string too_large(std::size_t limit) {
  return "larger than " + std::to_string(limit >> 20U) + " MiB";
}

FileText unreadable(const std::string& reason) { return {Seen::unreadable, {}, reason}; }

// Files of /proc and /sys say that they are empty: read to the end whatever their size.
FileText read_all(int descriptor, std::size_t limit, std::size_t expected) {
  FileText file{Seen::ok, {}, {}};
  file.text.reserve(expected);
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t count = read(descriptor, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return unreadable(reason_of(errno));
    if (count == 0) return file;
    file.text.append(buffer.data(), static_cast<std::size_t>(count));
    if (file.text.size() > limit) return unreadable(too_large(limit));
  }
}

std::optional<std::string> link_target(const std::string& path) {
  std::array<char, PATH_MAX> buffer{};
  const ssize_t length = readlink(path.c_str(), buffer.data(), buffer.size());
  if (length <= 0 || static_cast<std::size_t>(length) == buffer.size()) return std::nullopt;
  return std::string(buffer.data(), static_cast<std::size_t>(length));
}

std::string joined(const std::vector<std::string>& parts) {
  return parts.empty() ? "/" : "/" + join(parts, "/");
}

void push_front(std::deque<std::string>& todo, std::string_view path) {
  const auto parts = split(path, '/');
  todo.insert(todo.begin(), parts.begin(), parts.end());
}

}  // namespace

std::string resolve_below(const std::string& root, const std::string& path) {
  std::vector<std::string> done;
  std::deque<std::string> todo;
  push_front(todo, path);
  for (int links = 0; !todo.empty();) {
    const std::string part = todo.front();
    todo.pop_front();
    if (part.empty() || part == ".") continue;
    if (part == "..") {
      if (!done.empty()) done.pop_back();
      continue;
    }
    done.push_back(part);
    const auto target = link_target(root + joined(done));
    if (!target || ++links > kLinkLimit) continue;
    if (target->front() == '/')
      done.clear();
    else
      done.pop_back();
    push_front(todo, *target);
  }
  return joined(done);
}

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string name_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

SystemHost::SystemHost(std::string root, Variables overrides)
    : root_(std::move(root)), overrides_(std::move(overrides)) {
  while (root_.ends_with('/')) root_.pop_back();
}

std::string SystemHost::resolve(const std::string& path) const {
  if (!root_.empty()) return resolve_below(root_, path);
  std::array<char, PATH_MAX> buffer{};
  return realpath(path.c_str(), buffer.data()) == nullptr ? path : std::string(buffer.data());
}

std::string SystemHost::outside(const std::string& path) const {
  return root_.empty() ? path : root_ + resolve(path);
}

FileText SystemHost::read_file(const std::string& path, std::size_t limit) const {
  // Never waits on a pipe or a device that somebody put in a file's place.
  const Descriptor file(open(outside(path).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (file.number() < 0 && means_absent(errno)) return {};
  if (file.number() < 0) return unreadable(reason_of(errno));
  struct stat status {};
  if (fstat(file.number(), &status) != 0) return unreadable(reason_of(errno));
  if (!S_ISREG(status.st_mode)) return unreadable("not a regular file");
  if (static_cast<std::uint64_t>(status.st_size) > limit) return unreadable(too_large(limit));
  return read_all(file.number(), limit, static_cast<std::size_t>(status.st_size));
}

Listing SystemHost::list_folder(const std::string& path) const {
  const std::unique_ptr<DIR, CloseFolder> folder(opendir(outside(path).c_str()));
  if (!folder && means_absent(errno)) return {};
  if (!folder) return {Seen::unreadable, {}, reason_of(errno)};
  Listing listing{Seen::ok, {}, {}};
  while (const dirent* entry = readdir(folder.get())) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") listing.names.push_back(name);
  }
  std::sort(listing.names.begin(), listing.names.end());
  return listing;
}

FileStatus SystemHost::status(const std::string& path) const {
  struct stat status {};
  FileStatus result;
  if (stat(outside(path).c_str(), &status) != 0) {
    if (!means_absent(errno)) result.seen = Seen::unreadable, result.reason = reason_of(errno);
    return result;
  }
  result.seen = Seen::ok;
  result.is_folder = S_ISDIR(status.st_mode);
  result.size = static_cast<std::uint64_t>(status.st_size);
  result.mode = status.st_mode & 07777U;
  result.owner = status.st_uid;
  return result;
}

std::optional<std::string> SystemHost::environment(const std::string& name) const {
  for (const auto& [key, value] : overrides_)
    if (key == name) return value;
  if (!root_.empty()) return std::nullopt;
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::vector<std::string> SystemHost::variable_names() const {
  std::vector<std::string> names;
  for (const auto& [key, value] : overrides_) names.push_back(key);
  if (!root_.empty()) return names;
  for (char** entry = environ; *entry != nullptr; ++entry)
    names.emplace_back(split(*entry, '=').front());
  return names;
}

std::optional<std::string> SystemHost::architecture() const {
  struct utsname names {};
  if (uname(&names) != 0) return std::nullopt;
  return std::string(names.machine);
}

std::int64_t SystemHost::now() const { return std::time(nullptr); }

}  // namespace base
