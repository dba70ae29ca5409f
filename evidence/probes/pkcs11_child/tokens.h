#pragma once

#include <map>
#include <string>
#include <vector>

#include "evidence/probes/pkcs11_child/library.h"

namespace evidence::probes::pkcs11_child {

/// A token that was found and that was asked for.
struct Token {
  drivers::cryptoki::CK_SLOT_ID slot = 0;
  std::string key;  ///< Subject key, e.g. "pkcs11:token=a;serial=1".
  drivers::cryptoki::CK_FLAGS flags = 0;
  /// What it lists and says of each.
  std::map<drivers::cryptoki::CK_MECHANISM_TYPE, drivers::cryptoki::CK_FLAGS> mechanisms = {};
};

/// Records every slot of the module, the tokens that the target asks for, and their mechanisms. No
/// session is opened. Returns those tokens.
std::vector<Token> record_slots(const Session& session, const Module& module);

}  // namespace evidence::probes::pkcs11_child
