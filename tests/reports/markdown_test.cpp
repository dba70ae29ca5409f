// The expected text is our own, approved by reading it: tests/reports/golden/report.md. That
// nothing but text comes of hostile text is judged by cmark-gfm (tests/reports/check_markdown.py).
#include "reports/markdown.h"

#include "reports/markdown_escape.h"
#include "tests/catch.h"
#include "tests/reports/golden.h"
#include "tests/reports/sample.h"

using Catch::Matchers::Contains;
using reports::markdown_text;

TEST_CASE("the Markdown report reads as approved") {
  golden::compare("report.md", reports::write_markdown(sample::small()));
}

TEST_CASE("text in Markdown is neither markup nor HTML") {
  CHECK(markdown_text("a|b *c* _d_ `e` [f](g) <h> & \\") ==
        "a\\|b \\*c\\* \\_d\\_ \\`e\\` \\[f\\](g) &lt;h&gt; &amp; \\\\");
}

TEST_CASE("text in Markdown links, mentions and refers to nothing") {
  CHECK(markdown_text("https://example.org www.example.org") ==
        "https\\://example.org www\\.example.org");
  CHECK(markdown_text("@team #12 $x$") == "@<!-- -->team \\#<!-- -->12 &#36;x&#36;");
}

TEST_CASE("text in a Markdown table stays on its line") {
  CHECK(markdown_text("a\nb", "<br>") == "a<br>b");
  CHECK(markdown_text("a\nb") == "a b");
}

TEST_CASE("what passed is not told in Markdown, all else is") {
  const std::string text = reports::write_markdown(sample::small());
  for (const std::string result : {"error", "fail", "notchecked"})
    CHECK_THAT(text, Contains("What is the case when it is " + result));
  CHECK_THAT(text, !Contains("when it is pass") && !Contains("when it is notapplicable"));
}

TEST_CASE("findings that a Markdown summary has no room for are counted") {
  auto assessment = sample::small();
  assessment.findings.resize(2);
  assessment.findings.resize(5000, assessment.findings[1]);
  const std::string text = reports::write_markdown(assessment);
  CHECK(text.size() <= reports::kSummaryLimit);
  CHECK(text.size() > reports::kSummaryLimit / 2);
  CHECK_THAT(text, Contains("for want of room: 4,") && Contains(" findings.**"));
}

TEST_CASE("a Markdown summary has its limit whatever the modules are called") {
  auto assessment = sample::small();
  assessment.headline = assessment.assessed = assessment.shows_not = std::string(70000, '|');
  assessment.ladders.resize(900, assessment.ladders.front());
  for (auto& ladder : assessment.ladders) ladder.name = std::string(5000, '<');
  CHECK(reports::write_markdown(assessment).size() <= reports::kSummaryLimit);
}
