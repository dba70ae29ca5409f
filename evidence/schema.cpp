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

// A table that a rule names must be there, or a rule would err instead of answering.
void check_tables(const base::Database& db, const std::string& path) {
  std::set<std::string> names;
  auto query = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'");
  while (query.step()) names.insert(query.text(0));
  for (const Table& table : all_tables())
    if (!names.contains(std::string(table.name)))
      throw base::Error(base::ErrorKind::input, path + ": table " + std::string(table.name) +
                                                    " is missing; collect the evidence again");
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
    check_tables(db, path);
    return db;
  } catch (const base::Error& error) {
    if (std::string(error.what()).starts_with(path)) throw;
    throw base::Error(error.kind(), path + ": no evidence (" + error.what() +
                                        "); collect some with assay probe -o DIR");
  }
}

}  // namespace evidence
