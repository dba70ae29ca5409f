#pragma once

#include "evidence/probes/pkcs11_child/token_session.h"

namespace evidence::probes::pkcs11_child {

/// Opens a session with the token that the task names, tries every service of the catalogue, each
/// as a step of its own, and counts the objects before and after. The session only reads: no object
/// can outlive it.
void exercise_token(const Session& session);

/// The same in a session that is open, in which the user is logged in: its PIN is not given again.
void exercise_logged_in(const TokenSession& token);

}  // namespace evidence::probes::pkcs11_child
