#include "rules/verdict.h"

#include "tests/catch.h"

using rules::Finding;
using rules::Result;
using rules::Severity;
using rules::verdict_on;

namespace {

Finding finding(Result result, Severity severity) {
  Finding made;
  made.result = result;
  made.severity = severity;
  return made;
}

int exit_of(const std::vector<Finding>& findings, Severity threshold = Severity::medium) {
  return verdict_on(findings, {threshold, {}}).exit_code;
}

Finding on(rules::Rung rung, Finding made) {
  made.rung = rung;
  return made;
}

int exit_of(const std::vector<Finding>& findings, const std::vector<std::string>& words) {
  return verdict_on(findings, rules::threshold_of(words)).exit_code;
}

}  // namespace

TEST_CASE("a failure at or over the threshold exits with 1") {
  CHECK(exit_of({finding(Result::fail, Severity::medium)}) == 1);
  CHECK(exit_of({finding(Result::fail, Severity::critical)}) == 1);
  CHECK(exit_of({finding(Result::fail, Severity::low)}, Severity::low) == 1);
}

TEST_CASE("a failure hides behind no open question") {
  CHECK(exit_of({finding(Result::unknown, Severity::critical),
                 finding(Result::fail, Severity::medium)}) == 1);
}

TEST_CASE("a failure under the threshold lets the rest decide") {
  CHECK(exit_of({finding(Result::fail, Severity::low)}) == 0);
  CHECK(exit_of({finding(Result::fail, Severity::low), finding(Result::pass, Severity::high)}) ==
        0);
}

TEST_CASE("an open question at or over the threshold exits with 3") {
  for (const Result open : {Result::unknown, Result::notchecked, Result::error}) {
    CAPTURE(rules::name_of(open));
    CHECK(exit_of({finding(Result::pass, Severity::high), finding(open, Severity::medium)}) == 3);
    CHECK(exit_of({finding(Result::pass, Severity::high), finding(open, Severity::low)}) == 0);
  }
}

TEST_CASE("where nothing passed or failed the exit is 3") {
  CHECK(exit_of({}) == 3);
  CHECK(exit_of({finding(Result::notapplicable, Severity::high)}) == 3);
  CHECK(exit_of({finding(Result::unknown, Severity::low)}) == 3);
}

TEST_CASE("a pass and nothing else exits with 0") {
  CHECK(exit_of({finding(Result::pass, Severity::low)}) == 0);
}

TEST_CASE("results are counted, and failures at the threshold apart") {
  const auto verdict = verdict_on(
      {finding(Result::fail, Severity::low), finding(Result::fail, Severity::high),
       finding(Result::pass, Severity::high), finding(Result::notapplicable, Severity::high)},
      {Severity::high, {}});
  CHECK(verdict.count == std::array<int, 6>{1, 1, 0, 0, 2, 0});
  CHECK(verdict.over_threshold == 1);
  CHECK(verdict.meaning == "findings at or over the threshold");
}

TEST_CASE("a failure on a rung that the threshold names exits with 1, however mild") {
  const Finding mild = on(rules::Rung::certificate, finding(Result::fail, Severity::low));
  const Finding grave = on(rules::Rung::policy, finding(Result::fail, Severity::critical));
  CHECK(exit_of({mild}, {"rung:certificate"}) == 1);
  CHECK(exit_of({mild}, {"high"}) == 0);
  CHECK(exit_of({mild, grave}, {"rung:present"}) == 3);
  CHECK(exit_of({grave, on(rules::Rung::present, finding(Result::pass, Severity::low))},
                {"rung:present"}) == 0);
  CHECK(exit_of({grave}, {"rung:present", "high"}) == 1);
}

TEST_CASE("a rung of the threshold on which nothing was decided exits with 3") {
  const Finding passed = finding(Result::pass, Severity::high);
  const auto verdict = verdict_on(
      {passed, on(rules::Rung::certificate, finding(Result::notapplicable, Severity::high))},
      rules::threshold_of({"high", "rung:certificate"}));
  CHECK(verdict.exit_code == 3);
  CHECK(verdict.meaning ==
        "could not determine: nothing on the rung certificate could be answered with pass or fail");
  CHECK(exit_of({passed, on(rules::Rung::certificate, finding(Result::unknown, Severity::low))},
                {"rung:certificate"}) == 3);
}

TEST_CASE("several words make one threshold, the mildest severity counts") {
  const rules::Threshold both = rules::threshold_of({"critical", "rung:policy", "high"});
  CHECK(in_words(both) == "high or rung:policy");
  CHECK(in_words(rules::threshold_of({})) == "medium");
  CHECK(in_words(rules::threshold_of({"rung:services"})) == "rung:services");
}

TEST_CASE("a word that is no threshold is answered with the nearest one") {
  CHECK_THROWS_WITH(rules::threshold_of({"hihg"}), "no threshold \"hihg\"; did you mean high?");
  CHECK_THROWS_WITH(rules::threshold_of({"rung:certifcate"}),
                    "no threshold \"rung:certifcate\"; did you mean rung:certificate?");
  CHECK_THROWS_WITH(rules::threshold_of({"rung:none"}), Catch::Matchers::Contains("no threshold"));
}
