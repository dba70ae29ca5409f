#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evidence/base/sqlite.h"
#include "evidence/recorder.h"
#include "evidence/table.h"

namespace evidence {

/// A step that was open when the log ended.
struct OpenStep {
  std::string name;
  Place place;
};

/// What became of a log that was merged.
struct Merged {
  bool finished = false;         ///< The probe came to its own end.
  std::optional<OpenStep> open;  ///< The step that it ended within.
};

/// The step that was open when `records` end, and whether the probe came to its own end.
Merged ending_of(const std::vector<Record>& records);

/// The names of the steps in `records` that ended, in their order.
std::vector<std::string> ended_steps(const std::vector<Record>& records);

/// Writes what one probe recorded into an evidence database, all rows with their provenance.
class Merger {
 public:
  /// `db` has the schema of evidence/schema.h and the row of `run` with id `run`; it must outlive
  /// this.
  Merger(base::Database& db, std::int64_t run, std::string probe);

  /// From here on `merge` takes only rows of these tables, and sources that feed one of them.
  void only(std::vector<std::string> tables);

  /// Inserts every record. What makes no sense (an unknown table, a row without source) is put on
  /// record as an unreadable source of `fallback`'s tables instead; nothing throws for it.
  void merge(const Records& log, const Place& fallback);

  /// Inserts one source of the parent's own; returns its id.
  std::int64_t source(const Place& place, Outcome outcome, const std::string& reason,
                      std::int64_t time);

  /// Inserts one row of facts under a source that is in the database already.
  void row(std::int64_t source, const std::string& table, Basis basis,
           const std::vector<std::pair<std::string, base::Value>>& cells);

  /// Keeps bytes that a probe printed.
  void artifact(std::int64_t source, const std::string& name, const std::string& bytes);

  /// Inserts how a step ended.
  void step(const OpenStep& step, const std::string& ending, std::int64_t time);

 private:
  void record(const Record& record);
  void insert_source(const Record& record);
  void set_outcome(const Record& record);
  void insert_row(const Record& record);
  void insert_step(const Record& record);
  // The columns that rows of a table were last given with: most rows are of the same as the row
  // before.
  struct Shape {
    std::vector<std::string> names;
    std::vector<const Column*> columns;
    base::Statement* insert = nullptr;
  };
  const Shape& shape(const std::string& table,
                     const std::vector<std::pair<std::string, base::Value>>& cells);
  bool wants(const std::string& table) const;
  base::Statement& statement(const std::string& sql);

  base::Database& db_;
  std::int64_t run_;
  std::string probe_;
  std::vector<std::string> only_;                      // none: all tables
  std::map<std::int64_t, std::int64_t> sources_;       // id in the log, id in the database
  std::map<std::string, Shape> shapes_;                // by table
  std::map<std::string, base::Statement> statements_;  // Prepared once: most rows are of few kinds.
};

}  // namespace evidence
