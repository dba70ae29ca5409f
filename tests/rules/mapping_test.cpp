// Controls and links are made up here; that the built-in ones lead somewhere is asked of the packs.
#include "rules/mapping.h"

#include <algorithm>
#include <set>

#include "evidence/base/error.h"
#include "rules/pack.h"
#include "tests/catch.h"
#include "tests/rules/small_pack.h"

using namespace rules::test;

namespace {

const std::string kHeader = "framework,control,title,by,name,source,memory\n";

std::string refusal(const std::string& rows) {
  try {
    rules::read_mapping(kHeader + rows, "m.csv");
  } catch (const base::Error& error) {
    return error.what();
  }
  return "";
}

std::vector<rules::Pack> all_packs() {
  std::vector<rules::Pack> packs;
  for (const std::string& name : rules::built_in_packs())
    packs.push_back(rules::read_pack(rules::built_in_pack_files(name)));
  return packs;
}

rules::Finding finding(const std::string& rule, rules::Rung rung, rules::Result result) {
  rules::Finding one;
  one.id = rule + "--host";
  one.pack = "small";
  one.rule = rule;
  one.rung = rung;
  one.result = result;
  one.citations = std::vector<rules::Citation>{{"S", "7.5", "", false}};
  return one;
}

}  // namespace

TEST_CASE("findings are grouped by the controls that rule, rung, pack or clause link them to") {
  const auto links = rules::read_mapping(kHeader +
                                             "F,A,a,rule,integrity,s,\nF,A,a,rung,policy,s,\n"
                                             "F,B,b,pack,small,s,yes\nF,C,c,cites,7.5,s,\n"
                                             "F,D,d,rule,other,s,\nF,E,e,pack,smaller,s,\n",
                                         "m.csv");
  std::vector<rules::Finding> findings = {
      finding("integrity", rules::Rung::policy, rules::Result::fail),
      finding("x", rules::Rung::none, rules::Result::pass)};
  const auto controls = rules::group_by_control(links, findings);
  REQUIRE(controls.size() == 3);
  CHECK(controls[0].id == "A");
  CHECK(controls[0].findings == std::vector<std::string>{"integrity--host"});
  CHECK(controls[0].count[static_cast<std::size_t>(rules::Result::fail)] == 1);
  CHECK(controls[1].findings.size() == 2);
  CHECK(controls[1].from_memory);
  CHECK(controls[2].findings.size() == 2);
  CHECK(*findings[0].controls == std::vector<std::string>{"F A", "F B", "F C"});
  CHECK(*findings[1].controls == std::vector<std::string>{"F B", "F C"});
}

TEST_CASE("a mapping that contradicts itself is refused where it does") {
  CHECK(refusal("F,A,a,rules,x,s,\n") == "m.csv:2: \"rules\" is none of rule, rung, pack, cites");
  CHECK(refusal("F,A,a,rule,,s,\n") == "m.csv:2: the column name is empty");
  CHECK(refusal("F,A,a,rule,x,,\n") == "m.csv:2: the column source is empty");
  CHECK(refusal("F,A,a,rule,x,s,\nF,A,b,rule,y,s,\n") ==
        "m.csv:3: A is described in another way at m.csv:2");
  CHECK(refusal("F,A,a,rule,x,s,\nF,A,a,rule,y,s,yes\n") ==
        "m.csv:3: A is described in another way at m.csv:2");
  CHECK_THROWS_AS(rules::read_mapping("a,b\n1,2\n", "m.csv"), base::Error);
}

TEST_CASE("a link that leads nowhere is an error") {
  const auto links = rules::read_mapping(kHeader +
                                             "F,A,a,rule,integrity,s,\nF,A,a,rule,gone,s,\n"
                                             "F,A,a,rung,policy,s,\nF,A,a,rung,none,s,\n"
                                             "F,A,a,pack,small,s,\nF,A,a,pack,gone,s,\n"
                                             "F,A,a,cites,7.5,s,\nF,A,a,cites,7.6,s,\n",
                                         "m.csv");
  const auto remarks = rules::lint_mapping(links, {pack_of(RuleText().xml())});
  REQUIRE(remarks.size() == 4);
  CHECK(remarks[0] == "m.csv:3: error: F A is linked to the rule gone, which is not there");
  CHECK(remarks[1] == "m.csv:5: error: F A is linked to the rung none, which is not there");
  CHECK(remarks[2] == "m.csv:7: error: F A is linked to the pack gone, which is not there");
  CHECK(remarks[3] == "m.csv:9: error: F A is linked to the clause 7.6, which no rule cites");
}

TEST_CASE("no link of a built-in mapping leads nowhere") {
  const auto links = rules::built_in_mappings();
  for (const std::string& remark : rules::lint_mapping(links, all_packs())) FAIL_CHECK(remark);
  std::set<std::string> frameworks;
  for (const auto& link : links) frameworks.insert(link.framework);
  CHECK(frameworks.size() == 7);
}

TEST_CASE("every rule that is built in speaks to a control of SP 800-53") {
  const auto links = rules::built_in_mappings();
  std::size_t rules_seen = 0;
  for (const rules::Pack& pack : all_packs()) {
    for (const rules::Rule& rule : pack.rules) {
      std::vector<rules::Finding> one = {finding(rule.id, rule.rung, rules::Result::pass)};
      one[0].pack = pack.id;
      one[0].citations = rule.citations;
      rules::group_by_control(links, one);
      INFO(rule.id);
      REQUIRE_FALSE(one[0].controls.empty());
      CHECK(std::any_of(
          one[0].controls.begin(), one[0].controls.end(),
          [](const std::string& control) { return control.starts_with("NIST SP 800-53"); }));
      ++rules_seen;
    }
  }
  CHECK(rules_seen > 500);
}
