#include "rules/ladder.h"

#include <map>
#include <set>
#include <utility>

#include "evidence/base/error.h"
#include "rules/evaluate.h"
#include "rules/phrase.h"

namespace rules {
namespace {

using RuleKey = std::pair<std::string_view, std::string_view>;

std::map<RuleKey, const Rule*> rules_by_key(const std::vector<Pack>& packs) {
  std::map<RuleKey, const Rule*> rules;
  for (const Pack& pack : packs)
    for (const Rule& rule : pack.rules) rules[{pack.id, rule.id}] = &rule;
  return rules;
}

std::vector<Subject> modules_of(const std::vector<Pack>& packs, base::Database& judgement) {
  std::vector<Subject> modules;
  std::set<std::string> known, asked;
  for (const Pack& pack : packs) {
    for (const SubjectKind& kind : pack.subjects) {
      if (kind.name != kLadderKind || !asked.insert(kind.sql).second) continue;
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

using ByRung = std::map<Rung, std::vector<const Finding*>>;

// What was asked, in the order of the findings.
struct Asked {
  std::map<std::string_view, ByRung> own;  // about a module itself, by its key
  ByRung shared;                           // of rules that say ladder="all"
};

Asked asked_in(const std::vector<Finding>& findings, const std::vector<Pack>& packs) {
  const std::map<RuleKey, const Rule*> rules = rules_by_key(packs);
  Asked asked;
  for (const Finding& finding : findings) {
    const Rule& rule = *rules.at({finding.pack, finding.rule});
    if (rule.on_every_ladder) {
      asked.shared[finding.rung].push_back(&finding);
    } else if (rule.subject == kLadderKind) {
      asked.own[finding.subject][finding.rung].push_back(&finding);
    }
  }
  return asked;
}

// A question that cannot arise says nothing beside one that can.
const Finding* gravest_of(const std::vector<const Finding*>& findings) {
  const Finding* gravest = nullptr;
  for (const Finding* finding : findings) {
    const bool first = gravest == nullptr;
    const bool set_aside = !first && finding->result == Result::notapplicable;
    const bool replaces = !first && gravest->result == Result::notapplicable;
    if (first || replaces || (!set_aside && finding->result > gravest->result)) gravest = finding;
  }
  return gravest;
}

// A rule about the host can break a rung of every module. It cannot make one pass where no question
// about the module itself was asked or arises: without a certificate, a fresh snapshot makes none
// Active.
const Finding* deciding(const Finding* own, const Finding* shared) {
  if (shared == nullptr) return own;
  if (own == nullptr || own->result == Result::notapplicable)
    return shared->result > Result::notapplicable ? shared : own;
  return gravest_of({own, shared});
}

RungResult rung_result(Rung rung, ByRung& own, ByRung& shared) {
  const Finding* finding = deciding(gravest_of(own[rung]), gravest_of(shared[rung]));
  if (finding == nullptr) return {rung, Result::notchecked, "", ""};
  const std::string& why = finding->message.empty() ? finding->title : finding->message;
  return {rung, finding->result, short_phrase(why), finding->id};
}

}  // namespace

std::vector<Ladder> build_ladders(const std::vector<Finding>& findings,
                                  const std::vector<Pack>& packs, base::Database& judgement) {
  Asked asked = asked_in(findings, packs);
  std::vector<Ladder> ladders;
  for (const Subject& module : modules_of(packs, judgement)) {
    Ladder ladder{module.key, module.label, module.place, {}, 0};
    bool holds = true;
    for (std::size_t i = 1; i < kRungNames.size(); ++i) {
      const Rung rung = static_cast<Rung>(i);
      ladder.rungs.push_back(rung_result(rung, asked.own[module.key], asked.shared));
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
