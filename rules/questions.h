#pragma once

#include <list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/base/sqlite.h"
#include "rules/evaluate.h"
#include "rules/query.h"

namespace rules {

/// The subjects of one kind, or why they could not be told.
struct Subjects {
  std::vector<Subject> list;
  std::set<std::string_view> keys;  ///< Those of `list`.
  std::string error;
};

/// What rules ask of one judgement, which must outlive it. What several rules ask, of whatever
/// packs, is answered once.
class Questions {
 public:
  /// `packs` are those whose rules will ask.
  Questions(base::Database& judgement, const std::vector<Pack>& packs);
  Questions(base::Database& judgement, const Pack& pack);

  /// The subjects of `kind`. Never throws for a query that fails.
  const Subjects& subjects(const SubjectKind& kind);

  /// The rows of the query `sql` by subject. Stays until `next_rule`, and for good where another
  /// rule asks the same. Throws Error(input) as `run_query`.
  const Answers& ask(const std::string& sql);

  /// Forgets what no other rule asks.
  void next_rule() { own_.clear(); }

 private:
  void expect(const Pack& pack);

  base::Database& judgement_;
  std::map<std::string, Subjects> subjects_;  // By SQL.
  std::map<std::string, int> asked_;          // By SQL: how many rules ask it.
  std::map<std::string, Answers> shared_;     // To what several rules ask.
  std::list<Answers> own_;                    // To what only the present rule asks.
};

}  // namespace rules
