#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evidence/base/host.h"

namespace evidence::probes {

/// One `name = value` of an OpenSSL configuration, variables expanded.
struct ConfSetting {
  std::string section;  ///< "default" before the first section header.
  std::string name;
  std::string value;
  std::string file;
  std::int64_t line = 0;  ///< Line of that file where it starts, from 1.
};

/// One file or folder that an `.include` asks for.
struct ConfInclude {
  std::string path;  ///< As it is opened, the include folder in front.
  base::Seen seen = base::Seen::absent;
  std::string reason;  ///< Why it was not read, "" if it was.
  std::string file;    ///< Where the `.include` stands.
  std::int64_t line = 0;
};

/// Where OpenSSL stops reading. It then drops all of the configuration.
struct ConfError {
  std::string file;
  std::int64_t line = 0;
  std::string message;
};

/// An OpenSSL configuration, file and all that it includes, as config(5) defines the language.
class OpensslConf {
 public:
  /// All settings in the order in which they are read, those that a later one replaces too.
  const std::vector<ConfSetting>& settings() const { return settings_; }
  const std::vector<ConfInclude>& includes() const { return includes_; }

  /// Set when OpenSSL would give up, or when a limit of this reader is reached.
  const std::optional<ConfError>& error() const { return error_; }

  /// True if the file was there and could be read.
  base::Seen seen() const { return seen_; }
  const std::string& reason() const { return reason_; }

  /// The names of all sections, those without a setting too.
  const std::set<std::string, std::less<>>& sections() const { return sections_; }

  /// True if a header or a setting makes a section of that name.
  bool has_section(std::string_view section) const;

  /// The settings in force in a section, in the order in which OpenSSL walks through them: of equal
  /// names the last one counts, at its place.
  std::vector<ConfSetting> section(std::string_view section) const;

  /// The setting in force, also one of the default section if `section` has none (as OpenSSL looks
  /// names up). The pointer lives as long as this object.
  const ConfSetting* find(const std::string& section, const std::string& name) const;

 private:
  friend class ConfReader;
  base::Seen seen_ = base::Seen::absent;
  std::string reason_;
  std::vector<ConfSetting> settings_;
  std::vector<ConfInclude> includes_;
  std::set<std::string, std::less<>> sections_;
  std::map<std::pair<std::string, std::string>, std::size_t> last_;
  std::optional<ConfError> error_;
};

/// Reads the configuration file `path` of the host with all that it includes. Never throws for what
/// stands in it: `seen`, `reason` and `error` of the result say what came of it. At most 16 MiB,
/// 256 files and 32 levels are read; a configuration beyond that is an error.
OpensslConf read_openssl_conf(const base::Host& host, const std::string& path);

}  // namespace evidence::probes
