// What the page must look like to a browser is judged by the Nu HTML checker
// (tests/reports/validators.cmake); hashes follow CSP Level 3 with the SHA-256 of OpenSSL.
#include "reports/html.h"

#include <algorithm>
#include <regex>
#include <set>

#include "evidence/base/text.h"
#include "reports/html_escape.h"
#include "tests/catch.h"
#include "tests/reports/sample.h"

namespace {

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const auto start = text.find(from);
  REQUIRE(start != std::string::npos);
  const auto end = text.find(to, start + from.size());
  REQUIRE(end != std::string::npos);
  return text.substr(start + from.size(), end - start - from.size());
}

// Every match of the first group, from the page without its style and its script.
std::vector<std::string> matches(const std::string& page, const std::string& expression) {
  std::vector<std::string> found;
  const std::string body =
      page.substr(page.find("<body>"), page.rfind("<script>") - page.find("<body>"));
  const std::regex regex(expression, std::regex::optimize);
  for (auto at = std::sregex_iterator(body.begin(), body.end(), regex);
       at != std::sregex_iterator(); ++at)
    found.push_back((*at)[1].str());
  return found;
}

// The sample without its very long word, which std::regex cannot cross.
rules::Assessment tame() {
  auto assessment = sample::rich();
  for (auto& finding : assessment.findings)
    if (finding.message.size() > 1000) finding.message = "short";
  return assessment;
}

}  // namespace

TEST_CASE("the page runs the script and the style that its policy names, and no other") {
  const std::string page = reports::write_html(sample::rich());
  const std::string policy = between(page, "Content-Security-Policy\" content=\"", "\"");
  CHECK(policy.find("default-src 'none'") == 0);
  CHECK(policy.find("unsafe") == std::string::npos);
  CHECK(policy.find("style-src " + reports::csp_hash(between(page, "<style>", "</style>"))) !=
        std::string::npos);
  CHECK(policy.find("script-src " + reports::csp_hash(between(page, "<script>", "</script>"))) !=
        std::string::npos);
  CHECK(count_of(base::lower(page), "<script") == 1);
  CHECK(count_of(base::lower(page), "<style") == 1);
  CHECK(count_of(base::lower(page), "</script") == 1);
}

