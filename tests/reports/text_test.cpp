// The expected text is our own, approved by reading it: tests/reports/golden/report.txt.
#include "reports/text.h"

#include <regex>

#include "evidence/base/text.h"
#include "reports/text_layout.h"
#include "reports/words.h"
#include "tests/catch.h"
#include "tests/reports/golden.h"
#include "tests/reports/sample.h"

TEST_CASE("one pack is told as a pack, two as packs") {
  auto assessment = sample::rich();
  assessment.packs.resize(1);
  CHECK(reports::text_report(assessment, false).find("; pack ") != std::string::npos);
  assessment.packs.push_back(assessment.packs.front());
  CHECK(reports::text_report(assessment, false).find("; packs ") != std::string::npos);
}

TEST_CASE("the terminal report reads as approved") {
  golden::compare("report.txt", reports::text_report(sample::rich(), false));
}

TEST_CASE("no line of the terminal report is wider than 100 columns") {
  const std::string report = reports::text_report(sample::rich(), false);
  const auto lines = base::lines(report);
  REQUIRE(lines.size() > 100);
  for (const auto line : lines) {
    INFO(std::string(line));
    CHECK(reports::columns_of(line) <= 100);
  }
}

TEST_CASE("colour adds sequences to the terminal report and changes no word") {
  const std::string plain = reports::text_report(sample::rich(), false);
  const std::string coloured = reports::text_report(sample::rich(), true);
  CHECK(coloured != plain);
  CHECK(std::regex_replace(coloured, std::regex("\x1B\\[[0-9]+m"), "") == plain);
  CHECK(plain.find('\x1B') == std::string::npos);
}

TEST_CASE("the terminal report shows every result that is open and only counts the others") {
  const auto assessment = sample::rich();
  std::string text = reports::text_report(assessment, false);
  CHECK(text.find("x FAIL") != std::string::npos);
  CHECK(text.find("- n/a") != std::string::npos);
  CHECK(text.find("do: Install the module again") != std::string::npos);
  CHECK(text.find("Integrity verified, or not") != std::string::npos);  // Unknown for the token.
  CHECK(text.find("Present, or not") == std::string::npos);             // Passes everywhere.
}

TEST_CASE("a result with several reasons says how many more there are than the one it names") {
  rules::Assessment assessment;
  rules::Finding finding;
  finding.result = rules::Result::fail;
  finding.title = "A key can be copied";
  finding.message = "Key a can be copied.";
  const auto exhibit = [](const char* seen, const char* basis) {
    return rules::Exhibit{1, "module", "call", "observed", basis, seen};
  };
  finding.evidence = {exhibit("Key a can be copied.", ""), exhibit("keys seen: 9", "listed")};
  assessment.findings = {finding};
  CHECK(reports::text_report(assessment, false).find(" more; ") == std::string::npos);
  assessment.findings[0].evidence.push_back(exhibit("Key b can be copied.", ""));
  CHECK(reports::text_report(assessment, false).find("and 1 more; the full report") !=
        std::string::npos);
}

TEST_CASE("an assessment with nothing in it still makes a terminal report") {
  const std::string text = reports::text_report({}, false);
  CHECK(text.find("no results") != std::string::npos);
  CHECK(text.find("exit 3") != std::string::npos);
}

TEST_CASE("lines are cut at spaces, and within a word only if it is wider than a line") {
  CHECK(reports::wrapped("one two three", 7) == std::vector<std::string>{"one two", "three"});
  CHECK(reports::wrapped("abcdefgh", 3) == std::vector<std::string>{"abc", "def", "gh"});
  CHECK(reports::wrapped("a\n\nb", 9) == std::vector<std::string>{"a", "", "b"});
  CHECK(reports::wrapped("", 9) == std::vector<std::string>{""});
}

TEST_CASE("wide characters take two columns and marks none") {
  CHECK(reports::columns_of("a") == 1);
  CHECK(reports::columns_of("e\xCC\x81") == 1);
  CHECK(reports::columns_of("\xF0\x9F\x94\x91\xE9\x8D\xB5") == 4);
}

TEST_CASE("text that would steer a terminal or turn its direction is replaced") {
  CHECK(reports::clean("a\xC2\x9B"
                       "b") ==
        "a\xEF\xBF\xBD"
        "b");
  CHECK(reports::clean("a\xE2\x80\xAE"
                       "b") ==
        "a\xEF\xBF\xBD"
        "b");
  CHECK(reports::clean("a\xEF\xBF\xBF") == "a\xEF\xBF\xBD");
  CHECK(reports::clean("caf\xC3\xA9 \xE2\x80\xA6 \xF0\x9F\x94\x91") ==
        "caf\xC3\xA9 \xE2\x80\xA6 \xF0\x9F\x94\x91");
}

TEST_CASE("numbers have a comma between thousands") {
  CHECK(reports::grouped(0) == "0");
  CHECK(reports::grouped(999) == "999");
  CHECK(reports::grouped(1000) == "1,000");
  CHECK(reports::grouped(-1234567) == "-1,234,567");
}

TEST_CASE("a very long text is cut in the terminal report, and says so") {
  const std::string text = reports::text_report(sample::rich(), false);
  CHECK(text.find("the other formats have all of it") != std::string::npos);
  CHECK(text.find(std::string(100, 'm')) == std::string::npos);
  CHECK(text.size() < 40000);
}

TEST_CASE("a place is named once, with the reason only where nothing was seen there") {
  rules::Assessment assessment = sample::small();
  REQUIRE(!assessment.findings.empty());
  rules::Finding& finding = assessment.findings.front();
  finding.result = rules::Result::fail;
  rules::Exhibit seen, not_tried, unread;
  seen.locator = not_tried.locator = "/usr/lib/one.so";
  unread.locator = "/usr/lib/two.so";
  seen.outcome = "observed", not_tried.outcome = "unsupported", unread.outcome = "unreadable";
  finding.evidence = {not_tried, seen, unread};
  assessment.findings.resize(1);
  const std::string text = reports::text_report(assessment, false);
  CHECK(text.find("one.so (") == std::string::npos);
  CHECK(text.find("one.so") == text.rfind("one.so"));
  CHECK(text.find("two.so (could not be read)") != std::string::npos);
}
