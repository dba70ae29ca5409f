#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "cmvp/certificates.h"
#include "cmvp/module_match.h"

namespace cmvp {

/// A certificate that touches modules of ours.
struct WatchedCertificate {
  std::vector<std::string> modules;  ///< "openssl:fips (OpenSSL FIPS Provider 3.1.2)"
  /// A module matches it exactly, or matches one that rests on it; if not, it only has the name of
  /// a module, and may come to cover it.
  bool relied_on = false;
};

/// The certificates that touch `modules`, by number.
std::map<std::int64_t, WatchedCertificate> watched_certificates(
    const std::vector<ReportedModule>& modules, Certificates& certificates,
    const std::string& as_of);

/// A sunset date that comes.
struct Sunset {
  std::int64_t certificate = 0;
  std::string name, vendor, date, as_of;  ///< `as_of`: the day on which the date was read.
  std::int64_t days = 0;                  ///< From the date judged.
  std::vector<std::int64_t> successors;   ///< Inferred from name and vendor, not said by CMVP.
};

/// The certificates Active on `as_of` whose last known sunset lies within `days` days after it, the
/// day itself included, soonest first. Throws Error(usage) if `as_of` is no date.
std::vector<Sunset> sunsets_ahead(const base::Database& snapshot, const std::string& as_of,
                                  std::int64_t days);

}  // namespace cmvp
