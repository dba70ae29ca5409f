// What lint must say follows from the pack in small_pack.h and one slip in each case.
#include "rules/lint_packs.h"

#include <algorithm>

#include "tests/catch.h"
#include "tests/rules/small_pack.h"

using namespace rules::test;
using Catch::Matchers::Contains;

TEST_CASE("a test with the evidence and the result of another one is told") {
  RuleText text;
  CHECK(rules::lint_tests_and_subjects(pack_of(text.xml()), evidence::create_schema).size() == 1);
  const std::string row = "INSERT INTO provider (source, basis, module) VALUES (1, 'listed', 'a')";
  text.tests += "<test expect=\"unknown\">" + row + "</test>";
  text.tests += "\n<test expect=\"unknown\">  " + row + "\n</test>";
  const auto messages =
      rules::lint_tests_and_subjects(pack_of(text.xml()), evidence::create_schema);
  REQUIRE(messages.size() == 2);
  CHECK(messages[1] ==
        "05.xml:3: warning: rule integrity: this test cannot fail unless the one at 05.xml:2 does: "
        "the evidence and what is expected are the same");
}

TEST_CASE("a kind of subject that nothing brings, or that no rule is about, is told") {
  const std::string kinds =
      "<reference table=\"allowed\" file=\"allowed.csv\"/>"
      "<subjects name=\"name\">SELECT name AS subject FROM allowed</subjects>";
  auto files = pack_files(RuleText().xml(), kinds);
  files.push_back({"allowed.csv", "name\nsha2\n"});
  const auto messages =
      rules::lint_tests_and_subjects(rules::read_pack(files), evidence::create_schema);
  REQUIRE(messages.size() == 3);
  CHECK(messages[0] == "pack.xml:1: warning: no rule is about the subjects \"host\"");
  CHECK_THAT(messages[1], Contains("error: subjects \"name\": no probe and no snapshot fills"));
  CHECK(messages[2] == "pack.xml:1: warning: no rule is about the subjects \"name\"");
}

TEST_CASE("a rule id that two packs have is told, but a pack may stand in for a built-in rule") {
  rules::Pack one = pack_of(RuleText().xml()), other = one, built_in = one;
  other.id = "other";
  built_in.id = "built-in";
  built_in.built_in = true;
  CHECK(rules::lint_side_by_side({one, built_in}, {"small"}).empty());
  CHECK(rules::lint_side_by_side({one, other}, {"a third"}).empty());
  const auto messages = rules::lint_side_by_side({one, built_in, other}, {"other"});
  REQUIRE(messages.size() == 1);
  CHECK(messages[0] ==
        "05.xml:2: error: rule integrity of pack other: pack small has a rule of this id too; "
        "reports could not tell them apart");
}

TEST_CASE("the evidence tables that nothing asks are named, and no others") {
  const auto before = rules::unasked_tables({});
  const auto after = rules::unasked_tables({pack_of(RuleText().xml())});
  const auto has = [](const std::vector<std::string>& names, const char* name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  CHECK(has(before, "provider"));
  CHECK(has(before, "module_integrity"));
  CHECK(has(before, "pkcs11_token"));
  CHECK_FALSE(has(after, "provider"));
  CHECK_FALSE(has(after, "module_integrity"));
  CHECK(has(after, "pkcs11_token"));
}