TEST_CASE("a content hash is base64 of SHA-256") {
  // printf 'abc' | openssl dgst -sha256 -binary | base64
  CHECK(reports::csp_hash("abc") == "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='");
  CHECK(reports::csp_hash("") == "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
}

TEST_CASE("every finding is an anchor and every id is there once") {
  const auto assessment = tame();
  const std::string page = reports::write_html(assessment);
  const auto ids = matches(page, "\\sid=\"([^\"]*)\"");
  const std::set<std::string> unique(ids.begin(), ids.end());
  CHECK(ids.size() == unique.size());
  for (const auto& finding : assessment.findings) {
    INFO(finding.id);
    CHECK(unique.count(reports::anchor_of(finding.id)) == 1);
  }
}

TEST_CASE("every link of the page leads to something on the page") {
  const std::string page = reports::write_html(tame());
  const auto ids = matches(page, "\\sid=\"([^\"]*)\"");
  const std::set<std::string> unique(ids.begin(), ids.end());
  const auto links = matches(page, "\\shref=\"([^\"]*)\"");
  REQUIRE(links.size() > 50);
  for (const auto& link : links) {
    INFO(link);
    REQUIRE(link.front() == '#');
    CHECK(unique.count(link.substr(1)) == 1);
  }
}

TEST_CASE("the page loads nothing and has no attribute that its policy forbids") {
  const std::string page = reports::write_html(tame());
  CHECK(matches(page, "<[^>]*\\s(style|src|srcset|on[a-z]+)=").empty());
  CHECK(matches(page, "<(img|iframe|object|embed|link|base|form action)\\b").empty());
}

TEST_CASE("text that a module supplied is text on the page") {
  const std::string page = reports::write_html(sample::rich());
  CHECK(page.find("&lt;script&gt;alert(1)&lt;/script&gt;") != std::string::npos);
  CHECK(page.find("<img") == std::string::npos);
  CHECK(page.find("&quot;&gt;&lt;img src=x") != std::string::npos);
  CHECK(page == base::printable(page));
  CHECK(page.find("\xE2\x80\xAE") == std::string::npos);
}

TEST_CASE("text cannot leave a string of the style sheet") {
  CHECK(reports::css_string("a\"b</style>\\") == "\"a\\22 b\\3c \\2f style\\3e \\5c \"");
  auto assessment = sample::rich();
  assessment.host_name = "\"}</style><script>alert(1)</script>\n";
  assessment.tables[0].columns[0] = "\"; } * { display: none } </style>";
  const std::string page = reports::write_html(assessment);
  CHECK(count_of(page, "</style>") == 1);
  CHECK(count_of(page, "<script") == 1);
}

TEST_CASE("findings of the same id still have anchors of their own") {
  reports::Anchors anchors;
  CHECK(anchors.take("rule--a b") == "rule--a~20b");
  CHECK(anchors.take("rule--a b") == "rule--a~20b~~2");
  CHECK(anchors.take("rule--a~20b") == "rule--a~7e20b");
  CHECK(anchors.take("") == "~");
}

TEST_CASE("the query of a finding can be pasted into a shell") {
  CHECK(reports::shell_word("evidence.db") == "evidence.db");
  CHECK(reports::shell_word("a 'b'") == "'a '\\''b'\\'''");
  CHECK(reports::shell_word("-rf") == "'-rf'");
  CHECK(reports::shell_word("") == "''");
}

TEST_CASE("without script what did not pass is open and what passed is one line") {
  const std::string page = reports::write_html(tame());
  for (const auto& finding : tame().findings) {
    INFO(finding.id);
    const std::string tag = between(
        page, "<details class=\"finding\" id=\"" + reports::anchor_of(finding.id) + "\"", ">");
    CHECK((tag.find(" open") != std::string::npos) ==
          (finding.result >= rules::Result::notchecked));
  }
}

TEST_CASE("a clause written from memory says so") {
  const std::string page = reports::write_html(tame());
  std::size_t expected = 0;
  for (const auto& finding : tame().findings)
    for (const auto& citation : finding.citations) expected += citation.from_memory ? 1 : 0;
  for (const auto& control : tame().controls) expected += control.from_memory ? 1 : 0;
  for (const auto& status : tame().requirements) expected += status.requirement.from_memory ? 1 : 0;
  CHECK(count_of(page, "(from memory)") == expected);
}

TEST_CASE("a long table is folded away and a short one is not") {
  auto assessment = sample::rich();
  assessment.requirements.clear();
  assessment.controls.clear();
  CHECK(count_of(reports::write_html(assessment), "<details class=\"more\">") == 0);
  assessment.tables[1].rows.assign(400, {std::int64_t{1}, "a", "b", "c"});
  const std::string page = reports::write_html(assessment);
  CHECK(count_of(page, "<details class=\"more\">") == 1);
  CHECK(page.find("400 rows") != std::string::npos);
}

TEST_CASE("words of a table are broken only in columns that hold long ones") {
  auto assessment = sample::rich();
  assessment.tables.resize(1);
  assessment.tables[0].columns = {"Class", "Id"};
  assessment.tables[0].rows = {{"private key", "0123456789a"}, {"short", "b"}};
  const std::string style = between(reports::write_html(assessment), "<style>", "</style>");
  CHECK(count_of(style, ".table-1 td:nth-child(1) { overflow-wrap: normal; }") == 1);
  CHECK(count_of(style, ".table-1 td:nth-child(2) { overflow-wrap: normal; }") == 0);
}

TEST_CASE("an assessment with nothing in it still makes a whole page") {
  const std::string page = reports::write_html({});
  CHECK(page.find("No module is on record.") != std::string::npos);
  CHECK(page.find("No rule was applied.") != std::string::npos);
  CHECK(page.ends_with("</html>\n"));
}

TEST_CASE("a long value may be broken after its separators and nowhere in a character") {
  CHECK(reports::Html().breakable("a=b,c").str() == "a=<wbr>b,<wbr>c");
  CHECK(reports::Html().breakable("<&;>").str() == "&lt;&amp;<wbr>;<wbr>&gt;");
  CHECK(reports::Html().breakable("a/").str() == "a/");
}

TEST_CASE("a date in a sentence is kept whole and other numbers are left alone") {
  CHECK(reports::Html().prose("on 2026-11-23.").str() ==
        "on <span class=\"whole\">2026-11-23</span>.");
  CHECK(reports::Html().prose("SP 800-140-2").str() == "SP 800-140-2");
}

TEST_CASE("every requirement is on the page with how it stands and what a person must still do") {
  const auto assessment = sample::rich();
  const std::string page = reports::write_html(assessment);
  const std::string section = between(page, "<section id=\"requirements\"", "</section>");
  for (const auto& status : assessment.requirements) {
    if (status.requirement.id.find('<') != std::string::npos) continue;
    CHECK(section.find(std::string(words_of(status.stand))) != std::string::npos);
  }
  CHECK(count_of(section, "<tr><td>") == assessment.requirements.size());
  CHECK(section.find("Compare with the Security Policy.") != std::string::npos);
  CHECK(section.find("href=\"#" + reports::anchor_of("integrity--openssl:fips")) !=
        std::string::npos);
}

TEST_CASE("a pack without requirements leaves no empty section") {
  auto assessment = sample::rich();
  assessment.requirements.clear();
  CHECK(reports::write_html(assessment).find("id=\"requirements\"") == std::string::npos);
}

TEST_CASE("every control is on the page and leads to what is open and to what passed") {
  const std::string page = reports::write_html(sample::rich());
  const std::string section = between(page, "<section id=\"controls\"", "</section>");
  CHECK(count_of(section, "<tr id=\"control-") == sample::controls().size());
  CHECK(section.find("href=\"#" + reports::anchor_of("policy--openssl:fips")) != std::string::npos);
  CHECK(section.find("href=\"#" + reports::anchor_of("present--openssl:fips")) !=
        std::string::npos);
  CHECK(section.find(" passed</summary>") != std::string::npos);
}

TEST_CASE("a finding leads to the row of each control that it speaks to") {
  const std::string page = reports::write_html(sample::rich());
  const std::string row = between(page, "Controls it speaks to</dt><dd><a href=\"#", "\"");
  CHECK_THAT(row, Catch::Contains("SC-13"));
  CHECK(page.find("<tr id=\"" + row + "\"><td>SC-13</td>") != std::string::npos);
}

TEST_CASE("a piece of evidence leads to the row of its source where the page has it") {
  auto assessment = sample::rich();
  const std::string words = "source 7";
  CHECK(count_of(reports::write_html(assessment), "(" + words + ")") > 0);
  assessment.tables.push_back({"sources", "Sources", "", {"No.", "Where"}, {}, false});
  assessment.tables.back().rows = {{std::int64_t{6}, std::string("a")},
                                   {std::int64_t{7}, std::string("b")}};
  const std::string page = reports::write_html(assessment);
  CHECK(count_of(page, "(" + words + ")") == 0);
  CHECK(count_of(page, "(<a href=\"#source-7\">" + words + "</a>)") > 0);
  CHECK(count_of(page, "<tr id=\"source-7\"><td class=\"number\">7</td><td>b</td>") == 1);
  CHECK(count_of(page, "(source 8)") > 0);
}

TEST_CASE("a control that much is open of folds what does not fit and counts it") {
  auto assessment = sample::rich();
  rules::Control control{"A framework", "C-1", "About much", "", false, {}, {}};
  for (int at = 0; at < 15; ++at) {
    rules::Finding finding = assessment.findings.front();
    finding.id = "many-" + std::to_string(at);
    finding.result = rules::Result::fail;
    assessment.findings.push_back(finding);
    control.findings.push_back(finding.id);
  }
  assessment.controls = {control};
  const std::string section =
      between(reports::write_html(assessment), "<section id=\"controls\"", "</section>");
  CHECK(section.find("<summary>and 3 more</summary>") != std::string::npos);
  CHECK(section.find("href=\"#" + reports::anchor_of("many-14")) != std::string::npos);
}

TEST_CASE("the command to see a finding for yourself names its pack and the as-of date") {
  auto assessment = sample::rich();
  rules::Finding& finding = assessment.findings.front();
  finding.query = std::string("SELECT 1");
  const std::string shown = "assay query " + assessment.evidence_name + " --pack ";
  const std::string end = " --as-of " + assessment.as_of + " &#39;SELECT 1&#39;</pre>";
  finding.pack = assessment.packs.front().id;
  CHECK(reports::write_html(assessment).find(shown + finding.pack + end) != std::string::npos);
  assessment.packs.front().origin = "from a folder";
  CHECK(reports::write_html(assessment).find(shown + "./" + finding.pack + end) !=
        std::string::npos);
}
