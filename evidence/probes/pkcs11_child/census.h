#pragma once

#include <cstdint>
#include <optional>

#include "evidence/drivers/pkcs11_module.h"
#include "evidence/probes/pkcs11_child/session.h"

namespace evidence::probes::pkcs11_child {

/// Counts the objects that a session sees, by class, those of the token and those of the session
/// apart, and records them under `moment`, "before" or "after". No value is read.
void count_objects(const Session& session, const drivers::Pkcs11Token& token,
                   const std::string& key, const std::string& moment);

/// How many objects a session sees; nothing if that cannot be told. Nothing is recorded: the caller
/// is in a step of its own.
std::optional<std::int64_t> object_count(const drivers::Pkcs11Token& token);

}  // namespace evidence::probes::pkcs11_child
