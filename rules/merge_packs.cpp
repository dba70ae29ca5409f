#include "rules/merge_packs.h"

#include <algorithm>

namespace rules {
namespace {

// Takes the rule `id` out of the built-in packs.
void take_out(const std::string& id, std::vector<Pack>& packs,
              std::map<std::string, std::string>& replaced) {
  for (Pack& pack : packs) {
    if (!pack.built_in) continue;
    const auto gone = std::remove_if(pack.rules.begin(), pack.rules.end(),
                                     [&](const Rule& rule) { return rule.id == id; });
    if (gone != pack.rules.end()) replaced[id] = pack.id;
    pack.rules.erase(gone, pack.rules.end());
  }
}

}  // namespace

std::vector<Pack> merged(std::vector<Pack> packs) {
  for (Pack& pack : packs)
    if (!pack.built_in)
      for (const Rule& rule : pack.rules) take_out(rule.id, packs, pack.replaced);
  return packs;
}

std::string replacement_words(const Pack& pack, const std::string& rule) {
  const auto found = pack.replaced.find(rule);
  if (found == pack.replaced.end()) return {};
  return "(this rule of the pack " + pack.id + " stands in place of the built-in one of " +
         found->second + ")";
}

}  // namespace rules
