#include "rules/shared_mutants.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "rules/sql_mutation.h"
#include "rules/views.h"

namespace rules {
namespace {

bool is_judged(const SubjectKind& kind, const Pack& pack) {
  return std::any_of(pack.rules.begin(), pack.rules.end(),
                     [&](const Rule& rule) { return rule.subject == kind.name; });
}

// The queries of a pack that decide, but for its views.
std::vector<std::string> deciding_queries(const Pack& pack) {
  std::vector<std::string> queries;
  for (const Rule& rule : pack.rules)
    for (const std::string* sql : {&rule.violations, &rule.unknown, &rule.not_applicable})
      queries.push_back(*sql);
  for (const SubjectKind& kind : pack.subjects)
    if (is_judged(kind, pack)) queries.push_back(kind.sql);
  return queries;
}

std::vector<std::string> columns_of(const std::string& sql, const base::Database& db) {
  const base::Statement query = db.prepare(sql);
  std::vector<std::string> columns;
  for (int i = 0; i < query.column_count(); ++i) columns.push_back(query.column_name(i));
  return columns;
}

class ViewMutants {
 public:
  ViewMutants(const Pack& pack, const base::Database& empty) : pack_(pack), empty_(empty) {
    find_what_decides();
  }

  std::vector<SharedMutant> all() {
    for (std::size_t i = 0; i < pack_.views.size(); ++i)
      if (deciding_.contains(pack_.views[i].name)) change(i);
    return std::move(mutants_);
  }

 private:
  // What makes up a view or a column that decides does so too.
  void find_what_decides() {
    const std::vector<std::string> queries = deciding_queries(pack_);
    for (std::size_t count = 0; count != deciding_.size();) {
      count = deciding_.size();
      for (const std::string& sql : queries) deciding_.merge(deciding_words(sql, deciding_));
      for (const View& view : pack_.views)
        if (deciding_.contains(view.name)) deciding_.merge(deciding_words(view.sql, deciding_));
    }
  }

  void change(std::size_t i) {
    const View& view = pack_.views[i];
    const std::vector<std::string> columns = columns_of(view.sql, empty_);
    for (SqlMutation& mutation : sql_mutations(view.sql, &deciding_)) {
      if (!is_valid(mutation.sql, empty_) || columns_of(mutation.sql, empty_) != columns) continue;
      SharedMutant shared{
          {view.name, "view", std::move(mutation.name), view.origin}, pack_.subjects, pack_.views};
      shared.views[i].sql = std::move(mutation.sql);
      mutants_.push_back(std::move(shared));
    }
  }

  const Pack& pack_;
  const base::Database& empty_;
  Names deciding_ = {"subject"};  // Views and columns that are named where it decides.
  std::vector<SharedMutant> mutants_;
};

std::vector<SharedMutant> subject_mutants_of(const Pack& pack, const base::Database& empty) {
  std::vector<SharedMutant> mutants;
  for (std::size_t i = 0; i < pack.subjects.size(); ++i) {
    const SubjectKind& kind = pack.subjects[i];
    if (!is_judged(kind, pack)) continue;
    for (SqlMutation& mutation : sql_mutations(kind.sql)) {
      if (!is_valid(mutation.sql, empty)) continue;
      SharedMutant shared{
          {kind.name, "subjects", std::move(mutation.name), "pack.xml:1"}, pack.subjects, {}};
      shared.subjects[i].sql = std::move(mutation.sql);
      mutants.push_back(std::move(shared));
    }
  }
  return mutants;
}

// True if `sql` asks the changed view, as it does from then on.
bool take_over(const SharedMutant& shared, std::string& sql) {
  if (!words_through_views(sql, shared.views).contains(shared.mutant.rule)) return false;
  sql = with_views(sql, shared.views);
  return true;
}

}  // namespace

std::vector<SharedMutant> shared_mutants_of(const Pack& pack, const base::Database& empty) {
  std::vector<SharedMutant> mutants = subject_mutants_of(pack, empty);
  std::vector<SharedMutant> of_views = ViewMutants(pack, empty).all();
  std::move(of_views.begin(), of_views.end(), std::back_inserter(mutants));
  return mutants;
}

std::optional<MutatedRule> in_rule(const SharedMutant& shared, const Rule& rule, const Pack& pack) {
  MutatedRule mutated{shared.mutant, only_deciding(rule), {kind_of(rule, shared.subjects)}};
  SubjectKind& kind = mutated.subjects.front();
  bool asks = kind != kind_of(rule, pack.subjects);
  if (!shared.views.empty())
    for (std::string* sql :
         {&mutated.rule.violations, &mutated.rule.unknown, &mutated.rule.not_applicable, &kind.sql})
      asks = take_over(shared, *sql) || asks;
  return asks ? std::optional(std::move(mutated)) : std::nullopt;
}

}  // namespace rules
