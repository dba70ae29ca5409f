#pragma once

#include <vector>

#include "rules/reference_definition.h"

namespace rules {

/// The table of the mechanisms that PKCS #11 tokens list: first as the rule pack pkcs11 knows what
/// is approved, then as it is without that pack.
std::vector<ReferenceDefinition> pkcs11_mechanism_definitions();

}  // namespace rules
