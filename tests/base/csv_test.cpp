#include "evidence/base/csv.h"

#include "evidence/base/error.h"
#include "tests/catch.h"

// The shapes are those of RFC 4180, section 2.

namespace {

std::string message_of(std::string_view text) {
  try {
    base::parse_csv(text, "list.csv");
  } catch (const base::Error& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("quoted cells hold commas, quotes and line ends") {
  const base::Csv csv = base::parse_csv("aaa,bbb\r\n\"b,1\",\"b\"\"2\"\"\r\nb3\"\r\n", "list.csv");
  REQUIRE(csv.rows.size() == 1);
  CHECK(csv.rows[0] == std::vector<std::string>{"b,1", "b\"2\"\r\nb3"});
  CHECK(csv.column("bbb") == 1);
}

TEST_CASE("the last line may or may not have a line end") {
  CHECK(base::parse_csv("a\n1\n2", "list.csv").rows ==
        base::parse_csv("a\r\n1\r\n2\r\n", "list.csv").rows);
}

TEST_CASE("an empty cell is a cell") {
  CHECK(base::parse_csv("a,b\n,\n", "list.csv").rows[0] == std::vector<std::string>{"", ""});
}

TEST_CASE("a row of another width is named by its line") {
  CHECK(message_of("a,b\n1,2\n\"x\ny\",2\n1,2,3\n") == "list.csv:5: 3 cells where 2 are named");
}

TEST_CASE("text that is no table is refused with its place") {
  CHECK(message_of("") == "list.csv:1: empty, not even a header");
  CHECK(message_of("a\n\"open").starts_with("list.csv:2: a quoted cell"));
  CHECK(message_of("a\n\"x\"y\n") == "list.csv:2: text after a closing quote");
}

TEST_CASE("a column that is not there is an error") {
  CHECK_THROWS_AS(base::parse_csv("a\n", "list.csv").column("b"), base::Error);
}

TEST_CASE("what is written as a line is read back the same") {
  const std::vector<std::string> cells = {"plain", "with, comma", "with \"quotes\"", "two\nlines",
                                          ""};
  CHECK(base::csv_line({"a", "b"}) == "a,b\n");
  CHECK(base::parse_csv("1,2,3,4,5\n" + base::csv_line(cells), "list.csv").rows[0] == cells);
}
