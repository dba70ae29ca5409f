// The rules are those of RFC 4180, and for formulas those of OWASP's page "CSV Injection"; Python's
// csv module judges the whole file (tests/reports/validators.cmake).
#include "reports/csv.h"

#include <algorithm>

#include "tests/catch.h"
#include "tests/reports/golden.h"
#include "tests/reports/sample.h"

namespace {

using Catch::Matchers::Contains;

std::string with_message(const std::string& message) {
  rules::Assessment assessment;
  assessment.findings.resize(1);
  assessment.findings.front().message = message;
  return reports::write_csv(assessment);
}

}  // namespace

TEST_CASE("the CSV report reads as approved") {
  golden::compare("report.csv", reports::write_csv(sample::small()));
}

TEST_CASE("a cell that a spreadsheet would run begins with an apostrophe in CSV") {
  for (const std::string text : {"=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1",
                                 "\xEF\xBC\x9D"
                                 "1"}) {
    INFO(text);
    CHECK_THAT(with_message(text), Contains(",\"'" + text + "\","));
  }
  CHECK_THAT(with_message("1=1"), Contains(",\"1=1\","));
}

TEST_CASE("quotes are doubled and commas kept in CSV") {
  CHECK_THAT(with_message("say \"no\", twice"), Contains(",\"say \"\"no\"\", twice\","));
}

TEST_CASE("every line of CSV ends with CRLF, those within a cell too") {
  const std::string text = with_message("one\ntwo\r\nthree");
  CHECK_THAT(text, Contains("one\r\ntwo"));
  CHECK(std::count(text.begin(), text.end(), '\n') == std::count(text.begin(), text.end(), '\r'));
}

TEST_CASE("an assessment with nothing in it is a CSV head") {
  const std::string text = reports::write_csv({});
  CHECK(text.substr(0, 10) == "\"result\",\"");
  CHECK(std::count(text.begin(), text.end(), '\n') == 1);
}
