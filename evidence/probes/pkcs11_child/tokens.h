#pragma once

#include "evidence/probes/pkcs11_child/library.h"

namespace evidence::probes::pkcs11_child {

/// Records every slot of the module, the tokens that the target asks for, and their mechanisms. No
/// session is opened.
void record_slots(const Session& session, const Module& module);

}  // namespace evidence::probes::pkcs11_child
