#include <algorithm>

#include "evidence/base/error.h"
#include "rules/pack.h"
#include "rules/xml_file.h"
#include "tests/catch.h"
#include "tests/rules/small_pack.h"

using namespace rules::test;
using rules::PackFile;
using rules::read_pack;

namespace {

std::string complaint(const std::vector<PackFile>& files) {
  try {
    read_pack(files);
  } catch (const base::Error& error) {
    CHECK(error.kind() == base::ErrorKind::input);
    return error.what();
  }
  return "none";
}

std::string complaint_on(const RuleText& text) { return complaint(pack_files(text.xml())); }

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string complaint_on_entry(const std::string& from, const std::string& to) {
  auto files = pack_files(RuleText().xml());
  files[0].text = replaced(files[0].text, from, to);
  return complaint(files);
}

}  // namespace

TEST_CASE("a pack is read with all that it says") {
  const auto pack =
      pack_of(RuleText().xml(),
              "<manual heading=\"Scope\">Say what is in scope.\n  <cite standard=\"S\""
              " clause=\"1\">Scope.</cite></manual>");
  CHECK(pack.id == "small");
  CHECK(pack.version == "1.0");
  CHECK(pack.title == "A small pack");
  CHECK(pack.digest.size() == 64);
  REQUIRE(pack.subjects.size() == 2);
  CHECK(pack.subjects[0].column == "module");
  CHECK(pack.subjects[1].column == "host");
  REQUIRE(pack.manual.size() == 1);
  CHECK(pack.manual[0].text == "Say what is in scope.");
  CHECK(pack.manual[0].citations.size() == 1);
  REQUIRE(pack.rules.size() == 1);
  const auto& rule = pack.rules[0];
  CHECK(rule.severity == rules::Severity::critical);
  CHECK(rule.rung == rules::Rung::integrity);
  CHECK(rule.citations[0].from_memory);
  CHECK(rule.citations[0].says == "Intact.");
  CHECK(rule.needs[0].when_empty == rules::Result::unknown);
  CHECK(rule.tests.size() == 2);
  CHECK(rule.origin == "05.xml:2");
}

TEST_CASE("the digest of a pack depends on every file and not on their order") {
  auto files = pack_files(RuleText().xml());
  const std::string digest = read_pack(files).digest;
  std::reverse(files.begin(), files.end());
  CHECK(read_pack(files).digest == digest);
  files[0].text += "\n";
  CHECK(read_pack(files).digest != digest);
}

TEST_CASE("an unknown element is refused with its place and the nearest word") {
  RuleText text;
  text.words = replaced(text.words, "<rationale>", "\n<rationalle>x</rationalle><rationale>");
  CHECK(complaint_on(text) == "05.xml:3: unknown element <rationalle>; did you mean \"rationale\"");
}

TEST_CASE("an unknown attribute or word is refused") {
  RuleText text;
  text.attributes += R"( sevrity="low")";
  CHECK(complaint_on(text) == "05.xml:2: unknown attribute \"sevrity\"; did you mean \"severity\"");
  text.attributes = R"(id="a" severity="hihg" subject="provider")";
  CHECK(complaint_on(text) == "05.xml:2: severity cannot be \"hihg\"; did you mean \"high\"");
  text.attributes = R"(id="a" severity="high" subject="planet")";
  CHECK(complaint_on(text) == "05.xml:2: subject cannot be \"planet\"");
  text.attributes = R"(id="a" severity="high" subject="host" rung="cloud")";
  CHECK(complaint_on(text) == "05.xml:2: rung cannot be \"cloud\"");
}

TEST_CASE("a rule that lacks a part is refused") {
  for (const char* part : {"title", "title-fail", "question", "rationale", "remedy"}) {
    RuleText text;
    const std::string open = "<" + std::string(part) + ">";
    const auto start = text.words.find(open);
    const std::string close = "</" + std::string(part) + ">";
    const auto end = text.words.find(close) + close.size();
    text.words.erase(start, end - start);
    CHECK(complaint_on(text) == "05.xml:2: <rule> lacks " + open);
  }
}

TEST_CASE("a rule without citation is refused") {
  RuleText text;
  text.cite.clear();
  CHECK(complaint_on(text) == "05.xml:2: the rule lacks a citation; say what asks for it");
}

TEST_CASE("a rule without a passing or a failing test is refused") {
  RuleText text;
  text.tests = R"(<test expect="pass"></test>)";
  CHECK(complaint_on(text) == "05.xml:2: the rule lacks a test that expects fail");
  text.tests = R"(<test expect="fail"></test>)";
  CHECK(complaint_on(text) == "05.xml:2: the rule lacks a test that expects pass");
}

TEST_CASE("a need must say what emptiness means") {
  RuleText text;
  text.needs = R"(<needs table="provider">x</needs>)";
  CHECK(complaint_on(text) == "05.xml:2: <needs> lacks the attribute \"when-empty\"");
  text.needs = R"(<needs table="provider" when-empty="unknown"/>)";
  CHECK(complaint_on(text) == "05.xml:2: <needs> lacks the words for an empty provider");
  text.needs = R"(<needs table="a; DROP TABLE b" when-empty="unknown">x</needs>)";
  CHECK(complaint_on(text) == "05.xml:2: \"a; DROP TABLE b\" is no name of a table");
}

