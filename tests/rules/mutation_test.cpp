// What a test must notice follows from the pack in small_pack.h, where a value differs or does not.
#include "rules/mutation.h"

#include "tests/catch.h"
#include "tests/rules/small_pack.h"

using namespace rules::test;

namespace {

rules::MutationReport report_on(const RuleText& text, const rules::MutationOptions& options = {}) {
  return rules::mutate(pack_of(text.xml()), evidence::create_schema, options);
}

// A test with a provider of which nothing was computed.
const std::string kNothingComputed =
    R"(<test expect="unknown">INSERT INTO provider (source, basis, module) VALUES (1, 'listed', 'a')</test>)";

}  // namespace

TEST_CASE("a slip that no test notices survives") {
  const auto report = report_on(RuleText());
  REQUIRE(report.survivors.size() == 1);
  CHECK(report.survivors[0].rule == "integrity");
  CHECK(report.survivors[0].part == "needs");
  CHECK(report.survivors[0].change == "module_integrity: when-empty unknown -> pass");
  CHECK(report.survivors[0].origin == "05.xml:2");
  CHECK(report.mutants == report.killed + 1);
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
  const auto report =
      report_on(RuleText(), {"rule,part,mutant,reason\nintegrity,needs,"
                             "module_integrity: when-empty unknown -> pass,it is never empty\n"});
  CHECK(report.survivors.empty());
  CHECK(report.equivalent == 1);
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
