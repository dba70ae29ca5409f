#pragma once

#include <string>
#include <vector>

#include "evidence/probes/openssl_child/session.h"

namespace evidence::probes::openssl_child {

/// A provider that is loaded in the default context.
struct LoadedProvider {
  OSSL_PROVIDER* handle = nullptr;
  std::string name;   ///< What it is loaded by, e.g. "fips".
  bool fips = false;  ///< It claims to be a FIPS provider, as far as is known.
};

/// The providers that are active in the default context, in the library's order. None of their code
/// is run for that: only the one called "fips" counts as a FIPS provider so far.
std::vector<LoadedProvider> active_providers(const Session& session);

/// Asks `provider` what it is and everything it offers, and records that. `active` tells whether an
/// ordinary program of the target gets it.
void record_provider(const Session& session, LoadedProvider& provider, bool active);

/// Records that the provider `name` could not be loaded, with the first error of the library.
void record_failed_load(const Session& session, const std::string& name, const std::string& error);

}  // namespace evidence::probes::openssl_child
