#pragma once

#include "evidence/probes/pkcs11_child/session.h"

namespace evidence::probes::pkcs11_child {

/// Records which functions of the standard the module has. `list` is that of C_GetFunctionList;
/// `newest` is the newest list of an interface, null if there is none: it is read as far as its
/// version goes. Nothing is called.
void record_functions(const Session& session, const drivers::cryptoki::CK_FUNCTION_LIST& list,
                      const drivers::cryptoki::CK_FUNCTION_LIST* newest);

}  // namespace evidence::probes::pkcs11_child
