#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "evidence/base/sqlite.h"
#include "rules/pack.h"
#include "rules/unrecorded.h"

namespace rules {

/// A place that was looked at: a row of `source`.
struct LookedAt {
  std::int64_t id = 0;
  std::string subject, locator, method, outcome, reason;
  std::string whole;  ///< The module, if `subject` is a token of one; else "".

  /// True if the place may hold what nobody saw.
  bool blind() const { return outcome == "unreadable" || outcome == "unsupported"; }
};

/// What was collected for one need of one subject.
struct Covered {
  std::vector<const LookedAt*> looked;  ///< Sources that feed the table for the subject.
  std::vector<const LookedAt*> blind;   ///< Those of them that may hold what nobody saw.
  bool collected = false;               ///< Somebody looked, so no rows means that there are none.
  bool from_certificates = false;       ///< No probe fills the table: it rests on the snapshot.
  std::int64_t rows = 0;                ///< Rows of the subject in the table.
};

/// Which tables were fed by which sources, read once from a judgement database, which must outlive
/// it.
class Coverage {
 public:
  explicit Coverage(base::Database& judgement);

  /// What is there for `need` and `subject`, whose tables call it `column`; the subject "" means
  /// all. It stays as long as this. Throws Error(input) if rows cannot be counted, e.g. for want of
  /// the table.
  const Covered& of(const Need& need, const std::string& column, const std::string& subject);

  /// The row of `source` with this id, or nullptr.
  const LookedAt* source(std::int64_t id) const;

  /// What an earlier build did not record.
  Unrecorded& unrecorded() { return unrecorded_; }

  /// The certificate snapshot as a piece of evidence: its date, digest and origin. Nothing if there
  /// is none.
  const std::optional<Exhibit>& snapshot() const { return snapshot_; }

 private:
  // The sources of a table: all of them, and by what they are about.
  struct Feeds {
    std::vector<const LookedAt*> all;
    std::map<std::string, std::vector<const LookedAt*>, std::less<>> about;
    std::vector<const LookedAt*> of(const std::string& subject) const;
  };
  struct TableRows {
    std::string subject_column;
    std::map<std::string, std::int64_t, std::less<>> of_subject;
    std::int64_t all = 0;
  };
  static void add_feed(const LookedAt& looked, Feeds& feeds);
  Covered count(const Need& need, const std::string& column, const std::string& subject);
  Covered of_table(const std::string& table, const std::string& column, const std::string& subject,
                   bool whole_table);
  void add_parts(const std::string& table, const std::string& column, const std::string& subject,
                 Covered& covered);
  const TableRows& rows_in(const std::string& table, const std::string& column = {});
  void read_snapshot();

  base::Database& judgement_;
  Unrecorded unrecorded_;
  std::map<std::int64_t, LookedAt> sources_;
  std::map<std::string, Feeds, std::less<>> feeds_;
  std::map<std::string, TableRows, std::less<>> rows_;
  // By table, other table, whether the whole table counts, column and subject.
  std::map<std::tuple<std::string, std::string, bool, std::string, std::string>, Covered,
           std::less<>>
      covered_;
  std::optional<Exhibit> snapshot_;
};

}  // namespace rules
