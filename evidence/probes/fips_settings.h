#pragma once

#include <map>
#include <optional>
#include <string>

#include "evidence/probes/openssl_configuration.h"
#include "evidence/recorder.h"

namespace evidence::probes {

/// Records every key that a FIPS provider of OpenSSL 3.0 to 4.0 reads from its configuration
/// section, set or not, for `module` ("openssl:fips", of which "fips" is the provider's name).
/// Without `version` (as the provider reports it, e.g. "3.0.20"), or for one that this program does
/// not know, what depends on the version stays NULL. `reported` is what the loaded provider says.
void record_fips_settings(Recorder& record, const std::string& module,
                          const std::optional<std::string>& version,
                          const OpensslConfiguration& configuration,
                          const std::map<std::string, std::string>& reported);

}  // namespace evidence::probes
