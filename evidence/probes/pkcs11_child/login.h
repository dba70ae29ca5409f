#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/probes/pkcs11_child/tokens.h"

namespace evidence::probes::pkcs11_child {

/// Which of `tokens` the PIN of this run is for: the one that takes a PIN. Nothing if there is none
/// or if there are several, for a PIN is never tried on a token that it may not belong to.
const Token* token_to_log_in(const std::vector<Token>& tokens);

/// Why the user must not or need not be logged in to `token`; nothing if it is to be tried.
/// `chosen` is what token_to_log_in said.
std::optional<std::string> reason_not_to_log_in(const Task& task, const Token& token,
                                                const Token* chosen);

/// Logs in as the user, once, and records what came of it. True if the user is logged in. The PIN
/// is gone afterwards.
bool log_in(const Session& session, const Module& module, const Token& token,
            drivers::cryptoki::CK_SESSION_HANDLE handle);

/// Records why the user was not logged in to `token`.
void record_no_login(const Session& session, const Token& token, const std::string& reason);

}  // namespace evidence::probes::pkcs11_child
