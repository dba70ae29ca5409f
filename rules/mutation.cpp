#include "rules/mutation.h"

#include <array>
#include <map>
#include <tuple>

#include "evidence/base/csv.h"
#include "evidence/base/error.h"
#include "rules/rule_case.h"
#include "rules/sql_mutation.h"

namespace rules {
namespace {

struct MutatedRule {
  Mutant mutant;
  Rule rule;
};

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

// The reviewed list of mutants that survive for a reason.
class Survivors {
 public:
  explicit Survivors(const std::string& text) {
    if (text.empty()) return;
    const base::Csv csv = base::parse_csv(text, kSurvivorsFile);
    const std::size_t rule = csv.column("rule"), part = csv.column("part"),
                      mutant = csv.column("mutant"), reason = csv.column("reason");
    int line = 1;
    for (const auto& row : csv.rows) {
      ++line;
      const std::string where = std::string(kSurvivorsFile) + ":" + std::to_string(line);
      if (row[reason].empty()) mistakes_.push_back(where + ": a mutant without a reason");
      if (!lines_.emplace(Key{row[rule], row[part], row[mutant]}, where).second)
        mistakes_.push_back(where + ": the same mutant a second time");
    }
  }

  bool take(const Mutant& mutant) { return lines_.erase(key_of(mutant)) > 0; }

  void refuse_killed(const Mutant& mutant) {
    if (const auto found = lines_.find(key_of(mutant)); found != lines_.end()) {
      mistakes_.push_back(found->second + ": a test kills this mutant; take it off the list");
      lines_.erase(found);
    }
  }

  /// What is wrong with the list, when every mutant was tried.
  std::vector<std::string> mistakes(bool all_tried) {
    if (all_tried)
      for (const auto& [key, where] : lines_)
        mistakes_.push_back(where + ": rule " + std::get<0>(key) +
                            " has no such mutant any more; review it anew");
    return std::move(mistakes_);
  }

 private:
  using Key = std::tuple<std::string, std::string, std::string>;
  static Key key_of(const Mutant& mutant) { return {mutant.rule, mutant.part, mutant.change}; }

  std::map<Key, std::string> lines_;
  std::vector<std::string> mistakes_;
};

void require_sound(const Rule& rule, std::vector<RuleCase>& cases,
                   const std::vector<SubjectKind>& subjects) {
  for (RuleCase& one : cases)
    if (const std::string why = one.complaint(rule, subjects); !why.empty())
      throw base::Error(base::ErrorKind::input,
                        one.origin + ": rule " + rule.id + ": " + why +
                            "; repair the rule or the test first (assay rules test)");
}

bool is_killed(const Rule& mutant, std::vector<RuleCase>& cases,
               const std::vector<SubjectKind>& subjects) {
  for (RuleCase& one : cases)
    if (!one.complaint(mutant, subjects).empty()) return true;
  return false;
}

}  // namespace

double MutationReport::score() const {
  const int deadly = mutants - equivalent;
  return deadly == 0 ? 100.0 : 100.0 * killed / deadly;
}

MutationReport mutate(const Pack& pack, const Prepare& prepare, const MutationOptions& options) {
  const RuleCases cases(pack, prepare);
  Survivors survivors(options.survivors);
  MutationReport report;
  int number = 0;
  for (const Rule& rule : pack.rules) {
    std::vector<RuleCase> evidence = cases.of(rule);
    require_sound(rule, evidence, pack.subjects);
    for (const MutatedRule& mutated : Mutants(rule, cases.empty()).all()) {
      if (number++ % options.every != 0) continue;
      ++report.mutants;
      if (is_killed(mutated.rule, evidence, pack.subjects)) {
        ++report.killed;
        survivors.refuse_killed(mutated.mutant);
      } else if (survivors.take(mutated.mutant)) {
        ++report.equivalent;
      } else {
        report.survivors.push_back(mutated.mutant);
      }
    }
  }
  report.mistakes = survivors.mistakes(options.every == 1);
  return report;
}

}  // namespace rules
