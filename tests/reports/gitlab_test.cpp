// The severities are those of GitLab's Code Quality; the schema that GitLab applies judges the
// whole file (tests/reports/validators.cmake).
#include "reports/gitlab.h"

#include <nlohmann/json.hpp>
#include <set>

#include "tests/catch.h"
#include "tests/reports/golden.h"
#include "tests/reports/sample.h"

namespace {

nlohmann::json issues_of(const rules::Assessment& assessment) {
  return nlohmann::json::parse(reports::write_gitlab(assessment));
}

}  // namespace

TEST_CASE("the Code Quality report reads as approved") {
  golden::compare("gl-code-quality-report.json", reports::write_gitlab(sample::small()));
}

TEST_CASE("Code Quality lists what did not pass, and its fingerprints differ") {
  const auto issues = issues_of(sample::rich());
  const auto rich = sample::rich();
  CHECK(static_cast<int>(issues.size()) ==
        rich.count[2] + rich.count[3] + rich.count[4] + rich.count[5]);
  std::set<std::string> seen;
  for (const auto& issue : issues) CHECK(seen.insert(issue.at("fingerprint")).second);
}

TEST_CASE("severity becomes the severity of Code Quality") {
  auto assessment = sample::small();
  for (const auto& [severity, word] :
       std::vector<std::pair<rules::Severity, std::string>>{{rules::Severity::critical, "critical"},
                                                            {rules::Severity::high, "major"},
                                                            {rules::Severity::medium, "minor"},
                                                            {rules::Severity::low, "info"}}) {
    assessment.findings[1].severity = severity;
    CHECK(issues_of(assessment)[1].at("severity") == word);
  }
}

TEST_CASE("a finding without a file stands at its subject in Code Quality") {
  auto assessment = sample::small();
  assessment.findings[0].evidence.clear();
  assessment.findings[2].message = "/etc/ssl/openssl.cnf: not there";
  const auto issues = issues_of(assessment);
  CHECK(issues[0].at("location").at("path") == "openssl:fips");
  CHECK(issues[0].at("location").at("lines").at("begin") == 1);
  CHECK(issues[1].at("location").at("path") == "/etc/ssl/openssl.cnf");
  CHECK(issues[1].at("location").at("lines").at("begin") == 7);
  CHECK(issues[2].at("location").at("path") == "/etc/ssl/openssl.cnf");
  CHECK(issues[2].at("location").at("lines").at("begin") == 1);
}

TEST_CASE("an assessment with nothing in it has no issues in Code Quality") {
  CHECK(issues_of({}) == nlohmann::json::array());
}
