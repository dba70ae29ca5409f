#pragma once

#include <string>
#include <vector>

#include "evidence/base/sqlite.h"

namespace evidence {

/// SQLite's application_id of an evidence database: "asay" in ASCII.
constexpr std::int64_t kApplicationId = 0x61736179;
/// Version of the evidence tables; only additions within one.
constexpr std::int64_t kSchemaVersion = 1;

/// Creates the tables of an evidence database: `run`, `source`, `source_feed`, `artifact`, `step`
/// and every table of facts.
void create_schema(base::Database& db);

/// Opens an evidence file for reading. One of an earlier build may lack tables of facts, or columns
/// of them, that were added since. Throws Error(input), with what to do next, if it is no evidence
/// database, damaged, or of a version that this program does not read.
base::Database open_evidence(const std::string& path);

/// A table of facts, or one column of it, that evidence lacks, as an earlier build collected it.
struct Lacking {
  std::string table;
  std::string column;  ///< "" for the whole table

  bool operator==(const Lacking&) const = default;
};

/// Adds to `copy`, a copy of evidence, the tables of facts that it lacks, empty, and the columns,
/// as NULL, and tells which. Throws Error(input) if something else is in their place.
std::vector<Lacking> complete_schema(base::Database& copy);

}  // namespace evidence
