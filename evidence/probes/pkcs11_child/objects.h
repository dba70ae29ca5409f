#pragma once

#include "evidence/probes/pkcs11_child/token_session.h"

namespace evidence::probes::pkcs11_child {

/// Finds every object that can be seen in the session and records what it is: keys and their
/// policies, certificates, what the module claims of itself, and how many there are of the rest.
/// The value of a key is never asked for.
void record_objects(const TokenSession& token);

}  // namespace evidence::probes::pkcs11_child
