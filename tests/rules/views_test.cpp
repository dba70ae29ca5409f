// What is asked in place of what follows from SQLite's rules for WITH: a name there hides the
// table or view of that name (https://www.sqlite.org/lang_with.html).
#include "rules/views.h"

#include "evidence/base/sqlite.h"
#include "tests/catch.h"

namespace {

const std::vector<rules::View> kViews = {{"small", "SELECT n FROM t WHERE n < 3 -- or so", ""},
                                         {"twice", "SELECT n * 2 AS n FROM small", ""},
                                         {"other", "SELECT n FROM t", ""}};

// The sum that `sql` gives where the view `small` of the database is empty.
std::int64_t sum(const std::string& sql) {
  base::Database db = base::Database::in_memory();
  db.execute(
      "CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1), (2), (3);"
      "CREATE VIEW small AS SELECT n FROM t WHERE 0;"
      "CREATE VIEW twice AS SELECT n * 2 AS n FROM small");
  base::Statement query = db.prepare(sql);
  REQUIRE(query.step());
  return query.integer(0);
}

}  // namespace

TEST_CASE("a query asks the views it is given, through other views too") {
  const std::string query = "SELECT total(n) FROM twice";
  CHECK(sum(query) == 0);
  CHECK(sum(rules::with_views(query, kViews)) == 6);
}

TEST_CASE("a query that begins with WITH asks the views it is given") {
  CHECK(sum(rules::with_views("WITH a AS (SELECT n FROM small) SELECT total(n) FROM a", kViews)) ==
        3);
  CHECK(sum(rules::with_views("WITH RECURSIVE a(n) AS (SELECT MIN(n) FROM small UNION ALL"
                              " SELECT n + 1 FROM a WHERE n < 4) SELECT total(n) FROM a",
                              kViews)) == 10);
}

TEST_CASE("a query that asks no view stays as it is") {
  CHECK(rules::with_views("SELECT n FROM t", kViews) == "SELECT n FROM t");
  CHECK(rules::with_views("", kViews).empty());
}

TEST_CASE("what a query asks through views is told, and nothing that it does not ask") {
  const auto words = rules::words_through_views("SELECT n FROM twice", kViews);
  CHECK(words.contains("small"));
  CHECK(words.contains("t"));
  CHECK_FALSE(words.contains("other"));
}
