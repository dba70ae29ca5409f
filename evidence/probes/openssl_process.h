#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "evidence/base/host.h"
#include "evidence/base/process.h"

namespace evidence::probes {

/// What the OpenSSL probe program is to do.
struct OpensslTask {
  std::string library;         ///< libcrypto, as the target names it.
  std::string provider;        ///< A provider to load by name; "" for the default context.
  bool meant_as_fips = false;  ///< File or configuration say that the provider is a FIPS provider.
  bool preferred = false;      ///< The library is the one that programs get.
  bool describe_only = false;  ///< Only what the library says of itself.
  bool exercise = false;       ///< Self-tests on demand and the catalogue of services.
};

/// The path of the program that loads the target's libcrypto: beside this program, or where it is
/// installed. Nothing if it is in neither place.
std::optional<std::string> openssl_probe_program();

/// How to start the OpenSSL probe program for `host`: directly for this machine, under the target's
/// own dynamic loader and libraries for another root. `program.arguments` is empty and `reason`
/// says why if it cannot be.
struct OpensslStart {
  base::ChildProgram program;
  std::string reason;
};
OpensslStart start_of(const base::Host& host, const OpensslTask& task,
                      const std::set<std::string>& skip, int log_descriptor);

}  // namespace evidence::probes
