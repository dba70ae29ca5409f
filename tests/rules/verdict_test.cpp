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
  return verdict_on(findings, threshold).exit_code;
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
      Severity::high);
  CHECK(verdict.count == std::array<int, 6>{1, 1, 0, 0, 2, 0});
  CHECK(verdict.over_threshold == 1);
  CHECK(verdict.meaning == "findings at or over the threshold");
}
