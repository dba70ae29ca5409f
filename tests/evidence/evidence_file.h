#pragma once

#include <string>
#include <vector>

#include "evidence/base/sqlite.h"
#include "evidence/schema.h"

namespace tests {

/// An evidence database in memory with the one row of table run that sources belong to.
inline base::Database empty_evidence() {
  base::Database db = base::Database::in_memory();
  evidence::create_schema(db);
  db.execute(
      "INSERT INTO run VALUES (1, '0', 'here', '', 'nobody', '2026-01-01T00:00:00Z',"
      " '2026-01-01T00:00:00Z', 1)");
  return db;
}

/// The rows of a query, cells with bars between them; NULL is "".
inline std::vector<std::string> rows(const base::Database& db, const std::string& sql) {
  std::vector<std::string> result;
  auto query = db.prepare(sql);
  while (query.step()) {
    std::string row;
    for (int column = 0; column < query.column_count(); ++column)
      row += (column == 0 ? "" : "|") + query.text(column);
    result.push_back(row);
  }
  return result;
}

}  // namespace tests
