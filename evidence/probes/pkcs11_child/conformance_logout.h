#pragma once

#include "evidence/probes/pkcs11_child/token_session.h"

namespace evidence::probes::pkcs11_child {

/// Logs out of the session of `token`, in which the user is logged in, and holds what follows
/// against what PKCS #11 asks for. No object is made for it: without a private object that can be
/// seen before, the checks about such objects are not applicable.
void log_out_on_trial(const TokenSession& token);

}  // namespace evidence::probes::pkcs11_child
