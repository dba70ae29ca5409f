#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evidence/recorder.h"

namespace evidence::probes {

/// Reads all that can be known of the target's OpenSSL without executing any of it: library files,
/// the effective configuration, provider files and their integrity values.
void probe_openssl_files(Recorder& record);

/// A FIPS provider, as far as it is known from loading it.
struct FipsModule {
  std::string module;  ///< subject key, e.g. openssl:fips
  std::optional<std::string> version;
  std::map<std::string, std::string> reported;  ///< parameters that it answered
};

/// Records every key of fipsmodule.cnf for each of `modules`, from the target's configuration.
void record_all_fips_settings(Recorder& record, const std::vector<FipsModule>& modules);

}  // namespace evidence::probes
