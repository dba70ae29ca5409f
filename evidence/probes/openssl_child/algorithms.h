#pragma once

#include "evidence/probes/openssl_child/providers.h"

namespace evidence::probes::openssl_child {

/// The highest number of an operation of providers, OSSL_OP_STORE of <openssl/core_dispatch.h>.
constexpr int kLastOperation = 22;

/// Records every algorithm that `provider` lists under `source`, which feeds table algorithm.
void record_algorithms(const Session& session, const LoadedProvider& provider, Source& source);

}  // namespace evidence::probes::openssl_child
