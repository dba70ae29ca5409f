// What a test must notice follows from the pack in small_pack.h, where a value differs or does not.
#include "rules/mutation.h"

#include "tests/catch.h"
#include "tests/rules/small_pack.h"

using namespace rules::test;

namespace {

rules::MutationReport report_on(const RuleText& text, const rules::MutationOptions& options = {}) {
  return rules::mutate(pack_of(text.xml()), evidence::create_schema, options);
}

// A test with a provider of which nothing was computed, but of another module.
const std::string kNothingComputed =
    R"(<test expect="unknown">INSERT INTO provider (source, basis, module) VALUES (1, 'listed', 'a'); INSERT INTO module_integrity (source, basis, module, matches) VALUES (1, 'observed', 'b', 1)</test>)";

// The mutants of the one need of that rule.
const std::string kNeedListed =
    "rule,part,mutant,reason\n"
    "integrity,needs,module_integrity: when-empty unknown -> pass,it is never empty\n"
    "integrity,needs,module_integrity: scope provider -> all,it is never empty\n";

}  // namespace

TEST_CASE("a slip that no test notices survives") {
  const auto report = report_on(RuleText());
  REQUIRE(report.survivors.size() == 2);
  CHECK(report.survivors[0].rule == "integrity");
  CHECK(report.survivors[0].part == "needs");
  CHECK(report.survivors[0].change == "module_integrity: when-empty unknown -> pass");
  CHECK(report.survivors[0].origin == "05.xml:2");
  CHECK(report.survivors[1].change == "module_integrity: scope provider -> all");
  CHECK(report.mutants == report.killed + 2);
  CHECK(report.score() < 100);
}

TEST_CASE("tests that pin everything kill every mutant") {
  RuleText text;
  text.tests += kNothingComputed;
  const auto report = report_on(text);
  CHECK(report.survivors.empty());
  CHECK(report.mutants >= 4);
  CHECK(report.score() == 100);
}

TEST_CASE("a survivor with a reason is equivalent and does not count") {
  const auto report = report_on(RuleText(), {kNeedListed});
  CHECK(report.survivors.empty());
  CHECK(report.equivalent == 2);
  CHECK(report.score() == 100);
  CHECK(report.mistakes.empty());
}

TEST_CASE("a list of survivors that is wrong is told") {
  RuleText text;
  text.tests += kNothingComputed;
  const std::string list =
      "rule,part,mutant,reason\n"
      "integrity,needs,module_integrity: when-empty unknown -> pass,it is never empty\n"
      "integrity,violations,nothing like it,gone\n"
      "gone,unknown,left out,\n";
  const auto report = report_on(text, {list});
  CHECK(report.mistakes ==
        std::vector<std::string>{
            "survivors.csv:4: a mutant without a reason",
            "survivors.csv:2: a test kills this mutant; take it off the list",
            "survivors.csv:4: rule gone has no such mutant any more; review it anew",
            "survivors.csv:3: rule integrity has no such mutant any more; review it anew"});
}

TEST_CASE("a query that may be missing is left out as a whole") {
  RuleText text;
  text.queries +=
      "<unknown>SELECT module AS subject, 'x' AS message FROM module_integrity"
      " WHERE matches IS NULL</unknown>";
  const auto report = report_on(text);
  bool found = false;
  for (const auto& mutant : report.survivors)
    found = found || (mutant.part == "unknown" && mutant.change == "left out");
  CHECK(found);
}

TEST_CASE("a sample tries fewer mutants") {
  const auto all = report_on(RuleText());
  const auto sample = report_on(RuleText(), {"", 3});
  CHECK(sample.mutants == (all.mutants + 2) / 3);
}

TEST_CASE("mutants of a rule whose own test fails say nothing") {
  RuleText text;
  text.queries =
      "<violations>SELECT module AS subject, 'x' AS message FROM module_integrity</violations>";
  CHECK_THROWS_WITH(report_on(text),
                    "05.xml:2: rule integrity: expected pass, got fail (x); repair the rule or the "
                    "test first (assay rules test)");
}

TEST_CASE("a need of the table that the subjects come from has no mutants") {
  RuleText text;
  text.needs += R"(<needs table="provider" when-empty="unknown">not loaded</needs>)";
  CHECK(report_on(text).mutants == report_on(RuleText()).mutants);
}

TEST_CASE("whose rows are counted matters neither for one host nor where emptiness means a pass") {
  const auto scopes = [](const RuleText& text) {
    int count = 0;
    for (const auto& mutant : report_on(text).survivors)
      count += mutant.change.find(": scope ") != std::string::npos ? 1 : 0;
    return count;
  };
  RuleText text;
  CHECK(scopes(text) == 1);
  text.needs = R"(<needs table="module_integrity" when-empty="pass"/>)";
  CHECK(scopes(text) == 0);
  text.attributes = R"(id="kernel" severity="low" subject="host")";
  text.needs = R"(<needs table="kernel" when-empty="unknown">not seen</needs>)";
  text.queries =
      "<violations>SELECT host AS subject, 'x' AS message FROM kernel WHERE fips_enabled = 0"
      "</violations>";
  const std::string row = "INSERT INTO kernel (source, basis, host, fips_enabled) VALUES ";
  text.tests = "<test expect=\"pass\">" + row + "(1, 'observed', 'host', 1)</test>" +
               "<test expect=\"fail\">" + row + "(1, 'observed', 'host', 0)</test>";
  CHECK(scopes(text) == 0);
}

