#pragma once

#include "evidence/probes/openssl_child/providers.h"
#include "evidence/probes/openssl_child/self_tests.h"

namespace evidence::probes::openssl_child {

/// Asks `provider` to run its self-tests again and records them.
void test_on_demand(const Session& session, SelfTestListener& tests,
                    const LoadedProvider& provider);

/// Tries every service of the catalogue: at `provider`, asked by name, or with nullptr as an
/// ordinary program that asks for nothing special; records what came of each.
void try_services(const Session& session, const LoadedProvider* provider);

}  // namespace evidence::probes::openssl_child
