// The expected text is our own, approved by reading it: tests/reports/golden/report.junit.xml. That
// it fits the schemas of Ant and of Jenkins' xUnit is judged by xmllint
// (tests/reports/validators.cmake).
#include "reports/junit.h"

#include <pugixml.hpp>
#include <set>

#include "tests/catch.h"
#include "tests/reports/golden.h"
#include "tests/reports/sample.h"

namespace {

pugi::xml_document parsed(const rules::Assessment& assessment) {
  pugi::xml_document document;
  const std::string text = reports::write_junit(assessment);
  REQUIRE(document.load_string(text.c_str()));
  return document;
}

std::size_t count(const pugi::xml_document& document, const char* query) {
  return document.select_nodes(query).size();
}

}  // namespace

TEST_CASE("the JUnit report reads as approved") {
  golden::compare("report.junit.xml", reports::write_junit(sample::small()));
}

TEST_CASE("what could not be determined is an error in JUnit, and never green") {
  const auto document = parsed(sample::small());
  for (const std::string result : {"error", "unknown", "notchecked"}) {
    INFO(result);
    const std::string query = "//testcase[starts-with(@name,'rule-" + result + " ')]/error";
    CHECK(count(document, query.c_str()) == 1);
  }
  CHECK(count(document, "//testcase[starts-with(@name,'rule-fail ')]/failure[@type='high']") == 1);
  CHECK(count(document, "//testcase[starts-with(@name,'rule-notapplicable ')]/skipped") == 1);
  CHECK(count(document, "//testcase[not(*)]") == 1);
  CHECK(count(document, "//testcase[not(*)][starts-with(@name,'rule-pass ')]") == 1);
}

TEST_CASE("JUnit suites count what they hold") {
  const auto document = parsed(sample::rich());
  for (const auto& found : document.select_nodes("//testsuite")) {
    const auto suite = found.node();
    INFO(suite.attribute("name").value());
    CHECK(suite.select_nodes("testcase").size() == suite.attribute("tests").as_uint());
    CHECK(suite.select_nodes("testcase/failure").size() == suite.attribute("failures").as_uint());
    CHECK(suite.select_nodes("testcase/error").size() == suite.attribute("errors").as_uint());
    CHECK(suite.select_nodes("testcase/skipped").size() == suite.attribute("skipped").as_uint());
  }
  CHECK(count(document, "//testcase") == sample::rich().findings.size());
}

TEST_CASE("no two JUnit cases have one class and name, and the name does not tell the result") {
  std::set<std::string> seen;
  const auto document = parsed(sample::rich());
  for (const auto& found : document.select_nodes("//testcase")) {
    const auto node = found.node();
    CHECK(seen.insert(std::string(node.attribute("classname").value()) + "\n" +
                      node.attribute("name").value())
              .second);
  }
  auto changed = sample::small();
  changed.findings[1].result = rules::Result::pass;
  changed.findings[1].title = "All is well";
  CHECK(count(parsed(changed), "//testcase[@name='rule-fail (openssl:fips)']") == 1);
}

TEST_CASE("an assessment with nothing in it is no green JUnit report") {
  CHECK(count(parsed({}), "//testcase/error") == 1);
}

TEST_CASE("a collection without a time still has one that the JUnit schema takes") {
  auto assessment = sample::small();
  assessment.collected_from = "2026-13-45T99:99:99Z";
  CHECK(count(parsed(assessment), "//testsuite[@timestamp='2026-11-23T00:00:00']") == 1);
}
