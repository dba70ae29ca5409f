#include "rules/requirement_lint.h"

#include <algorithm>
#include <set>

namespace rules {
namespace {

bool cites(const Rule& rule, const std::string& standard, const std::string& requirement) {
  return std::any_of(rule.citations.begin(), rule.citations.end(), [&](const Citation& cite) {
    return cite.standard == standard && cite.clause == requirement;
  });
}

void check_classes(const Pack& pack, const std::vector<Pack>& packs,
                   std::vector<std::string>& remarks) {
  for (const Requirement& one : pack.requirements) {
    const bool cited = !rules_citing(packs, pack.requirement_standard, one.id).empty();
    if (cited == rules_speak(one.reach)) continue;
    remarks.push_back(one.origin + ": error: requirement " + one.id + " is called " +
                      std::string(name_of(one.reach)) +
                      (cited ? ", but a rule cites it" : ", but no rule cites it"));
  }
}

// A clause such as "area 7" or "AS05.05 and others" is no requirement of the list, and is told.
void check_citations(const Pack& pack, const std::vector<Pack>& packs,
                     const std::vector<std::string>& about, std::vector<std::string>& remarks) {
  std::set<std::string> known;
  for (const Requirement& one : pack.requirements) known.insert(one.id);
  for (const Pack& other : packs) {
    if (std::find(about.begin(), about.end(), other.id) == about.end()) continue;
    for (const Rule& rule : other.rules)
      for (const Citation& cite : rule.citations)
        if (cite.standard == pack.requirement_standard && !known.contains(cite.clause))
          remarks.push_back(rule.origin + ": error: rule " + rule.id + " cites " + cite.standard +
                            ", " + cite.clause + ", which pack " + pack.id + " does not list");
  }
}

}  // namespace

std::vector<std::string> rules_citing(const std::vector<Pack>& packs, const std::string& standard,
                                      const std::string& requirement) {
  std::vector<std::string> ids;
  for (const Pack& pack : packs)
    for (const Rule& rule : pack.rules)
      if (cites(rule, standard, requirement)) ids.push_back(rule.id);
  return ids;
}

std::vector<std::string> lint_requirements(const std::vector<Pack>& packs,
                                           const std::vector<std::string>& about) {
  std::vector<std::string> remarks;
  for (const Pack& pack : packs) {
    if (pack.requirements.empty()) continue;
    if (std::find(about.begin(), about.end(), pack.id) != about.end())
      check_classes(pack, packs, remarks);
    check_citations(pack, packs, about, remarks);
  }
  return remarks;
}

}  // namespace rules
