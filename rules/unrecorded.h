#pragma once

#include <map>
#include <string>
#include <vector>

#include "evidence/base/sqlite.h"
#include "evidence/schema.h"
#include "rules/pack.h"

namespace rules {

/// Keeps in `judgement`, in a table `not_recorded`, what the evidence lacks because an earlier
/// build collected it.
void note_unrecorded(const std::vector<evidence::Lacking>& lacking, base::Database& judgement);

/// Notes besides that what is worked out from the evidence, such as the matches of certificates, is
/// not to be rested on, where `reads`, noted while that was done, hold something that is lacking.
void note_worked_out(const base::NotedReads& reads, const std::vector<std::string>& tables,
                     base::Database& judgement);

/// What the evidence of a judgement lacks because an earlier build collected it, and which rules
/// would ask it: absence there is neither a pass nor a failure.
class Unrecorded {
 public:
  /// Reads it once from `judgement`, which must outlive this.
  explicit Unrecorded(base::Database& judgement);

  /// What of it decides the subjects of `kind`, in words; "" if nothing does.
  std::string asked_by(const SubjectKind& kind, const std::vector<View>& views);

  /// What of it decides a result of `rule` about `kind`, in words; "" if nothing does.
  std::string asked_by(const Rule& rule, const SubjectKind& kind, const std::vector<View>& views);

 private:
  struct Entry {
    std::string table, column;
    std::string words;  ///< What was not recorded.
  };
  std::string asked_by(const std::string& sql, const std::vector<View>& views);
  std::string asked_by(const Need& need) const;

  base::Database& judgement_;
  std::vector<Entry> entries_;
  std::map<std::string, std::string> asked_;  // By SQL with its views.
};

/// The words for a result that rests on `what` was not recorded.
std::string unrecorded_in_words(const std::string& what);

}  // namespace rules
