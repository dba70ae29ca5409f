#pragma once

#include <string>

#include "evidence/drivers/openssl_trial.h"

namespace evidence::drivers {

/// Hands the module the test key `name`, its public part or the pair. Null: the trial says why.
/// Throws Error(input) if test_keys.csv has no such key.
Handle<EVP_PKEY> import_key(Trial& trial, const std::string& name, bool with_private);

/// Makes the module generate a key pair of `algorithm` with the service's parameters bits,
/// exponent, group, domain (a test key whose p, q, g are taken). Null: the trial says why.
Handle<EVP_PKEY> generate_key(Trial& trial, const std::string& algorithm);

/// The key pair that the service's parameter `key` names, or a new one of the service's algorithm.
Handle<EVP_PKEY> key_of_service(Trial& trial);

/// A context for doing something with `key`. Null: the trial says why.
Handle<EVP_PKEY_CTX> context_for(Trial& trial, EVP_PKEY* key);

/// Does the library accept what `key` signed with SHA-256, and refuse it for another message?
bool signs_and_verifies(Trial& trial, EVP_PKEY* key);

}  // namespace evidence::drivers
