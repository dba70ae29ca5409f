#pragma once

#include <string>
#include <vector>

#include "rules/pack.h"

namespace rules {

/// Where the requirements that packs list and the rules that cite them do not go together, as
/// `file:line: kind: message`: a class that says that rules speak to a requirement which none
/// cites, or the other way round; a citation of a requirement that the list lacks. The class of a
/// requirement follows from the rules of all `packs`, so give all there are; what is said is about
/// those called `about`.
std::vector<std::string> lint_requirements(const std::vector<Pack>& packs,
                                           const std::vector<std::string>& about);

/// The ids of the rules of `packs` that cite `requirement` of `standard`, in their order.
std::vector<std::string> rules_citing(const std::vector<Pack>& packs, const std::string& standard,
                                      const std::string& requirement);

}  // namespace rules
