// What is missing follows from the pack in small_pack.h: a needed table is never empty in its
// tests.
#include "rules/suggestion.h"

#include "rules/test_variation.h"
#include "tests/catch.h"
#include "tests/rules/small_pack.h"

using namespace rules::test;

namespace {

std::vector<rules::SuggestedTest> suggested_for(const rules::Pack& pack,
                                                const rules::MutationOptions& options = {}) {
  std::vector<rules::SuggestedTest> taken;
  rules::suggest_tests(pack, evidence::create_schema, options,
                       [&](const rules::SuggestedTest& one) { taken.push_back(one); });
  return taken;
}

// "part: change" of each mutant that `suggested` notices.
std::vector<std::string> noticed_by(const rules::SuggestedTest& suggested) {
  std::vector<std::string> noticed;
  for (const rules::Mutant& mutant : suggested.notices)
    noticed.push_back(mutant.part + ": " + mutant.change);
  return noticed;
}

}  // namespace

TEST_CASE("the test that is suggested notices what none noticed, and is a test of the pack") {
  RuleText text;
  const auto suggested = suggested_for(pack_of(text.xml()));
  REQUIRE(suggested.size() == 1);
  CHECK(suggested[0].rule == "integrity");
  CHECK(suggested[0].test.expect == rules::Result::unknown);
  CHECK(noticed_by(suggested[0]) ==
        std::vector<std::string>{"needs: module_integrity: when-empty unknown -> pass",
                                 "needs: module_integrity: scope provider -> all"});
  text.tests += rules::as_xml(suggested[0].test);
  const auto report = rules::mutate(pack_of(text.xml()), evidence::create_schema, {});
  CHECK(report.survivors.empty());
}

TEST_CASE("nothing is suggested for a mutant that is listed") {
  const auto suggested = suggested_for(
      pack_of(RuleText().xml()), {"rule,part,mutant,reason\nintegrity,needs,"
                                  "module_integrity: when-empty unknown -> pass,it is never empty\n"
                                  "integrity,needs,"
                                  "module_integrity: scope provider -> all,it is never empty\n"});
  CHECK(suggested.empty());
}

TEST_CASE("a test is varied by one value, one row more, or one row less") {
  const auto constants = rules::constants_in({"SELECT a FROM t WHERE b = 'x%' AND c < 7"});
  CHECK(constants.texts == std::vector<std::string>{"'x'"});
  CHECK(constants.numbers == std::vector<std::string>{"7"});
  const auto all =
      rules::variations("INSERT INTO t (source, b) VALUES (1, 'y')", {}, constants, 100);
  CHECK(all.front().empty());
  const auto has = [&](const std::string& sql) {
    return std::find(all.begin(), all.end(), sql) != all.end();
  };
  CHECK(has("INSERT INTO t (source, b) VALUES (1, 'x')"));
  CHECK(has("INSERT INTO t (source, b) VALUES (1, NULL)"));
  CHECK(has("INSERT INTO t (source, b) VALUES (1, 'y'), (1, 'x')"));
  CHECK_FALSE(has("INSERT INTO t (source, b) VALUES (2, 'y')"));
}

TEST_CASE("a test that passes though a value is missing is marked") {
  RuleText text;
  text.queries =
      "<violations>SELECT module AS subject, 'x' AS message FROM module_integrity"
      " WHERE matches &lt;&gt; 1</violations>";
  text.tests +=
      R"(<test expect="unknown">INSERT INTO provider (source, basis, module) VALUES (1, 'listed', 'a'); INSERT INTO module_integrity (source, basis, module, matches) VALUES (1, 'observed', 'b', 1)</test>)";
  const auto marked = [&] {
    std::vector<std::string> noticed;
    for (const auto& one : suggested_for(pack_of(text.xml())))
      if (one.passes_without)
        for (const std::string& change : noticed_by(one)) noticed.push_back(change);
    return noticed;
  };
  CHECK(marked().empty());
  text.queries =
      "<violations>SELECT module AS subject, 'x' AS message FROM module_integrity"
      " WHERE matches IS NOT NULL AND matches &lt;&gt; 1</violations>"
      "<unknown>SELECT module AS subject, 'x' AS message FROM module_integrity"
      " WHERE COALESCE(computed, 'aa') &lt;&gt; 'aa'</unknown>";
  CHECK_FALSE(marked().empty());
}

TEST_CASE("a test is suggested for a slip in a view that no rule notices, once") {
  RuleText text;
  text.queries = "<violations>SELECT module AS subject, 'x' AS message FROM damaged</violations>";
  RuleText second = text;
  second.attributes = R"(id="second" severity="low" subject="provider")";
  const std::string view =
      "<view name=\"damaged\">SELECT module FROM module_integrity WHERE matches = 0"
      " AND computed IS NOT 'bb'</view>";
  int noticed = 0;
  for (const auto& one : suggested_for(pack_of(text.xml() + second.xml(), view)))
    for (const std::string& change : noticed_by(one))
      noticed += change == "view: computed IS NOT ['bb' -> '~']" ? 1 : 0;
  CHECK(noticed == 1);
}
