// The escapes are those of GitHub's own @actions/core, which issues every line again and compares
// (tests/reports/validators.cmake).
#include "reports/github.h"

#include "evidence/base/text.h"
#include "tests/catch.h"
#include "tests/reports/golden.h"
#include "tests/reports/sample.h"

using Catch::Matchers::Contains;

TEST_CASE("the annotations read as approved") {
  golden::compare("report.github.txt", reports::write_github(sample::small()));
}

TEST_CASE("text cannot issue a workflow command of its own") {
  auto assessment = sample::small();
  assessment.findings.resize(2);
  assessment.findings[1].title = "a\n::set-env name=x::y, 100%";
  assessment.findings[1].message = "/etc/a,b:c:7: x\r\n::add-mask::y";
  const std::string text = reports::write_github(assessment);
  CHECK(base::lines(text).size() == 3);
  for (const auto line : base::lines(text)) {
    const bool known = line.substr(0, 8) == "::error " || line.substr(0, 9) == "::notice ";
    CHECK(known);
  }
  CHECK_THAT(text, Contains("file=/etc/a%2Cb%3Ac,line=7,"));
  CHECK_THAT(text, Contains("title=a%0A%3A%3Aset-env name=x%3A%3Ay%2C 100%25::"));
}

TEST_CASE("a file without a line is annotated as a file") {
  auto assessment = sample::small();
  assessment.findings[1].message = "/etc/ssl/openssl.cnf: not there";
  CHECK_THAT(reports::write_github(assessment),
             Contains("::error file=/etc/ssl/openssl.cnf,title=What is"));
}

TEST_CASE("what could not be determined is annotated, at least as a warning") {
  auto assessment = sample::small();
  const auto command = [&](std::size_t at) {
    return std::string(base::lines(reports::write_github(assessment)).at(at));
  };
  CHECK(command(0).substr(0, 8) == "::error ");
  CHECK(command(1).substr(0, 8) == "::error ");
  CHECK(command(2).substr(0, 10) == "::warning ");
  CHECK(command(3).substr(0, 10) == "::warning ");
  CHECK(base::lines(reports::write_github(assessment)).size() == 5);
}

TEST_CASE("the last annotation tells the verdict") {
  rules::Assessment assessment;
  CHECK_THAT(reports::write_github(assessment),
             Contains("::warning title=assay::no results; exit 3"));
  assessment.exit_code = 0;
  CHECK_THAT(reports::write_github(assessment), Contains("::notice title=assay::"));
  assessment.exit_code = 1;
  CHECK_THAT(reports::write_github(assessment), Contains("::error title=assay::"));
}
