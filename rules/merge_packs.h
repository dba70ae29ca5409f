#pragma once

#include <vector>

#include "rules/pack.h"

namespace rules {

/// `packs` as one set of rules: a rule of a pack that is not built in stands for the built-in rules
/// of the same id, which are taken out, and its pack says so (`Pack::replaced`).
std::vector<Pack> merged(std::vector<Pack> packs);

/// The words that the message of each finding of `rule` carries if it stands for another one, or
/// "": so every report shows it.
std::string replacement_words(const Pack& pack, const std::string& rule);

}  // namespace rules
