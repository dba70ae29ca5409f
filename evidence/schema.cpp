#include "evidence/schema.h"

#include <set>

#include "evidence/base/error.h"
#include "evidence/table.h"

namespace evidence {
namespace {

constexpr const char* kCore = R"sql(
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  tool_version TEXT NOT NULL,
  host_name TEXT NOT NULL,
  root TEXT NOT NULL,           -- folder of the root file system looked at; '' for this machine
  user_name TEXT NOT NULL,
  started_at TEXT NOT NULL,     -- YYYY-MM-DDTHH:MM:SSZ
  finished_at TEXT NOT NULL,
  exercised INTEGER NOT NULL    -- 1 if the catalogue of services was tried
) STRICT;
CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run(id),
  probe TEXT NOT NULL,
  subject TEXT NOT NULL,        -- what it is about; '' for all subjects
  locator TEXT NOT NULL,        -- file, URI or call
  method TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('observed', 'absent', 'unreadable', 'unsupported')),
  reason TEXT NOT NULL,
  collected_at TEXT NOT NULL    -- YYYY-MM-DDTHH:MM:SSZ
) STRICT;
CREATE TABLE source_feed (
  source INTEGER NOT NULL REFERENCES source(id),
  table_name TEXT NOT NULL
) STRICT;
CREATE INDEX source_feed_table ON source_feed (table_name, source);
CREATE TABLE artifact (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source(id),
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  content BLOB NOT NULL
) STRICT;
CREATE TABLE step (
  id INTEGER PRIMARY KEY,
  probe TEXT NOT NULL,
  name TEXT NOT NULL,
  subject TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ending TEXT NOT NULL          -- finished, or how the process ended within it
) STRICT;
)sql";

std::int64_t pragma(const base::Database& db, const std::string& name) {
  auto query = db.prepare("PRAGMA " + name);
  return query.step() ? query.integer(0) : 0;
}

void check_is_evidence(const base::Database& db, const std::string& path) {
  if (pragma(db, "application_id") != kApplicationId)
    throw base::Error(base::ErrorKind::input,
                      path + ": not an evidence database; collect one with `assay probe -o DIR`");
  const std::int64_t version = pragma(db, "user_version");
  if (version != kSchemaVersion)
    throw base::Error(base::ErrorKind::input,
                      path + ": evidence tables of version " + std::to_string(version) +
                          ", this program reads version " + std::to_string(kSchemaVersion) +
                          "; use the release that made it");
  if (const std::string state = db.integrity(); state != "ok")
    throw base::Error(base::ErrorKind::input,
                      path + ": damaged: " + state + "; collect the evidence again");
}

std::set<std::string> tables_in(const base::Database& db) {
  std::set<std::string> names;
  auto query = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'");
  while (query.step()) names.insert(query.text(0));
  return names;
}

std::set<std::string> columns_in(const std::string& table, const base::Database& db) {
  const base::Statement all = db.prepare("SELECT * FROM " + table);
  std::set<std::string> names;
  for (int i = 0; i < all.column_count(); ++i) names.insert(all.column_name(i));
  return names;
}

// What every build has: without it no fact could be told where it is from.
void check_provenance(const base::Database& db, const std::string& path) {
  const auto refuse = [&path](const std::string& what) {
    throw base::Error(base::ErrorKind::input,
                      path + ": " + what + " is missing; collect the evidence again");
  };
  const std::set<std::string> names = tables_in(db);
  for (const char* table : {"run", "source", "source_feed", "artifact", "step"})
    if (!names.contains(table)) refuse("table " + std::string(table));
  for (const Table& table : all_tables()) {
    const std::string name(table.name);
    if (!names.contains(name)) continue;
    const std::set<std::string> columns = columns_in(name, db);
    for (const char* column : {"source", "basis"})
      if (!columns.contains(column)) refuse("column " + std::string(column) + " of table " + name);
  }
}

}  // namespace

void create_schema(base::Database& db) {
  db.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
  db.execute("PRAGMA user_version = " + std::to_string(kSchemaVersion));
  db.execute(kCore);
  for (const Table& table : all_tables()) db.execute(create_statement(table));
}

base::Database open_evidence(const std::string& path) {
  try {
    base::Database db = base::Database::open_read_only(path);
    check_is_evidence(db, path);
    check_provenance(db, path);
    return db;
  } catch (const base::Error& error) {
    if (std::string(error.what()).starts_with(path)) throw;
    throw base::Error(error.kind(), path + ": no evidence (" + error.what() +
                                        "); collect some with assay probe -o DIR");
  }
}

std::vector<Lacking> complete_schema(base::Database& copy) {
  std::vector<Lacking> lacking;
  const std::set<std::string> names = tables_in(copy);
  for (const Table& table : all_tables()) {
    const std::string name(table.name);
    if (!names.contains(name)) {
      copy.execute(create_statement(table));
      lacking.push_back({name, ""});
      continue;
    }
    const std::set<std::string> columns = columns_in(name, copy);
    for (const Column& column : table.columns) {
      if (columns.contains(std::string(column.name))) continue;
      copy.execute(add_statement(table, column));
      lacking.push_back({name, std::string(column.name)});
    }
  }
  return lacking;
}

}  // namespace evidence
