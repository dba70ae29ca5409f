#pragma once

#include "evidence/probes/openssl_child/session.h"

namespace evidence::probes::openssl_child {

/// Loads the libssl that lies beside the libcrypto, makes it begin a connection to nobody, as a
/// program that sets nothing would, and records what its ClientHello offers. No network is touched.
void record_tls_defaults(const Session& session);

}  // namespace evidence::probes::openssl_child
