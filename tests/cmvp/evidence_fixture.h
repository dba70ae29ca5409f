#pragma once

#include <string>

#include "cmvp/built_in.h"
#include "cmvp/match.h"
#include "evidence/base/sqlite.h"
#include "evidence/schema.h"

namespace fixture {

/// An evidence database with one source and no facts.
inline base::Database evidence() {
  auto db = base::Database::in_memory();
  evidence::create_schema(db);
  db.execute(
      "INSERT INTO run VALUES (1, 'test', 'host', '', 'root', '2026-11-23T00:00:00Z',"
      " '2026-11-23T00:00:00Z', 0);"
      "INSERT INTO source VALUES (1, 1, 'openssl', '', 'OSSL_PROVIDER_get_params', 'call',"
      " 'observed', '', '2026-11-23T00:00:00Z')");
  return db;
}

/// Adds what provider `module` reports of itself.
inline void add_provider(base::Database& db, const std::string& module, const std::string& name,
                         const std::string& version, std::int64_t fips = 1) {
  db.prepare(
        "INSERT INTO provider (source, basis, module, name, version, fips)"
        " VALUES (1, 'listed', ?, ?, ?, ?)")
      .bind(1, module)
      .bind(2, name)
      .bind(3, version)
      .bind(4, fips)
      .step();
}

/// A judgement on one provider, against the built-in snapshot.
inline base::Database judged(const std::string& name, const std::string& version,
                             const std::string& as_of, std::int64_t fips = 1) {
  auto db = evidence();
  add_provider(db, "openssl:fips", name, version, fips);
  cmvp::match_certificates(cmvp::built_in_snapshot(), db, as_of);
  return db;
}

/// The first cell that `sql` gives, or "-" if it gives no row.
inline std::string cell(const base::Database& db, const std::string& sql) {
  auto row = db.prepare(sql);
  return row.step() ? row.text(0) : "-";
}

/// The first cells of all rows, separated by spaces.
inline std::string column(const base::Database& db, const std::string& sql) {
  std::string result;
  for (auto row = db.prepare(sql); row.step();) result += (result.empty() ? "" : " ") + row.text(0);
  return result;
}

}  // namespace fixture
