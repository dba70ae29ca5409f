#include "rules/phrase.h"

#include "tests/catch.h"

TEST_CASE("a long reason is cut between words") {
  CHECK(rules::short_phrase("The value is equal.") == "The value is equal");
  CHECK(rules::short_phrase("one two three", 9) == "one two…");
  CHECK(rules::short_phrase("one, two three", 6) == "one…");
  CHECK(rules::short_phrase("ééééé ééééé", 11) == "ééééé ééééé");
  CHECK(rules::short_phrase("ééééé ééééé", 8) == "ééééé…");
  CHECK(rules::short_phrase("abcdefghij", 5) == "abcd…");
}

TEST_CASE("lists read as sentences do") {
  CHECK(rules::enumerated({}) == "");
  CHECK(rules::enumerated({"a"}) == "a");
  CHECK(rules::enumerated({"a", "b"}) == "a and b");
  CHECK(rules::enumerated({"a", "b", "c"}) == "a, b and c");
  CHECK(rules::enumerated({"a", "b", "c"}, 2) == "a, b and 1 more");
  CHECK(rules::counted(1, "result", "results") == "1 result");
  CHECK(rules::counted(0, "result", "results") == "0 results");
}