TEST_CASE("SQL that is no SELECT does not load") {
  for (const char* sql : {"DELETE FROM source", "ATTACH '/etc/passwd' AS x", "PRAGMA user_version",
                          "INSERT INTO source VALUES (1)", "SELECT 1; SELECT 2"}) {
    RuleText text;
    text.queries = "<violations>" + std::string(sql) + "</violations>";
    CHECK_THAT(complaint_on(text), Catch::Matchers::StartsWith("05.xml:2: <violations>: "));
  }
}

TEST_CASE("a test that does more than put evidence in does not load") {
  RuleText text;
  text.tests += R"(<test expect="pass">ATTACH '/tmp/x' AS y</test>)";
  CHECK_THAT(complaint_on(text), Catch::Matchers::StartsWith("05.xml:2: \"attach\" begins"));
}

TEST_CASE("two rules of one name are refused") {
  CHECK(complaint(pack_files(RuleText().xml() + RuleText().xml())) ==
        "05.xml:3: a second rule \"integrity\"");
}

TEST_CASE("a file name that leads out of the pack is refused") {
  for (const char* name : {"../05.xml", "/etc/passwd", "a/b.xml", "..", ".hidden", "a\\b"}) {
    CHECK_THAT(complaint_on_entry("file=\"05.xml\"", "file=\"" + std::string(name) + "\""),
               Catch::Matchers::Contains("is no plain name of a file in this pack"));
  }
}

TEST_CASE("a file that is missing, or that nothing names, is refused") {
  CHECK(complaint_on_entry("file=\"05.xml\"", "file=\"06.xml\"") ==
        "pack.xml:1: file \"06.xml\" is not in the pack");
  auto files = pack_files(RuleText().xml());
  files.push_back({"07.xml", "<rules/>"});
  CHECK(complaint(files) == "07.xml: is in the pack, but pack.xml does not name it");
  CHECK(complaint({}) == "pack.xml: is not in the pack");
}

TEST_CASE("a document type and its entities are refused") {
  auto files = pack_files(RuleText().xml());
  files[1].text =
      "<!DOCTYPE rules [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n" + files[1].text;
  CHECK(complaint(files) == "05.xml:1: a document type is not allowed");
  files = pack_files(RuleText().xml());
  files[1].text = replaced(files[1].text, "Damage is damage.", "&file;");
  CHECK_THAT(complaint(files), Catch::Matchers::Contains("an entity that XML does not define"));
}

TEST_CASE("a file too large or nested too deep is refused") {
  auto files = pack_files(RuleText().xml());
  files[1].text += std::string(rules::kPackFileLimit, ' ');
  CHECK(complaint(files) == "05.xml:1: larger than 4 MiB");
  files = pack_files(RuleText().xml());
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "<a>";
  for (int i = 0; i < 100000; ++i) deep += "</a>";
  files[1].text = replaced(files[1].text, "<rules>", "<rules>" + deep);
  CHECK(complaint(files) == "05.xml:1: elements nested deeper than 64");
}

TEST_CASE("a file that is no text or no XML is refused with its line") {
  auto files = pack_files(RuleText().xml());
  files[1].text += "\n\xFF";
  CHECK(complaint(files) == "05.xml:4: no UTF-8 text, or a control character");
  files[1].text = "<rules>\n<rule>\n</rules>";
  CHECK_THAT(complaint(files), Catch::Matchers::StartsWith("05.xml:3: "));
}

TEST_CASE("a reference table is read as text with the line of each row") {
  auto files = pack_files(RuleText().xml(), "<reference table=\"allowed\" file=\"allowed.csv\"/>");
  files.push_back({"allowed.csv", "name,since\nsha2,\"20\n02\"\nsha3,2015\n"});
  base::Database db = base::Database::in_memory();
  rules::add_reference_tables(read_pack(files), db);
  auto query = db.prepare("SELECT name, since, line, typeof(since) FROM allowed ORDER BY line");
  REQUIRE(query.step());
  CHECK(query.integer(2) == 2);
  REQUIRE(query.step());
  CHECK(query.text(0) == "sha3");
  CHECK(query.integer(2) == 4);
  CHECK(query.text(3) == "text");
}

TEST_CASE("a reference table with a column that is no name is refused") {
  auto files = pack_files(RuleText().xml(), "<reference table=\"allowed\" file=\"allowed.csv\"/>");
  files.push_back({"allowed.csv", "name,\"a\"\"b\"\n"});
  CHECK_THAT(complaint(files), Catch::Matchers::StartsWith("allowed.csv:1: \"a\"b\" is no name"));
  files.back().text = "name,line\n";
  CHECK(complaint(files) == "allowed.csv:1: column line twice");
}

TEST_CASE("built-in packs load, and an unknown one is named with what there is") {
  for (const std::string& name : rules::built_in_packs())
    CHECK(read_pack(rules::built_in_pack_files(name)).id == name);
  CHECK_THROWS_WITH(rules::built_in_pack_files("nosuch"),
                    Catch::Matchers::StartsWith("no rule pack \"nosuch\" is built in"));
}
