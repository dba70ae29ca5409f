// The texts follow the examples of TOML 1.0.0 (toml.io): bare and quoted keys, [table], [[array]],
// local dates.
#include "evidence/base/toml.h"

#include "tests/catch.h"

using base::TomlTable;

namespace {

TomlTable parsed(const std::string& text) { return TomlTable::parse(text, "some.toml"); }

}  // namespace

TEST_CASE("values of a TOML file come out as they are written") {
  const TomlTable table = parsed(
      "title = \"TOML Example\"\nports = 8000\nenabled = true\nlists = [\"a\", \"b\"]\n"
      "day = 1979-05-27\nword = \"1979-05-28\"\n[owner]\nname = \"Tom\"\n"
      "[[products]]\nname = \"Hammer\"\n[[products]]\nname = \"Nail\"\n");
  CHECK(table.text("title") == "TOML Example");
  CHECK(table.integer("ports") == 8000);
  CHECK(table.flag("enabled") == true);
  CHECK(table.texts("lists") == std::vector<std::string>{"a", "b"});
  CHECK(table.texts("title") == std::vector<std::string>{"TOML Example"});
  CHECK(table.date("day") == "1979-05-27");
  CHECK(table.date("word") == "1979-05-28");
  CHECK(table.table("owner")->text("name") == "Tom");
  REQUIRE(table.tables("products").size() == 2);
  CHECK(table.tables("products")[1].text("name") == "Nail");
  CHECK(table.tables("products")[1].line() == 11);
  CHECK(table.line_of("day") == 5);
}

TEST_CASE("what a TOML file does not hold is nothing") {
  const TomlTable table = parsed("none = []\n");
  CHECK_FALSE(table.text("a"));
  CHECK_FALSE(table.has("a"));
  CHECK(table.texts("a").empty());
  CHECK(table.tables("a").empty());
  CHECK(table.tables("none").empty());
  CHECK(table.texts("none").empty());
  CHECK_FALSE(table.table("a"));
}

TEST_CASE("a key that is not known is answered with the nearest one and its line") {
  const TomlTable table = parsed("reason = \"a\"\nexpirse = 2027-01-01\n");
  CHECK_THROWS_WITH(table.allow_only({"reason", "expires"}),
                    "some.toml:2: no key \"expirse\" is known here; did you mean expires?");
  CHECK_THROWS_WITH(table.allow_only({"reason", "packs"}),
                    "some.toml:2: no key \"expirse\" is known here; there are reason, packs");
}

TEST_CASE("a value of another kind is an error with its line") {
  const TomlTable table = parsed("\na = 1.5\nb = \"x\"\nc = [1, \"x\"]\nd = 07:32:00\n");
  CHECK_THROWS_WITH(table.text("a"), "some.toml:2: \"a\" has to be a text in quotes");
  CHECK_THROWS_WITH(table.integer("b"), "some.toml:3: \"b\" has to be a whole number");
  CHECK_THROWS_WITH(table.flag("b"), "some.toml:3: \"b\" has to be true or false");
  CHECK_THROWS_WITH(table.date("b"), "some.toml:3: \"b\" has to be a date, YYYY-MM-DD");
  CHECK_THROWS_WITH(table.texts("c"),
                    "some.toml:4: \"c\" has to be a text in quotes, or an array of texts");
  CHECK_THROWS_WITH(table.table("b"), "some.toml:3: \"b\" has to be a table, [b]");
  CHECK_THROWS_WITH(table.tables("b"), "some.toml:3: \"b\" has to be tables, each begun by [[b]]");
}

TEST_CASE("what is required and missing or empty is an error") {
  const TomlTable table = parsed("a = \"  \"\n");
  CHECK_THROWS_WITH(table.required_text("a"), "some.toml:1: \"a\" is missing or empty");
  CHECK_THROWS_WITH(table.required_date("b"), "some.toml:1: \"b\" is missing or empty");
}

TEST_CASE("a text that is not in quotes is an error that says so") {
  for (const char* text :
       {"\na = [high]\n", "\na = high\n", "\na = [\"x\", high] # no\n", "a = [\nhigh\n]"}) {
    CAPTURE(text);
    CHECK_THROWS_WITH(parsed(text), Catch::Matchers::StartsWith(
                                        "some.toml:2: no TOML: \"high\" is a text, and not "
                                        "in quotes; write \"high\" with them ("));
  }
  CHECK_THROWS_WITH(parsed("a = /srv/x\n"), Catch::Matchers::Contains("\"/srv/x\" is a text"));
  for (const char* text : {"a high\n", "[ta get]\n", "a = 5x\n", "a = \"x\n"}) {
    CAPTURE(text);
    CHECK_THROWS_WITH(parsed(text), Catch::Matchers::StartsWith("some.toml:1: no TOML: Error"));
  }
}

TEST_CASE("what is no TOML is an error with file and line") {
  CHECK_THROWS_WITH(parsed("a = 1\nb = \n"), Catch::Matchers::StartsWith("some.toml:2: no TOML: "));
  CHECK_THROWS_WITH(parsed("a = 1\na = 2\n"),
                    Catch::Matchers::StartsWith("some.toml:2: no TOML: "));
  CHECK_THROWS_WITH(parsed("day = 2027-02-30\n"), Catch::Matchers::Contains("no TOML"));
  CHECK_THROWS_AS(parsed(std::string(5000, '[')), base::Error);
  std::string deep = "\na";
  for (int i = 0; i < 200'000; ++i) deep += ".a";
  CHECK_THROWS_WITH(parsed(deep + " = 1"),
                    Catch::Matchers::StartsWith("some.toml:2: more than 50 dots"));
  CHECK(parsed("a = \"" + std::string(100, '.') + "\"").text("a")->size() == 100);
}
