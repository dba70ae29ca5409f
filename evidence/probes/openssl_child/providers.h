#pragma once

#include <string>
#include <vector>

#include "evidence/probes/openssl_child/session.h"

namespace evidence::probes::openssl_child {

/// A provider that is loaded in the default context.
struct LoadedProvider {
  OSSL_PROVIDER* handle = nullptr;
  std::string name;   ///< What it is loaded by, e.g. "fips".
  bool fips = false;  ///< It claims to be a FIPS provider.
};

/// The providers that are active in the default context, in the library's order.
std::vector<LoadedProvider> active_providers(const Session& session);

/// Records what `provider` says of itself and everything it offers. `active` tells whether an
/// ordinary program of the target gets it.
void record_provider(const Session& session, const LoadedProvider& provider, bool active);

/// Records that the provider `name` could not be loaded, with the first error of the library.
void record_failed_load(const Session& session, const std::string& name, const std::string& error);

}  // namespace evidence::probes::openssl_child
