#include "rules/sql.h"

#include "tests/catch.h"

using rules::why_no_query;
using rules::why_no_test_data;

TEST_CASE("one SELECT is a query, with or without a semicolon behind it") {
  CHECK(why_no_query("SELECT 1").empty());
  CHECK(why_no_query(" select a from b; ").empty());
  CHECK(why_no_query("WITH x AS (SELECT 1) SELECT * FROM x").empty());
  CHECK(why_no_query("SELECT ';' AS message -- a comment; with a sign\n").empty());
}

TEST_CASE("anything but one SELECT is no query") {
  for (const char* sql : {"", "   ", "INSERT INTO a VALUES (1)", "PRAGMA user_version",
                          "ATTACH 'x' AS y", "SELECT 1; SELECT 2", "SELECT 1; DELETE FROM a",
                          "VALUES (1)", "EXPLAIN SELECT 1", "WITH x AS (SELECT 1) DELETE FROM a",
                          "WITH x AS (SELECT 1) INSERT INTO a SELECT * FROM x", "(SELECT 1)"}) {
    CAPTURE(sql);
    CHECK_FALSE(why_no_query(sql).empty());
  }
}

TEST_CASE("a query that asks the clock or chance is refused") {
  for (const char* sql :
       {"SELECT date('now')", "SELECT date( 'NOW' , '-1 day')", "SELECT julianday()",
        "SELECT current_timestamp", "SELECT random()", "SELECT hex(randomblob(4))"}) {
    CAPTURE(sql);
    CHECK_FALSE(why_no_query(sql).empty());
  }
  CHECK(why_no_query("SELECT date(as_of, '-1 day') FROM assessment").empty());
  CHECK(why_no_query("SELECT 'as of now' AS message").empty());
}

TEST_CASE("a test may put evidence in, and nothing else") {
  CHECK(why_no_test_data("").empty());
  CHECK(why_no_test_data("INSERT INTO a VALUES (';'); UPDATE a SET b = 1; DELETE FROM a;").empty());
  for (const char* sql :
       {"ATTACH '/tmp/x' AS y", "INSERT INTO a VALUES (1); VACUUM INTO '/tmp/x'",
        "PRAGMA journal_mode = WAL", "DROP TABLE source",
        "INSERT INTO a WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n FROM x) SELECT n FROM x",
        "WITH x AS (SELECT 1) INSERT INTO a SELECT * FROM x"}) {
    CAPTURE(sql);
    CHECK_FALSE(why_no_test_data(sql).empty());
  }
}

TEST_CASE("SQL loses the indentation that its lines share") {
  CHECK(rules::dedented("\n      SELECT a\n        FROM b\n      ") == "SELECT a\n  FROM b");
  CHECK(rules::dedented("SELECT a\n        FROM b\n       WHERE c") ==
        "SELECT a\n FROM b\nWHERE c");
  CHECK(rules::dedented("  SELECT a  ") == "SELECT a");
}

TEST_CASE("words of SQL are told apart from texts and comments") {
  const auto words =
      rules::sql_words("SELECT a FROM \"Provider\" /* kernel */ WHERE b = 'service'");
  CHECK(words.contains("provider"));
  CHECK_FALSE(words.contains("kernel"));
  CHECK_FALSE(words.contains("service"));
}
