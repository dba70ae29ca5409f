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
