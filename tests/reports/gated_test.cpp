// SARIF 2.1.0 (OASIS) 3.27.23, 3.27.24 and 3.35 say how suppressions and baseline states are
// written.
#include <nlohmann/json.hpp>

#include "reports/format.h"
#include "reports/words.h"
#include "tests/catch.h"
#include "tests/reports/sample.h"

using Catch::Matchers::Contains;

namespace {

nlohmann::json sarif_results() {
  const auto report = nlohmann::json::parse(reports::format_named("sarif").write(sample::gated()));
  return report.at("runs").at(0).at("results");
}

}  // namespace

TEST_CASE("every format shows a waived finding, its result, and until when and by whom") {
  for (const reports::Format& format : reports::all()) {
    if (format.name == "xlsx" || format.name == "json" || format.name == "sarif") continue;
    INFO(format.name);
    std::string text = format.write(sample::gated());
    while (text.find("\\.") != std::string::npos) text.erase(text.find("\\."), 1);
    CHECK_THAT(text, Contains("waived until 2027-01-31 by A. Person (SEC-12)") ||
                         Contains("waived until 2027-01-31 by A. Person \\(SEC-12\\)") ||
                         Contains("waived until 2027\\-01\\-31 by A. Person \\(SEC\\-12\\)"));
    CHECK_THAT(text, Contains("What is the case when it is fail"));
  }
}

TEST_CASE("a finding says in words how it stands to the gate") {
  const auto findings = sample::gated().findings;
  CHECK(reports::standing_in_words(findings[0]) == "new: not in the baseline");
  CHECK_THAT(reports::standing_in_words(findings[1]),
             Contains("waived until 2027-01-31 by A. Person (SEC-12): The move is planned for "
                      "January.; waived until"));
  CHECK(reports::standing_in_words(findings[2]) == "in the baseline");
  CHECK(reports::standing_in_words(findings[3]).empty());
  CHECK(reports::set_aside_in_words(sample::gated()) == "1 waived, 1 in the baseline");
  CHECK(reports::set_aside_in_words(sample::small()).empty());
}

TEST_CASE("SARIF says what is suppressed, by what, and what is new") {
  const auto results = sarif_results();
  CHECK(results[1].at("kind") == "fail");
  CHECK(results[1].at("level") == "error");
  REQUIRE(results[1].at("suppressions").size() == 2);
  CHECK(results[1]["suppressions"][0].at("kind") == "external");
  CHECK(results[1]["suppressions"][0].at("status") == "accepted");
  CHECK(results[1]["suppressions"][0].at("justification") == "The move is planned for January.");
  CHECK(results[1]["suppressions"][0].at("properties").at("place") == "etc/waivers.toml:7");
  CHECK(results[0].at("baselineState") == "new");
  CHECK(results[2].at("baselineState") == "unchanged");
  CHECK_FALSE(results[2].contains("suppressions"));
  CHECK_FALSE(results[5].contains("baselineState"));
}

TEST_CASE("a finding about a file of the gate stands at its line, as the file was named") {
  const auto place = sarif_results()[6].at("locations").at(0).at("physicalLocation");
  CHECK(place.at("artifactLocation").at("uri") == "etc/waivers.toml");
  CHECK(place.at("region").at("startLine") == 12);
  CHECK_THAT(reports::format_named("github").write(sample::gated()),
             Contains("file=etc/waivers.toml,line=12,"));
}

TEST_CASE("JUnit skips what is waived or known, and says why") {
  const std::string text = reports::format_named("junit").write(sample::gated());
  CHECK_THAT(text, Contains("failures=\"0\" errors=\"2\" skipped=\"3\""));
  CHECK_THAT(text, Contains("<skipped message=\"new: not in the baseline") ||
                       Contains("<skipped message=\"waived until 2027-01-31"));
  CHECK_THAT(text, Contains("<skipped message=\"in the baseline; Unknown: "));
}

TEST_CASE("what does not count is a notice in annotations and an info in Code Quality") {
  const auto issues = nlohmann::json::parse(reports::format_named("gitlab").write(sample::gated()));
  CHECK(issues[1].at("severity") == "info");
  CHECK(issues[2].at("severity") == "info");
  CHECK(issues[0].at("severity") == "minor");
  CHECK_THAT(reports::format_named("github").write(sample::gated()),
             Contains("::notice file=/etc/ssl/openssl.cnf,line=7,"));
}

TEST_CASE("the JSON report holds the whole waiver") {
  const auto report = nlohmann::json::parse(reports::format_named("json").write(sample::gated()));
  const auto& finding = report.at("findings").at(1);
  CHECK(finding.at("result") == "fail");
  CHECK(finding.at("waivers").at(0).at("approver") == "A. Person");
  CHECK(finding.at("baseline") == "new");
  CHECK(report.at("findings").at(5).at("baseline").is_null());
  CHECK(report.at("counts").at("waived") == 1);
  CHECK(report.at("counts").at("in_baseline") == 1);
}
