// The expected text is our own, approved by reading it: tests/reports/golden/report.json. That it
// fits docs/report.schema.json is judged by python3-jsonschema (tests/reports/validators.cmake).
#include "reports/json.h"

#include <nlohmann/json.hpp>

#include "reports/words.h"
#include "tests/catch.h"
#include "tests/reports/golden.h"
#include "tests/reports/sample.h"

TEST_CASE("the JSON report reads as approved") {
  auto assessment = sample::rich();
  assessment.findings.back().message = "short";
  for (auto& finding : assessment.findings)
    if (finding.message.size() > 1000) finding.message = "short";
  golden::compare("report.json", reports::write_json(assessment));
}

TEST_CASE("bytes that are no UTF-8 do not stop the JSON report") {
  rules::Assessment assessment;
  assessment.headline = "\xFF\xC3";
  const auto json = nlohmann::json::parse(reports::write_json(assessment));
  CHECK(json.at("headline") == "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST_CASE("every finding, rung and table row is in the JSON report") {
  const auto assessment = sample::rich();
  const auto json = nlohmann::json::parse(reports::write_json(assessment));
  REQUIRE(json.at("findings").size() == assessment.findings.size());
  REQUIRE(json.at("ladders").size() == assessment.ladders.size());
  CHECK(json.at("ladders")[0].at("rungs").size() == 9);
  CHECK(json.at("ladders")[0].at("holds_to") == 3);
  CHECK(json.at("tables")[0].at("rows").size() == assessment.tables[0].rows.size());
  CHECK(json.at("tables")[0].at("rows")[0][2] == 2048);
  CHECK(json.at("tables")[0].at("rows")[0][3].is_null());
  CHECK(json.at("counts").at("fail") == assessment.count[4]);
}

TEST_CASE("markup in evidence stays as it is in the JSON report") {
  const auto json = nlohmann::json::parse(reports::write_json(sample::rich()));
  CHECK(json.at("ladders")[4].at("name") == "<script>alert(1)</script>");
}

TEST_CASE("an assessment with nothing in it still makes a JSON report") {
  const auto json = nlohmann::json::parse(reports::write_json({}));
  CHECK(json.at("schema") == "assay-report/1");
  CHECK(json.at("exit").at("code") == 3);
  CHECK(json.at("findings").empty());
}
