#pragma once

#include <vector>

#include "rules/reference_definition.h"

namespace rules {

/// The tables about what sessions with PKCS #11 tokens showed: sessions and logins, keys,
/// certificates, claims.
std::vector<ReferenceDefinition> pkcs11_object_definitions();

}  // namespace rules
