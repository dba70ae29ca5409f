#pragma once

#include <string>
#include <vector>

#include "rules/pack.h"

namespace cli {

/// docs/coverage.md: every requirement that the packs list, how far rules show it, which, and what
/// remains for a person.
std::string coverage_page(const std::vector<rules::Pack>& packs);

/// The same for a terminal: how many requirements of each area are of which class, and one line for
/// each requirement.
std::string coverage_text(const std::vector<rules::Pack>& packs);

}  // namespace cli
