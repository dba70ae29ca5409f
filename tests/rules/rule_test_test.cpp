#include "rules/rule_test.h"

#include "rules/lint.h"
#include "tests/catch.h"
#include "tests/rules/small_pack.h"

using namespace rules::test;
using Catch::Matchers::Contains;

TEST_CASE("the tests that a rule carries are run, and two more are made") {
  const auto report = rules::run_rule_tests(pack_of(RuleText().xml()), evidence::create_schema);
  CHECK(report.tests == 2);
  CHECK(report.generated == 2);
  CHECK(report.failures.empty());
}

TEST_CASE("a rule test that comes out otherwise is reported with its place") {
  RuleText text;
  text.queries =
      "<violations>SELECT module AS subject, 'never' AS message FROM module_integrity"
      " WHERE 0</violations>";
  const auto report = rules::run_rule_tests(pack_of(text.xml()), evidence::create_schema);
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures[0].rule == "integrity");
  CHECK(report.failures[0].message == "05.xml:2: rule integrity: expected fail, got pass");
}

TEST_CASE("a rule test that fails says what it shows") {
  RuleText text;
  text.tests +=
      R"(<test expect="pass" shows="passes where nothing was computed">INSERT INTO provider (source, basis, module) VALUES (1, 'listed', 'a')</test>)";
  const auto report = rules::run_rule_tests(pack_of(text.xml()), evidence::create_schema);
  REQUIRE(report.failures.size() == 1);
  CHECK(
      report.failures[0].message ==
      "05.xml:2: rule integrity: expected pass, got unknown (no value was computed); its test: it "
      "passes where nothing was computed");
}

TEST_CASE("a rule that passes where nothing was collected is reported") {
  RuleText text;
  text.attributes = R"(id="hasty" severity="low" subject="host")";
  text.needs.clear();
  text.queries =
      "<violations>SELECT 'host' AS subject, 'x' AS message FROM module_integrity"
      " WHERE matches = 0</violations>";
  const auto report = rules::run_rule_tests(pack_of(text.xml()), evidence::create_schema);
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures[0].message ==
        "05.xml:2: rule hasty: passes though no evidence at all was collected");
}

TEST_CASE("a rule that takes unreadable evidence for inapplicable is reported") {
  RuleText text;
  text.queries +=
      "<not-applicable>SELECT module AS subject, 'x' AS message FROM provider"
      " WHERE (SELECT outcome FROM source WHERE id = 1) = 'unreadable'</not-applicable>";
  const auto report = rules::run_rule_tests(pack_of(text.xml()), evidence::create_schema);
  REQUIRE(report.failures.size() == 1);
  CHECK_THAT(report.failures[0].message,
             Contains("expected unknown when the source is unreadable, got notapplicable"));
}

TEST_CASE("a rule test whose SQL breaks is reported and the others run") {
  RuleText text;
  text.tests = R"(<test expect="pass">INSERT INTO nowhere VALUES (1)</test>)" + text.tests;
  const auto report = rules::run_rule_tests(pack_of(text.xml()), evidence::create_schema);
  CHECK(report.tests == 3);
  REQUIRE(report.failures.size() == 2);
  CHECK(report.failures[0].message == "05.xml:2: rule integrity: no such table: nowhere");
}

TEST_CASE("the result of the subject that a test names is compared") {
  RuleText text;
  text.tests = R"(<test expect="fail" subject="b">INSERT INTO provider (source, basis, module)
    VALUES (1, 'listed', 'a'), (1, 'listed', 'b'); INSERT INTO module_integrity (source, basis,
    module, computed, matches) VALUES (1, 'observed', 'a', 'aa', 1), (1, 'observed', 'b', 'aa', 0)
    </test>)" + text.tests;
  CHECK(rules::run_rule_tests(pack_of(text.xml()), evidence::create_schema).failures.empty());
  text.tests = R"(<test expect="fail" subject="c"></test>)" + text.tests;
  const auto report = rules::run_rule_tests(pack_of(text.xml()), evidence::create_schema);
  REQUIRE(report.failures.size() == 1);
  CHECK_THAT(report.failures[0].message, Contains("no result for the subject \"c\""));
}

TEST_CASE("lint finds nothing in a sound pack") {
  CHECK(rules::lint(pack_of(RuleText().xml()), evidence::create_schema).empty());
}

TEST_CASE("lint names SQL that does not fit the tables") {
  RuleText text;
  text.queries =
      "<violations>SELECT modul AS subject, 'x' AS message FROM module_integrity"
      "</violations>";
  const auto messages = rules::lint(pack_of(text.xml()), evidence::create_schema);
  REQUIRE(messages.size() == 1);
  CHECK(messages[0] == "05.xml:2: error: rule integrity: <violations>: no such column: modul");
}

TEST_CASE("lint names a column that a query does not give") {
  RuleText text;
  text.queries = "<violations>SELECT module AS subject FROM module_integrity</violations>";
  const auto messages = rules::lint(pack_of(text.xml()), evidence::create_schema);
  REQUIRE(messages.size() == 1);
  CHECK_THAT(messages[0], Contains("the query gives no column \"message\""));
}

TEST_CASE("lint warns of rows that are joined in no order of their own") {
  RuleText text;
  text.queries =
      "<violations>SELECT module AS subject, group_concat(computed) AS message"
      " FROM module_integrity GROUP BY module</violations>";
  const auto messages = rules::lint(pack_of(text.xml()), evidence::create_schema);
  REQUIRE(messages.size() == 1);
  CHECK_THAT(messages[0],
             Contains("05.xml:2: warning: rule integrity: <violations>: group_concat"));
}

TEST_CASE("lint names needs of tables that are none or always there") {
  RuleText text;
  text.needs += R"(<needs table="provder" when-empty="unknown">x</needs>)"
                R"(<needs table="source" when-empty="unknown">x</needs>)";
  const auto messages = rules::lint(pack_of(text.xml()), evidence::create_schema);
  REQUIRE(messages.size() == 2);
  CHECK_THAT(messages[0], Contains("needs provder, which is no table; did you mean provider"));
  CHECK_THAT(messages[1], Contains("needs source, which is always there"));
}

TEST_CASE("lint warns of tables that are asked and not needed, and of unused references") {
  RuleText text;
  text.queries =
      "<violations>SELECT i.module AS subject, 'x' AS message FROM module_integrity AS i"
      " JOIN self_test USING (module) WHERE result = 'fail'</violations>";
  auto files = pack_files(text.xml(), "<reference table=\"allowed\" file=\"allowed.csv\"/>");
  files.push_back({"allowed.csv", "name\nsha2\n"});
  const auto messages = rules::lint(rules::read_pack(files), evidence::create_schema);
  REQUIRE(messages.size() == 2);
  CHECK(messages[0] ==
        "05.xml:2: warning: rule integrity: <violations> asks the table self_test without needing "
        "it");
  CHECK(messages[1] == "allowed.csv:1: warning: no rule uses the reference table allowed");
}
