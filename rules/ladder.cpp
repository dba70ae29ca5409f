#include "rules/ladder.h"

#include <map>
#include <set>
#include <utility>

#include "evidence/base/error.h"
#include "rules/evaluate.h"
#include "rules/phrase.h"

namespace rules {
namespace {

using RuleKey = std::pair<std::string, std::string>;

std::map<RuleKey, const Rule*> rules_by_key(const std::vector<Pack>& packs) {
  std::map<RuleKey, const Rule*> rules;
  for (const Pack& pack : packs)
    for (const Rule& rule : pack.rules) rules[{pack.id, rule.id}] = &rule;
  return rules;
}

std::vector<Subject> modules_of(const std::vector<Pack>& packs, base::Database& judgement) {
  std::vector<Subject> modules;
  std::set<std::string> known;
  for (const Pack& pack : packs) {
    for (const SubjectKind& kind : pack.subjects) {
      if (kind.name != kLadderKind) continue;
      try {
        for (Subject& subject : subjects_of(kind, judgement))
          if (known.insert(subject.key).second) modules.push_back(std::move(subject));
      } catch (const base::Error&) {
        continue;  // Each rule about this kind has a result "error" that quotes this one.
      }
    }
  }
  return modules;
}

// A question that cannot arise says nothing beside one that can.
const Finding* deciding(const std::vector<const Finding*>& asked) {
  const Finding* gravest = nullptr;
  for (const Finding* finding : asked) {
    const bool first = gravest == nullptr;
    const bool set_aside = !first && finding->result == Result::notapplicable;
    const bool replaces = !first && gravest->result == Result::notapplicable;
    if (first || replaces || (!set_aside && finding->result > gravest->result)) gravest = finding;
  }
  return gravest;
}

RungResult rung_result(Rung rung, const std::vector<const Finding*>& asked) {
  const Finding* finding = deciding(asked);
  if (finding == nullptr) return {rung, Result::notchecked, "", ""};
  const std::string& why = finding->message.empty() ? finding->title : finding->message;
  return {rung, finding->result, capitalized(short_phrase(why)), finding->id};
}

}  // namespace

std::vector<Ladder> build_ladders(const std::vector<Finding>& findings,
                                  const std::vector<Pack>& packs, base::Database& judgement) {
  const auto rules = rules_by_key(packs);
  std::vector<Ladder> ladders;
  for (const Subject& module : modules_of(packs, judgement)) {
    std::map<Rung, std::vector<const Finding*>> asked;
    for (const Finding& finding : findings) {
      const Rule& rule = *rules.at({finding.pack, finding.rule});
      const bool own = rule.subject == kLadderKind && finding.subject == module.key;
      if (own || rule.on_every_ladder) asked[finding.rung].push_back(&finding);
    }
    Ladder ladder{module.key, module.label, module.place, {}, 0};
    bool holds = true;
    for (std::size_t i = 1; i < kRungNames.size(); ++i) {
      const Rung rung = static_cast<Rung>(i);
      ladder.rungs.push_back(rung_result(rung, asked[rung]));
      holds = holds && ladder.rungs.back().result == Result::pass;
      if (holds) ++ladder.holds_to;
    }
    ladders.push_back(std::move(ladder));
  }
  return ladders;
}

const RungResult& rung_of(const Ladder& ladder, Rung rung) {
  return ladder.rungs.at(static_cast<std::size_t>(rung) - 1);
}

}  // namespace rules
