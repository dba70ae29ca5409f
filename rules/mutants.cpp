#include "rules/mutants.h"

#include <algorithm>
#include <array>

#include "evidence/base/error.h"
#include "rules/sql_mutation.h"

namespace rules {
namespace {

// A part of a rule that is one query, which may be missing.
struct QueryPart {
  const char* name;
  std::string Rule::*sql;
  bool optional;
};

constexpr std::array kQueries = {QueryPart{"violations", &Rule::violations, false},
                                 QueryPart{"unknown", &Rule::unknown, true},
                                 QueryPart{"not-applicable", &Rule::not_applicable, true}};

bool is_valid(const std::string& sql, const base::Database& db) {
  try {
    db.prepare(sql);
    return true;
  } catch (const base::Error&) {
    return false;
  }
}

class Mutants {
 public:
  Mutants(const Rule& rule, const base::Database& empty) : rule_(rule), empty_(empty) {
    // Evidence only tells; it decides nothing.
    rule_.evidence.clear();
  }

  std::vector<MutatedRule> all() {
    for (const QueryPart& part : kQueries) change_query(part);
    for (std::size_t i = 0; i < rule_.needs.size(); ++i) change_need(i);
    return std::move(mutants_);
  }

 private:
  void add(const char* part, std::string change, Rule changed) {
    mutants_.push_back({{rule_.id, part, std::move(change), rule_.origin}, std::move(changed)});
  }

  void change_query(const QueryPart& part) {
    const std::string& sql = rule_.*part.sql;
    if (sql.empty()) return;
    for (SqlMutation& mutation : sql_mutations(sql)) {
      if (!is_valid(mutation.sql, empty_)) continue;
      Rule changed = rule_;
      changed.*part.sql = std::move(mutation.sql);
      add(part.name, std::move(mutation.name), std::move(changed));
    }
    if (!part.optional) return;
    Rule changed = rule_;
    (changed.*part.sql).clear();
    add(part.name, "left out", std::move(changed));
  }

  void change_need(std::size_t i) {
    const Need& need = rule_.needs[i];
    Rule changed = rule_;
    const Result other = need.when_empty == Result::pass ? Result::unknown : Result::pass;
    changed.needs[i].when_empty = other;
    add("needs",
        need.table + ": when-empty " + std::string(name_of(need.when_empty)) + " -> " +
            std::string(name_of(other)),
        std::move(changed));
  }

  Rule rule_;
  const base::Database& empty_;
  std::vector<MutatedRule> mutants_;
};

}  // namespace

std::vector<MutatedRule> mutants_of(const Rule& rule, const base::Database& empty) {
  return Mutants(rule, empty).all();
}

bool is_noticed(const Rule& mutant, std::vector<RuleCase>& cases,
                const std::vector<SubjectKind>& subjects) {
  return std::any_of(cases.begin(), cases.end(),
                     [&](RuleCase& one) { return !one.complaint(mutant, subjects).empty(); });
}

}  // namespace rules
