#pragma once

#include "evidence/drivers/pkcs11_module.h"
#include "evidence/probes/pkcs11_child/session.h"

namespace evidence::probes::pkcs11_child {

/// Times what the module does, again and again for a fifth of a second each, at 1, 4 and 16
/// threads: opening and closing a session, a search over all objects, and signatures with session
/// objects. One thread only where the module does not take threads.
void measure(const Session& session, const drivers::Pkcs11Token& token, const std::string& key,
             bool takes_threads);

}  // namespace evidence::probes::pkcs11_child
