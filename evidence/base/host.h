#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace base {

/// What became of looking at a place of the host.
enum class Seen {
  ok,
  absent,      ///< There is no such file or folder.
  unreadable,  ///< It may be there, but it could not be read; the reason says why.
};

/// The contents of a file, or why there are none.
struct FileText {
  Seen seen = Seen::absent;
  std::string text;    ///< All bytes, when `seen` is ok.
  std::string reason;  ///< When unreadable, e.g. "permission denied".
};

/// The names in a folder, sorted, without "." and "..".
struct Listing {
  Seen seen = Seen::absent;
  std::vector<std::string> names;
  std::string reason;
};

/// What the file system says about a file, links followed.
struct FileStatus {
  Seen seen = Seen::absent;
  std::string reason;
  bool is_folder = false;
  std::uint64_t size = 0;   ///< Bytes.
  std::uint32_t mode = 0;   ///< Permission bits.
  std::uint32_t owner = 0;  ///< Numeric user.
};

/// The machine or root file system under observation. Every look at the outside world goes through
/// here, so a test can put a recorded machine in its place. Paths are the target's own.
class Host {
 public:
  static constexpr std::size_t kFileLimit = std::size_t{16} << 20U;  // 16 MiB

  virtual ~Host() = default;

  /// Reads all of `path`, a regular file of at most `limit` bytes; a larger one is unreadable.
  virtual FileText read_file(const std::string& path, std::size_t limit = kFileLimit) const = 0;

  virtual Listing list_folder(const std::string& path) const = 0;

  virtual FileStatus status(const std::string& path) const = 0;

  /// `path` with all symbolic links resolved as the target sees them; `path` itself where nothing
  /// is there.
  virtual std::string resolve(const std::string& path) const = 0;

  /// Where this machine finds what the target calls `path`: the same, or below the root folder.
  virtual std::string outside(const std::string& path) const = 0;

  /// The root folder of another system that is looked at, or "" for this machine itself.
  virtual const std::string& root() const = 0;

  /// The environment variable `name` as a program of the target would see it.
  virtual std::optional<std::string> environment(const std::string& name) const = 0;

  /// The names of all environment variables, in no order; none where this host does not know.
  virtual std::vector<std::string> variable_names() const { return {}; }

  /// Machine architecture of the running kernel, as uname -m; nothing if this host does not know.
  virtual std::optional<std::string> architecture() const { return std::nullopt; }

  /// Seconds since 1970-01-01T00:00:00Z.
  virtual std::int64_t now() const = 0;
};

/// This machine, or the root file system below `root` (an absolute folder) as an ordinary user sees
/// it: links that point to absolute paths stay inside. The environment of this process belongs to
/// this machine and not to another root; `overrides` belong to either.
class SystemHost : public Host {
 public:
  using Variables = std::vector<std::pair<std::string, std::string>>;
  explicit SystemHost(std::string root = {}, Variables overrides = {});

  FileText read_file(const std::string& path, std::size_t limit = kFileLimit) const override;
  Listing list_folder(const std::string& path) const override;
  FileStatus status(const std::string& path) const override;
  std::string resolve(const std::string& path) const override;
  std::string outside(const std::string& path) const override;
  const std::string& root() const override { return root_; }
  std::optional<std::string> environment(const std::string& name) const override;
  std::vector<std::string> variable_names() const override;
  std::optional<std::string> architecture() const override;
  std::int64_t now() const override;

 private:
  std::string root_;
  Variables overrides_;
};

/// `path`, a path of the system below `root`, with every link resolved inside that root: the result
/// is a path of that system too. Parts that do not exist are kept as they are. At most 40 links.
std::string resolve_below(const std::string& root, const std::string& path);

/// The folder part and the last part of `path`.
std::string folder_of(const std::string& path);
std::string name_of(const std::string& path);

}  // namespace base
