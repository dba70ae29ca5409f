#include "rules/mutants.h"

#include <algorithm>
#include <array>

#include "evidence/base/error.h"
#include "rules/sql.h"
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

// True if every subject of `kind` is a row of `table`: its query reads the subject from this table
// alone, and so gives none that has no row there.
bool comes_from(const SubjectKind& kind, const std::string& table) {
  const std::vector<SqlToken> tokens = sql_tokens(kind.sql);
  std::size_t from = tokens.size();
  std::string subject;
  for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
    if (tokens[i].depth != 0) continue;
    if (tokens[i].text == "union" || tokens[i].text == "join") return false;
    if (tokens[i].text == "from" && from == tokens.size()) from = i;
    if (tokens[i].text == "as" && tokens[i + 1].text == "subject" &&
        tokens[i - 1].kind == SqlToken::Kind::word)
      subject = tokens[i - 1].text;
  }
  return from + 1 < tokens.size() && tokens[from + 1].text == table && subject == kind.column;
}

// True if `kind` is one subject whose name stands in the query: every row is about it.
bool is_one_constant(const SubjectKind& kind) {
  const std::vector<SqlToken> tokens = sql_tokens(kind.sql);
  return std::none_of(tokens.begin(), tokens.end(), [](const SqlToken& token) {
    return token.depth == 0 && token.text == "from" && token.kind == SqlToken::Kind::word;
  });
}

class Mutants {
 public:
  Mutants(const Rule& rule, const SubjectKind& kind, const base::Database& empty)
      : rule_(only_deciding(rule)), kind_(kind), empty_(empty) {}

  std::vector<MutatedRule> all() {
    for (const QueryPart& part : kQueries) change_query(part);
    for (std::size_t i = 0; i < rule_.needs.size(); ++i) change_need(i);
    return std::move(mutants_);
  }

 private:
  void add(const char* part, std::string change, Rule changed) {
    mutants_.push_back(
        {{rule_.id, part, std::move(change), rule_.origin}, std::move(changed), {kind_}});
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

  // No test can tell a need of the table that the subjects come from: it is never empty for one.
  void change_need(std::size_t i) {
    const Need& need = rule_.needs[i];
    if (!need.whole_table && comes_from(kind_, need.table)) return;
    change_meaning(i);
    if (need.when_empty != Result::pass && first_column_is_subject(need.table)) change_scope(i);
  }

  // Of a table whose rows are about something else, all rows count in any case; and where emptiness
  // means nothing, it is all one whose rows are counted.
  bool first_column_is_subject(const std::string& table) const {
    if (is_one_constant(kind_)) return false;
    try {
      const base::Statement all = empty_.prepare("SELECT * FROM " + table);
      for (int i = 0; i < all.column_count(); ++i)
        if (const std::string name = all.column_name(i); name != "source" && name != "basis")
          return name == kind_.column;
    } catch (const base::Error&) {
      return false;  // lint says so
    }
    return false;
  }

  void change_scope(std::size_t i) {
    const bool whole = rule_.needs[i].whole_table;
    if (whole && comes_from(kind_, rule_.needs[i].table)) return;
    Rule changed = rule_;
    changed.needs[i].whole_table = !whole;
    add("needs",
        rule_.needs[i].table + ": scope " +
            (whole ? "all -> " + kind_.name : kind_.name + " -> all"),
        std::move(changed));
  }

  void change_meaning(std::size_t i) {
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
  const SubjectKind& kind_;
  const base::Database& empty_;
  std::vector<MutatedRule> mutants_;
};

}  // namespace

Rule only_deciding(const Rule& rule) {
  Rule deciding = rule;
  deciding.evidence.clear();
  deciding.tests.clear();
  return deciding;
}

const SubjectKind& kind_of(const Rule& rule, const std::vector<SubjectKind>& subjects) {
  return *std::find_if(subjects.begin(), subjects.end(),
                       [&](const SubjectKind& kind) { return kind.name == rule.subject; });
}

bool is_valid(const std::string& sql, const base::Database& db) {
  try {
    db.prepare(sql);
    return true;
  } catch (const base::Error&) {
    return false;
  }
}

std::vector<MutatedRule> mutants_of(const Rule& rule, const Pack& pack,
                                    const base::Database& empty) {
  return Mutants(rule, kind_of(rule, pack.subjects), empty).all();
}

bool is_noticed(const MutatedRule& mutated, std::vector<RuleCase>& cases) {
  return std::any_of(cases.begin(), cases.end(), [&](RuleCase& one) {
    return !one.complaint(mutated.rule, mutated.subjects).empty();
  });
}

}  // namespace rules
