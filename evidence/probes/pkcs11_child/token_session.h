#pragma once

#include <set>
#include <string>
#include <vector>

#include "evidence/probes/pkcs11_child/tokens.h"

namespace evidence::probes::pkcs11_child {

/// A read-only session with a token.
struct TokenSession {
  const Session& session;
  const Module& module;
  const Token& token;
  drivers::cryptoki::CK_SESSION_HANDLE handle = 0;
  bool logged_in = false;     ///< The user is.
  bool sees_private = false;  ///< Private objects can be seen.

  /// A call about this token, e.g. "C_FindObjects(slot 1)".
  std::string step(const std::string& function) const {
    return function + "(slot " + std::to_string(token.slot) + ")";
  }

  /// Records an oddity that many objects may share, once.
  void odd_once(const std::string& what, const std::string& oddity) const {
    if (said.insert(what + oddity).second) session.odd(what, oddity);
  }

  mutable std::set<std::string> said = {};
};

/// Opens a read-only session with each token, one after the other, logs in where that was asked
/// for, to the last of them, and records what can be read there. A token that refuses the PIN is
/// left alone.
void look_into(const Session& session, const Module& module, const std::vector<Token>& tokens);

}  // namespace evidence::probes::pkcs11_child
