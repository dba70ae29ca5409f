#pragma once

#include "evidence/probes/openssl_child/providers.h"

namespace evidence::probes::openssl_child {

/// Records what the library says of itself.
void record_library(const Session& session);

/// Lets the library load its configuration as it does for any program that uses it, and records
/// what came of it. `loaded` is what the library answered.
bool load_configuration(const Session& session);

/// Records the default context: whether the configuration loaded, what is active, and whether the
/// default properties ask for fips=yes.
void record_default_context(const Session& session, bool loaded,
                            const std::vector<LoadedProvider>& active);

/// Asks for MD5, ChaCha20-Poly1305 and X25519 as an ordinary program would, with no property query,
/// and records what came.
void record_default_fetches(const Session& session);

/// Records the files that are mapped into this process.
void record_loaded_objects(const Session& session);

}  // namespace evidence::probes::openssl_child
