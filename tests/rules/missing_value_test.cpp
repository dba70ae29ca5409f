// What a rule must say of evidence without a value follows from the pack in small_pack.h.
#include "rules/missing_value.h"

#include "tests/catch.h"
#include "tests/rules/small_pack.h"

using namespace rules::test;

namespace {

std::vector<rules::TakenForGood> taken_of(const RuleText& text) {
  return rules::taken_for_good(pack_of(text.xml()), evidence::create_schema);
}

}  // namespace

TEST_CASE("a rule that passes where the value it compares is missing is found, once") {
  RuleText text;
  text.tests +=
      R"(<test expect="fail">INSERT INTO provider (source, basis, module) VALUES (1, 'listed', 'b'); INSERT INTO module_integrity (source, basis, module, computed, matches) VALUES (1, 'observed', 'b', 'bb', 0)</test>)";
  const auto taken = taken_of(text);
  REQUIRE(taken.size() == 1);
  CHECK(taken[0].rule == "integrity");
  CHECK(taken[0].table + "." + taken[0].column == "module_integrity.matches");
  CHECK(taken[0].result == rules::Result::pass);
  CHECK(taken[0].origin == "05.xml:2");
}

TEST_CASE("a rule that is unknown where a value is missing takes nothing for good") {
  RuleText text;
  text.queries +=
      "<unknown>SELECT module AS subject, source, 'nothing to compare' AS message"
      " FROM module_integrity WHERE matches IS NULL</unknown>";
  CHECK(taken_of(text).empty());
}

TEST_CASE("a rule that does not apply where a value is missing is found") {
  RuleText text;
  text.queries +=
      "<not-applicable>SELECT module AS subject, 'nothing' AS message"
      " FROM module_integrity WHERE matches IS NULL</not-applicable>";
  const auto taken = taken_of(text);
  REQUIRE(taken.size() == 1);
  CHECK(taken[0].result == rules::Result::notapplicable);
}

TEST_CASE("a value that is in another row of the same table is left out alone") {
  RuleText text;
  text.tests =
      R"(<test expect="pass">INSERT INTO provider (source, basis, module) VALUES (1, 'listed', 'a'); INSERT INTO module_integrity (source, basis, module, computed, matches) VALUES (1, 'observed', 'a', 'aa', 1)</test><test expect="fail">INSERT INTO provider (source, basis, module) VALUES (1, 'listed', 'a'); INSERT INTO module_integrity (source, basis, module, computed, matches) VALUES (1, 'observed', 'a', 'aa', 0), (1, 'observed', 'a', 'ab', 0)</test>)";
  CHECK(taken_of(text).empty());
}
