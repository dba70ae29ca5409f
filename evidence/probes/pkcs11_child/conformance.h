#pragma once

#include "evidence/probes/pkcs11_child/session.h"

namespace evidence::probes::pkcs11_child {

/// Holds the module, or one of its tokens, against what PKCS #11 asks for, one check after the
/// other, and records what came of each. Nothing is put on the token: what is made are objects of a
/// session that ends with the check. No login.
void record_conformance(const Session& session);

}  // namespace evidence::probes::pkcs11_child
