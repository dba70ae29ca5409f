// Numbers are those of ISO/IEC 24759 as NIST's public table of test evidence uses them; the classes
// and sentences are made up here.
#include "rules/requirement.h"

#include "evidence/base/error.h"
#include "rules/requirement_lint.h"
#include "rules/requirement_status.h"
#include "tests/catch.h"
#include "tests/rules/small_pack.h"

using namespace rules::test;
using rules::Reach;
using rules::Result;
using rules::Stand;

namespace {

const std::string kHeader = "requirement,area,says,levels,applies,class,shows,remains,memory\n";
const std::string kCited = "AS05.05,5 Integrity,Covered,all,,automated,The value.,Compare.,\n";
const std::string kUncited = "AS05.06,5 Integrity,Coded,3 4,a code,manual,,Read.,yes\n";

std::string refusal(const std::string& rows) {
  try {
    rules::read_requirements(kHeader + rows, "a.csv");
  } catch (const base::Error& error) {
    return error.what();
  }
  return "";
}

rules::Pack pack_listing(const std::string& rows, const std::string& clause) {
  RuleText text;
  text.cite = "<cite standard=\"S\" clause=\"" + clause + "\">Says.</cite>";
  auto files = pack_files(text.xml(), "<requirements standard=\"S\" file=\"requirements.csv\"/>");
  files.push_back({"requirements.csv", kHeader + rows});
  return rules::read_pack(files);
}

rules::Finding finding(const std::string& rule, Result result, const std::string& clause) {
  rules::Finding one;
  one.id = rule + "--" + std::string(name_of(result));
  one.rule = rule;
  one.subject = "a module";
  one.result = result;
  one.citations = std::vector<rules::Citation>{{"S", clause, "", false}};
  return one;
}

Stand stand_for(const std::vector<rules::Finding>& findings) {
  const auto list =
      rules::requirement_status({pack_listing(kCited + kUncited, "AS05.05")}, findings);
  REQUIRE(list.size() == 2);
  CHECK(list[1].stand == Stand::person);
  return list[0].stand;
}

}  // namespace

TEST_CASE("a requirement is read with its class and what remains for a person") {
  const auto list = rules::read_requirements(kHeader + kCited + kUncited, "a.csv");
  REQUIRE(list.size() == 2);
  CHECK(list[0].reach == Reach::automated);
  CHECK(list[1].id == "AS05.06");
  CHECK(list[1].levels == "3 4");
  CHECK(list[1].applies == "a code");
  CHECK(list[1].remains == "Read.");
  CHECK(list[1].from_memory);
  CHECK(list[1].origin == "a.csv:3");
}

TEST_CASE("a list of requirements that contradicts itself is refused where it does") {
  CHECK(refusal("A,5,s,,,passed,,r,\n") ==
        "a.csv:2: class \"passed\" is none of automated, partial, manual, planned");
  CHECK(refusal(kCited + kCited) == "a.csv:3: a second requirement \"AS05.05\"");
  CHECK(refusal("A,5,s,,,manual,,,\n") == "a.csv:2: A: say what a person must still do");
  CHECK(refusal("A,5,s,,,partial,,r,\n").find("\"shows\" goes with") != std::string::npos);
  CHECK(refusal("A,5,s,,,manual,x,r,\n").find("\"shows\" goes with") != std::string::npos);
  CHECK(refusal(",5,s,,,manual,,r,\n").find("needs its name") != std::string::npos);
  CHECK_THROWS_AS(rules::read_requirements("a,b\n1,2\n", "a.csv"), base::Error);
}

TEST_CASE("a class that says that rules speak is an error where no rule does, and the reverse") {
  CHECK(rules::lint_requirements({pack_listing(kCited + kUncited, "AS05.05")}, {"small"}).empty());
  const auto remarks =
      rules::lint_requirements({pack_listing(kCited + kUncited, "AS05.06")}, {"small"});
  REQUIRE(remarks.size() == 2);
  CHECK(remarks[0] ==
        "requirements.csv:2: error: requirement AS05.05 is called automated, but no rule cites it");
  CHECK(remarks[1] ==
        "requirements.csv:3: error: requirement AS05.06 is called manual, but a rule cites it");
}

TEST_CASE("a rule that cites a requirement which the list lacks is an error") {
  const auto remarks = rules::lint_requirements({pack_listing(kUncited, "AS05.99")}, {"small"});
  REQUIRE(remarks.size() == 1);
  CHECK(remarks[0].find("rule integrity cites S, AS05.99, which pack small does not list") !=
        std::string::npos);
  CHECK(rules::lint_requirements({pack_listing(kUncited, "AS05.99")}, {"other"}).empty());
}

TEST_CASE("the gravest answer decides how a requirement stands") {
  const auto pass = finding("a", Result::pass, "AS05.05");
  const auto fail = finding("b", Result::fail, "AS05.05");
  const auto error = finding("c", Result::error, "AS05.05");
  const auto unknown = finding("d", Result::unknown, "AS05.05");
  const auto not_here = finding("e", Result::notapplicable, "AS05.05");
  CHECK(stand_for({}) == Stand::person);
  CHECK(stand_for({finding("a", Result::pass, "AS05.07")}) == Stand::person);
  CHECK(stand_for({pass, not_here}) == Stand::consistent);
  CHECK(stand_for({not_here}) == Stand::not_here);
  CHECK(stand_for({pass, unknown}) == Stand::undetermined);
  CHECK(stand_for({pass, error, fail}) == Stand::against);
}

TEST_CASE("a rule about what nobody looked for takes nothing from the others") {
  const auto pass = finding("a", Result::pass, "AS05.05");
  auto elsewhere = finding("b", Result::notchecked, "AS05.05");
  CHECK(stand_for({pass, elsewhere}) == Stand::undetermined);
  elsewhere.subject.clear();
  CHECK(stand_for({pass, elsewhere}) == Stand::consistent);
  CHECK(stand_for({elsewhere}) == Stand::undetermined);
  auto unreadable = finding("c", Result::unknown, "AS05.05");
  unreadable.subject.clear();
  CHECK(stand_for({pass, unreadable}) == Stand::undetermined);
}

TEST_CASE("a rule speaks once for all its findings, by the gravest of them") {
  const auto list = rules::requirement_status(
      {pack_listing(kCited, "AS05.05")},
      {finding("a", Result::notapplicable, "AS05.05"), finding("a", Result::pass, "AS05.05"),
       finding("b", Result::fail, "AS05.05")});
  REQUIRE(list[0].voices.size() == 2);
  CHECK(list[0].voices[0].finding == "b--fail");
  CHECK(list[0].voices[1].finding == "a--pass");
  CHECK(list[0].voices[1].findings == 2);
}

TEST_CASE("no word about a requirement says that it passed or is met") {
  for (const auto words : rules::kStandNames) {
    CHECK(words.find("pass") == std::string_view::npos);
    CHECK(words.find("compl") == std::string_view::npos);
    CHECK(words.find("met") == std::string_view::npos);
  }
}
