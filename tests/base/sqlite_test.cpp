#include "evidence/base/sqlite.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "evidence/base/error.h"
#include "evidence/base/temporary_folder.h"
#include "tests/catch.h"

namespace {

base::Database with_one_row() {
  base::Database db = base::Database::in_memory();
  db.execute("CREATE TABLE fact (name TEXT, size INTEGER) STRICT");
  db.execute("INSERT INTO fact VALUES ('one', 1)");
  db.execute("CREATE INDEX fact_name ON fact (name)");
  return db;
}

bool runs(base::Database& db, const std::string& sql) {
  try {
    auto statement = db.prepare(sql);
    while (statement.step()) continue;
    return true;
  } catch (const base::Error&) {
    return false;
  }
}

// The bytes of a database file that holds one row.
std::string image_of(const base::TemporaryFolder& folder) {
  const std::string path = folder.path() + "/image.db";
  base::Database::create(path).copy_from(with_one_row());
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("a restricted database answers questions and refuses everything else") {
  base::Database db = with_one_row();
  db.restrict_to_reading(1'000'000);
  CHECK(runs(db, "SELECT upper(name) FROM fact"));
  CHECK(runs(db,
             "WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n WHERE i < 9) "
             "SELECT sum(i) FROM n"));
  const std::string sql =
      GENERATE("INSERT INTO fact VALUES ('two', 2)", "UPDATE fact SET size = 2", "DELETE FROM fact",
               "DROP TABLE fact", "CREATE TABLE other (a)", "CREATE TEMP TABLE other (a)",
               "ATTACH '/tmp/assay-attached.db' AS other", "DETACH main", "PRAGMA user_version = 7",
               "PRAGMA user_version", "BEGIN", "SAVEPOINT s", "VACUUM",
               "VACUUM INTO '/tmp/assay-copy.db'", "REINDEX", "ANALYZE",
               "CREATE VIRTUAL TABLE t USING fts5(a)", "SELECT load_extension('/tmp/assay.so')");
  INFO(sql);
  CHECK_FALSE(runs(db, sql));
  CHECK_FALSE(std::filesystem::exists("/tmp/assay-attached.db"));
  CHECK_FALSE(std::filesystem::exists("/tmp/assay-copy.db"));
}

TEST_CASE("a query without end is ended by its step budget") {
  base::Database db = with_one_row();
  db.restrict_to_reading(200'000);
  const std::string endless =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
  CHECK_FALSE(runs(db, endless));
  CHECK_FALSE(runs(db, endless));
  db.renew_step_budget();
  CHECK(runs(db, "SELECT * FROM fact"));
}

TEST_CASE("the view of an image is read and never written") {
  const base::TemporaryFolder folder;
  const std::string image = image_of(folder), before = image;
  base::Database db = base::Database::view(image);
  CHECK(runs(db, "SELECT name FROM fact"));
  CHECK_FALSE(runs(db, "INSERT INTO fact VALUES ('two', 2)"));
  CHECK_FALSE(runs(db, "DROP TABLE fact"));
  CHECK((image == before));
}

TEST_CASE("an attached view is read beside the main database and never written") {
  const base::TemporaryFolder folder;
  const std::string image = image_of(folder);
  base::Database db = base::Database::in_memory();
  db.attach_view(image, "other");
  CHECK(runs(db, "SELECT name FROM other.fact"));
  CHECK_FALSE(runs(db, "DELETE FROM other.fact"));
  CHECK(runs(db, "CREATE TABLE own (a)"));
}

TEST_CASE("a file opened for reading is never written") {
  const base::TemporaryFolder folder;
  image_of(folder);
  base::Database db = base::Database::open_read_only(folder.path() + "/image.db");
  CHECK(db.integrity() == "ok");
  CHECK_FALSE(runs(db, "INSERT INTO fact VALUES ('two', 2)"));
}

TEST_CASE("a file that is not there is not made by opening it for reading") {
  const base::TemporaryFolder folder;
  CHECK_THROWS_AS(base::Database::open_read_only(folder.path() + "/none.db"), base::Error);
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("a statement is exactly one statement") {
  const base::Database db = with_one_row();
  CHECK_THROWS_AS(db.prepare("SELECT 1; SELECT 2"), base::Error);
  CHECK_THROWS_AS(db.prepare("  "), base::Error);
  CHECK_THROWS_AS(db.prepare("SELEKT 1"), base::Error);
}

TEST_CASE("every kind of value comes back as it was bound") {
  const base::Database db = base::Database::in_memory();
  const base::Value value = GENERATE(base::Value(nullptr), base::Value(std::int64_t{-1}),
                                     base::Value(std::string("a\0b", 3)),
                                     base::Value(base::Blob{std::string("\0\xFF", 2)}));
  auto query = db.prepare("SELECT ?");
  query.bind(1, value);
  REQUIRE(query.step());
  CHECK((query.value(0) == value));
  CHECK(query.is_null(0) == std::holds_alternative<std::nullptr_t>(value));
  CHECK_FALSE(query.step());
}
