#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/base/host.h"

namespace evidence::probes {

/// The package that owns a file, or why that is not known.
struct PackageOwner {
  std::string name;                      ///< "" when no package owns the file, or nobody can tell.
  std::string version;                   ///< "" when it is not known.
  base::Seen seen = base::Seen::absent;  ///< ok: owned. absent: a database says no package owns it.
  std::string reason;                    ///< Why nothing is known, when unreadable.
  std::string database;                  ///< File that says so, or that could not be read.
};

/// Finds the owner of each path in the package database of the host (dpkg), in the same order.
/// `hint` is a part of the package's likely name, e.g. "ssl": lists of such packages are read
/// first. Databases of other packagers are not read, which makes the answer unreadable with the
/// reason.
std::vector<PackageOwner> owners_of(const base::Host& host, const std::vector<std::string>& paths,
                                    const std::string& hint);

/// The owner of one path.
PackageOwner owner_of(const base::Host& host, const std::string& path, const std::string& hint);

/// NULL or the name, NULL or the version: as evidence has them.
std::optional<std::string> known_name(const PackageOwner& owner);
std::optional<std::string> known_version(const PackageOwner& owner);

}  // namespace evidence::probes
