#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "evidence/base/sqlite.h"

namespace cmvp {

/// Something about a certificate that is another in a newer snapshot.
struct Change {
  std::int64_t certificate = 0;
  std::string name, vendor;  ///< As the newer snapshot has them, if it has the certificate.
  std::string kind;          ///< new, gone, status, sunset, versions, environments or caveats
  std::string before, after;
};

/// What changed from the snapshot `before` to `after`, by certificate number. A sunset date that is
/// no longer there is no change: the list drops it once a certificate is Historical.
std::vector<Change> changes_between(const base::Database& before, const base::Database& after);

}  // namespace cmvp
