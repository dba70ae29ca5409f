#include "rules/questions.h"

#include "evidence/base/error.h"

namespace rules {

Questions::Questions(base::Database& judgement, const std::vector<Pack>& packs)
    : judgement_(judgement) {
  for (const Pack& pack : packs) expect(pack);
}

Questions::Questions(base::Database& judgement, const Pack& pack) : judgement_(judgement) {
  expect(pack);
}

void Questions::expect(const Pack& pack) {
  for (const Rule& rule : pack.rules)
    for (const std::string* sql :
         {&rule.not_applicable, &rule.unknown, &rule.violations, &rule.evidence})
      ++asked_[*sql];
}

const Subjects& Questions::subjects(const SubjectKind& kind) {
  const auto [found, is_new] = subjects_.try_emplace(kind.sql);
  Subjects& subjects = found->second;
  if (!is_new) return subjects;
  try {
    subjects.list = subjects_of(kind, judgement_);
  } catch (const base::Error& error) {
    subjects.error = error.what();
  }
  for (const Subject& subject : subjects.list) subjects.keys.insert(subject.key);
  return subjects;
}

const Answers& Questions::ask(const std::string& sql) {
  if (const auto known = shared_.find(sql); known != shared_.end()) return known->second;
  if (asked_[sql] < 2) return own_.emplace_back(run_query(sql, judgement_));
  return shared_.emplace(sql, run_query(sql, judgement_)).first->second;
}

}  // namespace rules
