#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/probes/openssl_configuration.h"
#include "evidence/probes/package.h"
#include "evidence/recorder.h"

namespace evidence::probes {

/// A provider file that libcrypto of the target could load.
struct ProviderFile {
  std::string module;    ///< Subject in evidence, e.g. "openssl:fips".
  std::string provider;  ///< Name that it is loaded by.
  std::string path;      ///< Links resolved, as the target names it.
  bool fips = false;     ///< Name, configuration or contents say that it is a FIPS provider.
};

/// Records the files of the modules folder and those that the configuration names, and for FIPS
/// providers the integrity value: HMAC-SHA-256 over the file under OpenSSL's published key,
/// recomputed here and compared with module-mac. No file is loaded. A file that another one of the
/// same name hides from libcrypto has its path for a name.
std::vector<ProviderFile> probe_provider_files(Recorder& record,
                                               const OpensslConfiguration& configuration,
                                               const PackageDatabase& packages);

/// The integrity value that fips.so of OpenSSL 3 computes over itself at load, 32 raw bytes.
std::string fips_module_mac(std::string_view file);

}  // namespace evidence::probes
