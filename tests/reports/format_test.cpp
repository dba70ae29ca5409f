#include "reports/format.h"

#include "evidence/base/error.h"
#include "tests/catch.h"
#include "tests/reports/sample.h"

TEST_CASE("a report format is found by its name") {
  CHECK(reports::format_named("json").file_name == "report.json");
}

TEST_CASE("a slip in the name of a report format is answered with the nearest") {
  CHECK_THROWS_WITH(reports::format_named("jsno"), "no report format 'jsno'; did you mean 'json'?");
}

TEST_CASE("a name that is no report format is answered with those there are") {
  try {
    reports::format_named("interpretive dance");
    FAIL("a name that is no format was taken");
  } catch (const base::Error& error) {
    CHECK(error.kind() == base::ErrorKind::usage);
    CHECK(std::string(error.what()) ==
          "no report format 'interpretive dance'; there are text, html, xlsx, json, csv, markdown, "
          "sarif, junit, gitlab, github");
  }
}

TEST_CASE("every format gives the same bytes for the same assessment") {
  for (const reports::Format& format : reports::all()) {
    INFO(format.name);
    const std::string once = format.write(sample::rich());
    CHECK(once.size() > 1000);
    CHECK((once == format.write(sample::rich())));
  }
}

TEST_CASE("every format writes an assessment with nothing in it") {
  for (const reports::Format& format : reports::all()) {
    INFO(format.name);
    CHECK_FALSE(format.write({}).empty());
  }
}
