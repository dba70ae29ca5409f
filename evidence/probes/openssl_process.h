#pragma once

#include <set>
#include <string>

#include "evidence/probes/foreign_process.h"

namespace evidence::probes {

/// The name of the program that loads the target's libcrypto.
constexpr const char* kOpensslProbeProgram = "assay-probe-openssl";

/// What the OpenSSL probe program is to do.
struct OpensslTask {
  std::string library;         ///< libcrypto, as the target names it.
  std::string provider;        ///< A provider to load by name; "" for the default context.
  bool meant_as_fips = false;  ///< File or configuration say that the provider is a FIPS provider.
  bool preferred = false;      ///< The library is the one that programs get.
  bool describe_only = false;  ///< Only what the library says of itself.
  bool exercise = false;       ///< Self-tests on demand and the catalogue of services.
};

/// How to start the OpenSSL probe program for `host`.
ForeignStart start_of(const base::Host& host, const OpensslTask& task,
                      const std::set<std::string>& skip, int log_descriptor);

}  // namespace evidence::probes
