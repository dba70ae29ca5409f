// The expected words are those of SARIF 2.1.0 (OASIS), 3.27.9 and 3.27.10; the whole file was
// approved by reading it: tests/reports/golden/report.sarif. Schema and semantics are judged by
// programs of others (tests/reports/validators.cmake).
#include "reports/sarif.h"

#include <nlohmann/json.hpp>
#include <set>

#include "tests/catch.h"
#include "tests/reports/golden.h"
#include "tests/reports/sample.h"

namespace {

nlohmann::json run_of(const rules::Assessment& assessment) {
  return nlohmann::json::parse(reports::write_sarif(assessment)).at("runs").at(0);
}

}  // namespace

TEST_CASE("the SARIF report reads as approved") {
  golden::compare("report.sarif", reports::write_sarif(sample::small()));
}

TEST_CASE("in SARIF only a rule that failed has a level, and only one that passed has passed") {
  const auto results = run_of(sample::small()).at("results");
  const std::vector<std::array<std::string, 3>> expected = {
      {"error", "open", "none"},
      {"fail", "fail", "error"},
      {"unknown", "open", "none"},
      {"notchecked", "review", "none"},
      {"notapplicable", "notApplicable", "none"},
      {"pass", "pass", "none"}};
  REQUIRE(results.size() == expected.size());
  for (std::size_t at = 0; at < expected.size(); ++at) {
    CHECK(results[at].at("properties").at("result") == expected[at][0]);
    CHECK(results[at].at("kind") == expected[at][1]);
    CHECK(results[at].at("level") == expected[at][2]);
  }
}

TEST_CASE("a message that begins with its title is told once") {
  auto assessment = sample::small();
  assessment.findings[0].title = "It is off";
  assessment.findings[0].message = "It is off: fips = 0";
  CHECK(run_of(assessment).at("results")[0].at("message").at("text") ==
        "OpenSSL FIPS Provider 3.0.20: It is off: fips = 0");
  assessment.findings[0].message = "";
  CHECK(run_of(assessment).at("results")[0].at("message").at("text") ==
        "OpenSSL FIPS Provider 3.0.20: It is off");
}

TEST_CASE("severity becomes the level of a failure in SARIF") {
  auto assessment = sample::small();
  for (const auto& [severity, level] :
       std::vector<std::pair<rules::Severity, std::string>>{{rules::Severity::critical, "error"},
                                                            {rules::Severity::high, "error"},
                                                            {rules::Severity::medium, "warning"},
                                                            {rules::Severity::low, "note"}}) {
    assessment.findings[1].severity = severity;
    const auto run = run_of(assessment);
    CHECK(run.at("results")[1].at("level") == level);
    CHECK(run.at("tool").at("driver").at("rules")[1].at("defaultConfiguration").at("level") ==
          level);
  }
}

TEST_CASE("every SARIF result names its rule, and no rule is listed twice") {
  const auto run = run_of(sample::rich());
  const auto& rules = run.at("tool").at("driver").at("rules");
  std::set<std::string> ids;
  for (const auto& rule : rules) CHECK(ids.insert(rule.at("id").get<std::string>()).second);
  CHECK(run.at("results").size() == sample::rich().findings.size());
  for (const auto& result : run.at("results"))
    CHECK(rules.at(result.at("ruleIndex").get<std::size_t>()).at("id") == result.at("ruleId"));
}

TEST_CASE("rules of two packs with one name stay two rules in SARIF") {
  auto assessment = sample::small();
  assessment.findings[1].rule = assessment.findings[0].rule;
  assessment.findings[1].pack = "house-policy";
  const auto rules = run_of(assessment).at("tool").at("driver").at("rules");
  CHECK(rules[0].at("id") == "rule-error");
  CHECK(rules[1].at("id") == "house-policy/rule-error");
}

TEST_CASE("a SARIF location is a line or a file where there is one, else the evidence") {
  auto assessment = sample::small();
  assessment.findings[3].evidence.clear();
  assessment.findings[4].message = "/etc/ssl/openssl.cnf: not there";
  const auto results = run_of(assessment).at("results");
  const auto& line = results[1].at("locations")[0].at("physicalLocation");
  CHECK(line.at("artifactLocation").at("uri") == "file:///etc/ssl/openssl.cnf");
  CHECK(line.at("region").at("startLine") == 7);
  const auto& file = results[4].at("locations")[0].at("physicalLocation");
  CHECK(file.at("artifactLocation").at("uri") == "file:///etc/ssl/openssl.cnf");
  CHECK_FALSE(file.contains("region"));
  const auto& elsewhere = results[3].at("locations")[0];
  CHECK(elsewhere.at("physicalLocation").at("artifactLocation").at("uri") == "evidence.db");
  CHECK_FALSE(elsewhere.at("physicalLocation").contains("region"));
  CHECK(elsewhere.at("logicalLocations")[0].at("fullyQualifiedName") == "openssl:fips");
}

TEST_CASE("a path in SARIF is a URI, whatever the file is called") {
  auto assessment = sample::small();
  assessment.findings[1].message = "/srv/a b/100%#?\xC3\xBC.cnf:7: x";
  const auto result = run_of(assessment).at("results")[1];
  CHECK(result.at("locations")[0].at("physicalLocation").at("artifactLocation").at("uri") ==
        "file:///srv/a%20b/100%25%23%3F%C3%BC.cnf");
}

TEST_CASE("fingerprints in SARIF differ between findings and not between runs") {
  auto later = sample::small();
  later.as_of = "2027-01-01";
  for (auto& finding : later.findings) finding.message = "changed";
  const auto first = run_of(sample::small()).at("results"), second = run_of(later).at("results");
  std::set<std::string> seen;
  for (std::size_t at = 0; at < first.size(); ++at) {
    CHECK(first[at].at("partialFingerprints") == second[at].at("partialFingerprints"));
    CHECK(seen.insert(first[at].at("partialFingerprints").dump()).second);
  }
}

TEST_CASE("an assessment with nothing in it is a SARIF run without results that held nothing") {
  const auto run = run_of({});
  CHECK(run.at("results").empty());
  CHECK(run.at("tool").at("driver").at("rules").empty());
  CHECK(run.at("invocations")[0].at("exitCode") == 3);
}
