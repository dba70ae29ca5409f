#include "tests/catch.h"
#include "tests/rules/small_pack.h"

using rules::Result;
using namespace rules::test;

namespace {

// What becomes of a rule whose violations are asked with `sql`, though no reader looked at it
// first.
rules::Finding finding_of(const std::string& sql) {
  rules::Pack pack = pack_of(RuleText().xml());
  pack.rules[0].violations = sql;
  const auto findings =
      judge(pack, sources_sql() + provider_sql("openssl:fips") + integrity_sql("openssl:fips", 1));
  REQUIRE(findings.size() == 1);
  return findings[0];
}

}  // namespace

TEST_CASE("a query without end becomes an error of its rule") {
  const auto finding = finding_of(
      "WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x)"
      " SELECT 'openssl:fips' AS subject, 'x' AS message FROM x WHERE n < 0");
  CHECK(finding.result == Result::error);
  CHECK(finding.message == "query <violations>: the query takes more steps than it is allowed");
}

TEST_CASE("a query with more rows than a report can hold becomes an error") {
  const auto finding = finding_of(
      "WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x LIMIT 20000)"
      " SELECT 'openssl:fips' AS subject, 'x' AS message FROM x");
  CHECK(finding.result == Result::error);
  CHECK(finding.message == "query <violations>: the query gives more than 10000 rows");
}

TEST_CASE("a text of any length is cut to what a report can hold") {
  const auto finding =
      finding_of("SELECT 'openssl:fips' AS subject, printf('%.*c', 1000000, 'x') AS message");
  CHECK(finding.result == Result::fail);
  CHECK(finding.message.size() < 5000);
}

TEST_CASE("a text that would fill the memory becomes an error") {
  const auto finding = finding_of(
      "SELECT 'openssl:fips' AS subject,"
      " replace(hex(zeroblob(1000000)), '0', printf('%.*c', 1000, 'x')) AS message");
  CHECK(finding.result == Result::error);
  CHECK(finding.message == "query <violations>: string or blob too big");
}

TEST_CASE("rows that would fill the memory become an error, and nothing is put into files") {
  for (const char* big :
       {"zeroblob(8000000)", "randomblob(8000000)", "printf('%.*c', 8000000, 'x')"}) {
    CAPTURE(big);
    const auto finding = finding_of(
        std::string("WITH RECURSIVE x(n, b) AS (SELECT 1, ") + big + " UNION ALL SELECT n + 1, " +
        big +
        " FROM x LIMIT 200) SELECT 'openssl:fips' AS subject, 'x' AS message FROM x ORDER BY b");
    CHECK(finding.result == Result::error);
    // Which limit is met first, that of memory or that of time, depends on the machine.
    CHECK((finding.message == "query <violations>: out of memory" ||
           finding.message == "query <violations>: the query takes more steps than it is allowed"));
  }
}

TEST_CASE("few steps that take long become an error") {
  // Each step makes a text of 15 MB; with the step limit alone this would run for days.
  const auto finding = finding_of(
      "WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x)"
      " SELECT 'openssl:fips' AS subject, 'x' AS message FROM x"
      " WHERE length(printf('%.*c', 15000000, 'x')) < n");
  CHECK(finding.result == Result::error);
  CHECK(finding.message == "query <violations>: the query takes more steps than it is allowed");
}

TEST_CASE("functions that read files, change settings or load code are not there") {
  for (const char* sql : {"SELECT readfile('/etc/passwd') AS subject, 'x' AS message",
                          "SELECT writefile('/tmp/assay-hostile', 'x') AS subject, 'x' AS message",
                          "SELECT name AS subject, 'x' AS message FROM pragma_database_list",
                          "SELECT * FROM pragma_table_info('source')",
                          "SELECT fts3_tokenizer('simple') AS subject, 'x' AS message",
                          "SELECT edit('x') AS subject, 'x' AS message"}) {
    CAPTURE(sql);
    CHECK(finding_of(sql).result == Result::error);
  }
}

TEST_CASE("a violation without words is a failure all the same") {
  const auto finding = finding_of("SELECT 'openssl:fips' AS subject, NULL AS message");
  CHECK(finding.result == Result::fail);
  CHECK(finding.message == "the rule gives no reason");
}

TEST_CASE("control characters do not get from a query into a report") {
  const auto finding =
      finding_of("SELECT 'openssl:fips' AS subject, 'a' || char(27) || '[31m' AS message");
  CHECK(finding.message == "a\xEF\xBF\xBD[31m");
}

TEST_CASE("a query that does more than read becomes an error and does nothing") {
  for (const char* sql :
       {"ATTACH '/tmp/assay-hostile.db' AS x", "PRAGMA writable_schema = 1",
        "INSERT INTO source_feed VALUES (1, 'x')", "DELETE FROM source", "DROP TABLE source",
        "CREATE TABLE x (y)", "SELECT load_extension('/tmp/x.so') AS subject, 1 AS message",
        "VACUUM INTO '/tmp/assay-hostile.db'"}) {
    CAPTURE(sql);
    CHECK(finding_of(sql).result == Result::error);
  }
}

TEST_CASE("a broken rule does not use up the steps of the next one") {
  RuleText endless;
  endless.attributes = R"(id="endless" severity="low" subject="provider")";
  endless.queries =
      "<violations>WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x)"
      " SELECT 'a' AS subject, 'x' AS message FROM x WHERE n &lt; 0</violations>";
  const auto findings =
      judge(pack_of(endless.xml() + RuleText().xml()),
            sources_sql() + provider_sql("openssl:fips") + integrity_sql("openssl:fips", 1));
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].result == Result::error);
  CHECK(findings[1].result == Result::pass);
}
