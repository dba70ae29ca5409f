#include "cmvp/caveat.h"

#include <algorithm>
#include <utility>

namespace cmvp {
namespace {

constexpr std::pair<std::string_view, std::string_view> kCaveats[] = {
    {"approved_mode_required", "holds when operated in approved mode"},
    {"configuration_required",
     "holds when installed, initialized and configured as the Security Policy says"},
    {"no_assurance_min_strength_generated",
     "no assurance of the minimum strength of generated keys"},
    {"entropy_limits_strength", "the strength of generated keys is limited by available entropy"},
    {"tamper_seals_required", "holds with tamper seals in place"},
    {"bound_modules", "holds with another validated module, in its approved mode"},
    {"no_assurance_externally_loaded",
     "no assurance of the security of keys that are loaded from outside"},
    {"interim_validation", "interim validation"},
    {"embedded_module", "contains another validated module"},
};

}  // namespace

std::string caveat_words(std::string_view flag) {
  for (const auto& [known, words] : kCaveats)
    if (known == flag) return std::string(words);
  std::string words(flag);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

}  // namespace cmvp
