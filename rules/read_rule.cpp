#include "rules/read_rule.h"

#include <algorithm>
#include <set>

#include "evidence/base/text.h"
#include "rules/sql.h"

namespace rules {
namespace {

using Words = std::vector<std::string_view>;

template <class Enum, std::size_t N>
Enum read_word(const XmlFile& file, pugi::xml_node node, const char* attribute,
               const std::array<std::string_view, N>& names) {
  return static_cast<Enum>(file.word(node, attribute, Words(names.begin(), names.end())));
}

bool read_yes(const XmlFile& file, pugi::xml_node node, const char* attribute) {
  return node.attribute(attribute) && file.word(node, attribute, {"no", "yes"}) == 1;
}

std::string read_prose(const XmlFile& file, pugi::xml_node rule, const char* name) {
  const pugi::xml_node node = file.required(rule, name);
  file.allow(node, {{}, {}, true});
  std::string text = XmlFile::prose(node);
  if (text.empty()) file.fail(node, "<" + std::string(name) + "> is empty");
  return text;
}

std::string read_optional_query(const XmlFile& file, pugi::xml_node rule, const char* name) {
  const pugi::xml_node node = file.single(rule, name);
  return node ? read_query(file, node) : std::string();
}

Need read_need(const XmlFile& file, pugi::xml_node node) {
  file.allow(node, {{"table", "when-empty", "scope", "or"}, {}, true});
  Need need{file.attribute(node, "table"),
            read_word<Result>(file, node, "when-empty", kResultNames),
            XmlFile::prose(node),
            node.attribute("scope") && file.word(node, "scope", {"subject", "all"}) == 1,
            {}};
  if (node.attribute("or")) need.or_table = file.attribute(node, "or");
  for (const std::string& table : need.tables())
    if (!is_sql_name(table)) file.fail(node, "\"" + table + "\" is no name of a table");
  if (need.when_empty == Result::error) file.fail(node, "when-empty cannot be \"error\"");
  if (need.reason.empty() && need.when_empty != Result::pass)
    file.fail(node, "<needs> lacks the words for an empty " + need.table);
  return need;
}

std::vector<Need> read_needs(const XmlFile& file, pugi::xml_node rule) {
  std::vector<Need> needs;
  std::set<std::string> tables;
  for (const pugi::xml_node node : rule.children("needs")) {
    needs.push_back(read_need(file, node));
    if (!tables.insert(needs.back().table).second)
      file.fail(node, "table " + needs.back().table + " is needed twice");
  }
  return needs;
}

RuleTest read_test(const XmlFile& file, pugi::xml_node node) {
  file.allow(node, {{"expect", "subject", "shows"}, {}, true});
  RuleTest test{read_word<Result>(file, node, "expect", kResultNames),
                node.attribute("subject").value(), dedented(XmlFile::verbatim(node)),
                file.where(node), node.attribute("shows").value()};
  if (const std::string why = why_no_test_data(test.sql); !why.empty()) file.fail(node, why);
  return test;
}

std::vector<RuleTest> read_tests(const XmlFile& file, pugi::xml_node rule) {
  std::vector<RuleTest> tests;
  for (const pugi::xml_node node : rule.children("test")) tests.push_back(read_test(file, node));
  for (const Result expected : {Result::pass, Result::fail})
    if (std::none_of(tests.begin(), tests.end(),
                     [&](const RuleTest& test) { return test.expect == expected; }))
      file.fail(rule, "the rule lacks a test that expects " + std::string(name_of(expected)));
  return tests;
}

std::vector<Citation> read_citations(const XmlFile& file, pugi::xml_node rule) {
  std::vector<Citation> citations;
  for (const pugi::xml_node node : rule.children("cite"))
    citations.push_back(read_citation(file, node));
  if (citations.empty()) file.fail(rule, "the rule lacks a citation; say what asks for it");
  return citations;
}

const Shape& rule_shape() {
  static const Shape kShape = {
      {"id", "severity", "subject", "rung", "ladder"},
      {"title", "title-fail", "question", "cite", "rationale", "remedy", "needs", "not-applicable",
       "unknown", "violations", "evidence", "test"}};
  return kShape;
}

void read_words(const XmlFile& file, pugi::xml_node node, Rule& rule) {
  rule.title_pass = read_prose(file, node, "title");
  rule.title_fail = read_prose(file, node, "title-fail");
  rule.question = read_prose(file, node, "question");
  rule.rationale = read_prose(file, node, "rationale");
  rule.remedy = read_prose(file, node, "remedy");
  if (!rule.question.starts_with("whether "))
    file.fail(node.child("question"), "the question does not begin with \"whether\"");
}

void read_queries(const XmlFile& file, pugi::xml_node node, Rule& rule) {
  rule.not_applicable = read_optional_query(file, node, "not-applicable");
  rule.unknown = read_optional_query(file, node, "unknown");
  rule.violations = read_query(file, file.required(node, "violations"));
  rule.evidence = read_optional_query(file, node, "evidence");
}

}  // namespace

std::string read_id(const XmlFile& file, pugi::xml_node node, const char* name) {
  std::string id = file.attribute(node, name);
  if (id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos)
    file.fail(node, std::string(name) + " \"" + id + "\" has more than a-z, 0-9 and -");
  return id;
}

std::string read_query(const XmlFile& file, pugi::xml_node node) {
  std::string sql = dedented(XmlFile::verbatim(node));
  if (const std::string why = why_no_query(sql); !why.empty())
    file.fail(node, "<" + std::string(node.name()) + ">: " + why);
  return sql;
}

Citation read_citation(const XmlFile& file, pugi::xml_node node) {
  file.allow(node, {{"standard", "clause", "memory"}, {}, true});
  Citation citation{file.attribute(node, "standard"), file.attribute(node, "clause"),
                    XmlFile::prose(node), read_yes(file, node, "memory")};
  return citation;
}

Rule read_rule(const XmlFile& file, pugi::xml_node node,
               const std::vector<std::string_view>& kinds) {
  file.allow(node, rule_shape());
  Rule rule;
  rule.id = read_id(file, node, "id");
  rule.severity = read_word<Severity>(file, node, "severity", kSeverityNames);
  rule.subject = kinds[file.word(node, "subject", kinds)];
  if (node.attribute("rung")) rule.rung = read_word<Rung>(file, node, "rung", kRungNames);
  rule.on_every_ladder =
      node.attribute("ladder") && file.word(node, "ladder", {"subject", "all"}) == 1;
  read_words(file, node, rule);
  rule.citations = read_citations(file, node);
  rule.needs = read_needs(file, node);
  read_queries(file, node, rule);
  rule.tests = read_tests(file, node);
  rule.origin = file.where(node);
  return rule;
}

}  // namespace rules