TEST_CASE("a slip in the query for subjects is one of the kind, and any rule about it notices") {
  const std::string subjects =
      "<subjects name=\"file\" column=\"module\">SELECT module AS subject, path AS label"
      " FROM provider_file WHERE fips = 1</subjects>";
  RuleText text;
  text.attributes = R"(id="owner" severity="low" subject="file")";
  text.needs = R"(<needs table="provider_file" when-empty="unknown">none</needs>)";
  text.queries =
      "<violations>SELECT module AS subject, 'x' AS message FROM provider_file"
      " WHERE owner = 1 AND fips = 1</violations>";
  const std::string row = "INSERT INTO provider_file (source, basis, module, fips, owner) VALUES ";
  text.tests = "<test expect=\"pass\">" + row + "(1, 'observed', 'a', 1, 0)</test>" +
               "<test expect=\"fail\">" + row + "(1, 'observed', 'a', 1, 1)</test>";
  const auto survivors = [&] {
    const auto report = rules::mutate(pack_of(text.xml(), subjects), evidence::create_schema, {});
    std::vector<std::string> changes;
    for (const auto& mutant : report.survivors)
      if (mutant.part == "subjects") {
        CHECK(mutant.rule == "file");
        changes.push_back(mutant.change);
      }
    return changes;
  };
  CHECK(survivors() == std::vector<std::string>{"FROM provider_file WHERE [fips = 1 -> 1]"});
  text.tests += "<test expect=\"notapplicable\">" + row + "(1, 'observed', 'a', 0, 1)</test>";
  CHECK(survivors().empty());
}

namespace {

// Two rules ask the view `damaged`, the second through the view `late`; the first tells whether the
// loaded module says so itself.
struct ViewText {
  std::string damaged = "SELECT module, way AS told FROM module_integrity WHERE matches = 0";
  std::string tests = RuleText().tests;

  rules::Pack pack() const {
    RuleText first, second;
    first.queries =
        "<violations>SELECT module AS subject, told AS message FROM damaged</violations>";
    second.attributes = R"(id="second" severity="low" subject="provider")";
    second.queries = "<violations>SELECT module AS subject, 'x' AS message FROM late</violations>";
    second.tests = tests;
    return pack_of(first.xml() + second.xml(),
                   "<view name=\"damaged\">" + damaged +
                       "</view><view name=\"late\">SELECT module FROM damaged</view>");
  }
};

std::vector<std::string> surviving_views(const rules::Pack& pack) {
  std::vector<std::string> changes;
  for (const auto& mutant : rules::mutate(pack, evidence::create_schema, {}).survivors)
    if (mutant.part == "view") changes.push_back(mutant.rule + ": " + mutant.change);
  return changes;
}

}  // namespace

TEST_CASE("a slip in a view survives until a test of any rule that asks it notices") {
  ViewText text;
  CHECK(surviving_views(text.pack()).empty());
  text.damaged += " AND way IS NOT 'loaded'";
  CHECK(surviving_views(text.pack()) ==
        std::vector<std::string>{"damaged: = 0 AND [way IS NOT 'loaded' -> 1]",
                                 "damaged: way IS NOT ['loaded' -> '~']"});
  text.tests +=
      R"(<test expect="pass">INSERT INTO provider (source, basis, module) VALUES (1, 'listed', 'a'); INSERT INTO module_integrity (source, basis, module, way, matches) VALUES (1, 'observed', 'a', 'loaded', 0)</test>)";
  CHECK(surviving_views(text.pack()).empty());
}

TEST_CASE("a slip in a view that only the query for subjects asks is one") {
  RuleText text;
  text.attributes = R"(id="integrity" severity="low" subject="listed" rung="integrity")";
  const std::string more =
      "<view name=\"active\">SELECT module FROM provider WHERE active IS NOT 0</view>"
      "<subjects name=\"listed\" column=\"module\">SELECT module AS subject, module AS label,"
      " '' AS place FROM active</subjects>";
  CHECK(surviving_views(pack_of(text.xml(), more)) ==
        std::vector<std::string>{"active: FROM provider WHERE [active IS NOT 0 -> 1]",
                                 "active: active IS NOT [0 -> 1]"});
  text.tests +=
      R"(<test expect="notapplicable">INSERT INTO provider (source, basis, module, active) VALUES (1, 'listed', 'a', 0); INSERT INTO module_integrity (source, basis, module, matches) VALUES (1, 'observed', 'b', 1)</test>)";
  CHECK(surviving_views(pack_of(text.xml(), more)).empty());
}

TEST_CASE("a column of a view that no query decides by only tells") {
  ViewText text;
  text.damaged =
      "SELECT module, CASE WHEN way IS NULL THEN 'never' ELSE way END AS told"
      " FROM module_integrity WHERE matches = 0";
  CHECK(surviving_views(text.pack()).empty());
  text.damaged += " AND told &lt;&gt; ''";
  CHECK_FALSE(surviving_views(text.pack()).empty());
}

TEST_CASE("a view that decides nothing has no mutants") {
  const std::string view =
      "<view name=\"active\">SELECT module FROM provider WHERE active = 1</view>";
  const auto mutants = [&](const RuleText& text) {
    return rules::mutate(pack_of(text.xml(), view), evidence::create_schema, {}).mutants;
  };
  RuleText text;
  CHECK(mutants(text) == report_on(text).mutants);
  text.queries =
      "<violations>SELECT module AS subject, (SELECT MIN(module) FROM active) AS message"
      " FROM module_integrity WHERE matches = 0</violations>";
  CHECK(mutants(text) == report_on(RuleText()).mutants);
}
