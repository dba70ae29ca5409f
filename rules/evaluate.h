#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/base/sqlite.h"
#include "rules/coverage.h"
#include "rules/pack.h"

namespace rules {

class Questions;

/// Steps of SQLite's virtual machine that one query of a rule may take.
constexpr std::int64_t kStepLimit = 50'000'000;

/// Rows that one query of a rule may give.
constexpr std::size_t kRowLimit = 10'000;

/// Somebody or something that a rule judges.
struct Subject {
  std::string key;                        ///< e.g. "openssl:fips"
  std::string label;                      ///< e.g. "OpenSSL FIPS Provider 3.0.20"
  std::string place;                      ///< where it is
  std::optional<Severity> severity = {};  ///< In place of the rule's.
  std::string claim = {};                 ///< The words that are put to the test, if there are any.
  std::string file = {};                  ///< The file that it stands in, if it stands in one.
  std::int64_t line = 0;                  ///< Its line there.
};

/// All subjects of `kind` in the order of its query, each once. Throws Error(input) if the query
/// fails, lacks the column `subject`, or gives a subject without a name.
std::vector<Subject> subjects_of(const SubjectKind& kind, base::Database& judgement);

/// "rule--subject" in small letters, digits and hyphens.
std::string finding_id(std::string_view rule, std::string_view subject);

/// Judges every rule of `pack` on every subject in `judgement`, a database that holds evidence,
/// certificate matches, reference tables and the as-of date, and is restricted to reading. Never
/// throws for evidence that is missing or a rule that breaks: both are results. A rule whose kind
/// of subject is not there gives one finding, for the subject "". Where <not-applicable> excuses
/// every subject, the other queries of a rule are not asked.
std::vector<Finding> evaluate(const Pack& pack, base::Database& judgement);

/// The same for one pack after another, behind the `findings` so far: `questions` and `coverage`,
/// those of the judgement, are the same for all.
void evaluate(const Pack& pack, Questions& questions, Coverage& coverage,
              std::deque<Finding>& findings);

}  // namespace rules
