// The changes expected here are those that the literature on mutation testing of SQL names (Tuya,
// Suárez-Cabal, de la Riva: "Mutating database queries", 2007): comparisons, conditions, NULLs.
#include "rules/sql_mutation.h"

#include <algorithm>

#include "rules/sql.h"
#include "tests/catch.h"

namespace {

// The changed parts, "[old -> new]" each.
std::vector<std::string> changes(const std::string& sql) {
  std::vector<std::string> found;
  for (const auto& mutation : rules::sql_mutations(sql)) {
    const auto open = mutation.name.find('['), close = mutation.name.rfind(']');
    REQUIRE(open != std::string::npos);
    found.push_back(mutation.name.substr(open + 1, close - open - 1));
  }
  return found;
}

bool has(const std::vector<std::string>& list, const std::string& what) {
  return std::find(list.begin(), list.end(), what) != list.end();
}

}  // namespace

TEST_CASE("a comparison becomes its opposite and moves its limit") {
  CHECK(has(changes("SELECT a AS subject FROM t WHERE b = c"), "= -> <>"));
  const auto below = changes("SELECT a AS subject FROM t WHERE b <= c");
  CHECK(has(below, "< = -> <"));
  CHECK(has(below, "< = -> >"));
  CHECK_FALSE(has(below, "= -> <>"));
}

TEST_CASE("a constant becomes another one") {
  const auto found = changes("SELECT a AS subject FROM t WHERE b = 'x' AND c = 41");
  CHECK(has(found, "'x' -> '~'"));
  CHECK(has(found, "41 -> 42"));
}

TEST_CASE("each term of a condition is left out") {
  const auto found = changes("SELECT a AS subject FROM t WHERE b = c AND (d = e OR f = g)");
  CHECK(has(found, "b = c -> 1"));
  CHECK(has(found, "( d = e OR f = g ) -> 1"));
  CHECK(has(found, "d = e -> 0"));
  CHECK(has(found, "f = g -> 0"));
  CHECK(has(found, "AND -> OR"));
  CHECK(has(found, "OR -> AND"));
}

TEST_CASE("the AND of BETWEEN is no condition") {
  const auto found = changes("SELECT a AS subject FROM t WHERE b BETWEEN 1 AND 2 AND c = d");
  CHECK(has(found, "b BETWEEN 1 AND 2 -> 1"));
  CHECK(std::count(found.begin(), found.end(), "AND -> OR") == 1);
}

TEST_CASE("a join loses its condition and its missing rows") {
  const auto found = changes("SELECT t.a AS subject FROM t LEFT JOIN u ON u.b = t.b AND u.c = 1");
  CHECK(has(found, "LEFT -> INNER"));
  CHECK(has(found, "u . b = t . b -> 1"));
  CHECK(has(found, "u . c = 1 -> 1"));
}

TEST_CASE("what handles NULL is taken away or turned round") {
  const auto found = changes(
      "SELECT a AS subject FROM t WHERE COALESCE(b, 0) < 1 AND c IS NULL AND d IS NOT NULL");
  CHECK(has(found, "COALESCE ( b , 0 ) -> (b)"));
  CHECK(has(found, "IS -> IS NOT"));
  CHECK(has(found, "IS NOT -> IS"));
}

TEST_CASE("what only tells is left alone") {
  CHECK(changes("SELECT a AS subject, 1 + 1 AS source, 'x' || (b = 2) AS message FROM t"
                " ORDER BY b = 1")
            .empty());
  CHECK(
      changes("SELECT a AS subject, 'x' AS message FROM t UNION ALL SELECT b, 'y' FROM u").empty());
  CHECK(changes("SELECT a AS subject FROM t WHERE EXISTS (SELECT 1 FROM u)") ==
        std::vector<std::string>{"EXISTS ( SELECT 1 FROM u ) -> 1", "EXISTS -> NOT exists"});
}

TEST_CASE("the same change at two places has two names") {
  std::vector<std::string> names;
  for (const auto& mutation :
       rules::sql_mutations("SELECT a AS subject FROM t WHERE b = 1 OR b = 1 OR b = 1"))
    names.push_back(mutation.name);
  std::sort(names.begin(), names.end());
  CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
}

TEST_CASE("a token says where it stands") {
  const std::string sql = "SELECT 'it''s' -- no\n, \"A b\" <= 10";
  std::string pieces;
  for (const auto& token : rules::sql_tokens(sql))
    pieces += sql.substr(token.begin, token.end - token.begin) + "|";
  CHECK(pieces == "SELECT|'it''s'|,|\"A b\"|<|=|10|");
}

TEST_CASE("how many rows of a subject are told is no decision") {
  const auto found = changes(
      "WITH n AS (SELECT a, ROW_NUMBER() OVER (PARTITION BY a ORDER BY b) AS place FROM t)"
      " SELECT a AS subject FROM n WHERE place <= 21");
  CHECK(found.empty());
}

TEST_CASE("a default becomes the text that it is compared with, for a third one means the same") {
  const auto differs = changes("SELECT a AS subject FROM t WHERE COALESCE(b, 'none') <> 'other'");
  CHECK(has(differs, "'none' -> 'other'"));
  CHECK_FALSE(has(differs, "'none' -> '~'"));
  const auto equal = changes("SELECT a AS subject FROM t WHERE COALESCE(b, 'none') = 'none'");
  CHECK(has(equal, "'none' -> '~'"));
}

TEST_CASE(
    "a column of another name than those that decide is left alone, in either half of a UNION") {
  const std::string sql =
      "SELECT a, CASE WHEN b = 'x' THEN 1 END AS told FROM t WHERE c = 'told'"
      " UNION SELECT d, 'y' FROM u";
  const auto changed_texts = [&](const rules::Names* deciding) {
    std::string all;
    for (const auto& mutation : rules::sql_mutations(sql, deciding)) all += mutation.sql + ";";
    return all;
  };
  const rules::Names all = {"a", "told"}, without = {"a"};
  CHECK(changed_texts(nullptr).find("b  <>  'x'") != std::string::npos);
  CHECK(changed_texts(&all).find("b  <>  'x'") != std::string::npos);
  CHECK(changed_texts(&all).find("SELECT d,  '~'") != std::string::npos);
  CHECK(changed_texts(&without).find("b  <>  'x'") == std::string::npos);
  CHECK(changed_texts(&without).find("SELECT d,  '~'") == std::string::npos);
  CHECK(changed_texts(&without).find("c  <>  'told'") != std::string::npos);
}

TEST_CASE("words decide but for those that only tell") {
  const std::string sql = "SELECT a, b || c AS told FROM t WHERE \"D\" = e ORDER BY f";
  const auto words = rules::deciding_words(sql, {"a"});
  for (const char* word : {"a", "d", "e"}) CHECK(words.contains(word));
  for (const char* word : {"b", "c", "told", "f"}) CHECK_FALSE(words.contains(word));
  CHECK(rules::deciding_words(sql, {"a", "told"}).contains("b"));
}

TEST_CASE("columns of WITH only tell by their names, unless it gives them others") {
  const rules::Names deciding = {"a", "subject"};
  const auto words = [&](const std::string& with) {
    return rules::deciding_words("WITH " + with + " SELECT a AS subject FROM w", deciding);
  };
  CHECK_FALSE(words("w AS (SELECT a, b AS told FROM t)").contains("b"));
  CHECK(words("w (c, d) AS (SELECT a, b AS told FROM t)").contains("b"));
  CHECK(words("w AS (SELECT a, (SELECT MIN(b) FROM u) AS a FROM t)").contains("b"));
}
