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

/// The package database of a host (dpkg), read once, when it is first asked. Databases of other
/// packagers are not read, which makes the answers unreadable with the reason. The host must
/// outlive this.
class PackageDatabase {
 public:
  explicit PackageDatabase(const base::Host& host) : host_(host) {}

  /// The owners of `paths`, in their order. `hint` is a part of the packages' likely name, e.g.
  /// "ssl": lists of such packages are read first.
  std::vector<PackageOwner> owners_of(const std::vector<std::string>& paths,
                                      const std::string& hint) const;

  /// The owner of `path`.
  PackageOwner owner_of(const std::string& path, const std::string& hint) const;

 private:
  const base::Listing& listing() const;
  const std::string& status() const;

  const base::Host& host_;
  mutable std::optional<base::Listing> listing_;
  mutable std::optional<base::FileText> status_;
};

/// NULL or the name, NULL or the version: as evidence has them.
std::optional<std::string> known_name(const PackageOwner& owner);
std::optional<std::string> known_version(const PackageOwner& owner);

}  // namespace evidence::probes
