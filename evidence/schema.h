#pragma once

#include "evidence/base/sqlite.h"

namespace evidence {

/// SQLite's application_id of an evidence database: "asay" in ASCII.
constexpr std::int64_t kApplicationId = 0x61736179;
/// Version of the evidence tables; only additions within one.
constexpr std::int64_t kSchemaVersion = 1;

/// Creates the tables of an evidence database: `run`, `source`, `source_feed`, `artifact`, `step`
/// and every table of facts.
void create_schema(base::Database& db);

/// Opens an evidence file for reading. Throws Error(input), with what to do next, if it is no
/// evidence database, damaged, or of a version that this program does not read.
base::Database open_evidence(const std::string& path);

}  // namespace evidence
