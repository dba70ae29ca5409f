// Which orders are kept is what SQLite's documentation and source say: group_concat joins in the
// order of its rows (lang_aggfunc.html), and the ORDER BY of a subquery is left out where the query
// around it is a join (select.c, "Remove any ORDER BY clause").
#include "rules/order_lint.h"

#include "tests/catch.h"

using rules::joins_unordered;

TEST_CASE("rows of one ordered query are joined in order") {
  for (const char* sql :
       {"SELECT group_concat(a, ', ') FROM (SELECT a FROM t ORDER BY a)",
        "SELECT s, 'x: ' || COALESCE(group_concat(DISTINCT a), '') AS m FROM (SELECT * FROM t JOIN "
        "u"
        " ORDER BY a) AS t WHERE s > 1 GROUP BY s HAVING count(*) > 1",
        "SELECT (SELECT group_concat(a) FROM (SELECT a FROM t WHERE b = u.b ORDER BY a)) FROM u, v",
        "SELECT s FROM t JOIN u", "SELECT 'group_concat(a) FROM t'",
        "WITH w AS (SELECT a FROM t) SELECT group_concat(a) FROM (SELECT a FROM w ORDER BY a) w"}) {
    CAPTURE(sql);
    CHECK_FALSE(joins_unordered(sql));
  }
}

TEST_CASE("rows of a table, of a join and of a query without an order are not") {
  for (const char* sql :
       {"SELECT group_concat(a) FROM t", "SELECT group_concat(a) FROM t ORDER BY a",
        "SELECT group_concat(a) FROM (SELECT a FROM t)",
        "SELECT group_concat(a) FROM (SELECT a FROM (SELECT a FROM t ORDER BY a))",
        "SELECT group_concat(a) FROM (SELECT a FROM t ORDER BY a) AS t JOIN u",
        "SELECT group_concat(a) FROM (SELECT a FROM t ORDER BY a), u",
        "SELECT a FROM (SELECT group_concat(a) AS a FROM t) ORDER BY a",
        "SELECT s FROM u UNION ALL SELECT GROUP_CONCAT(a) FROM t"}) {
    CAPTURE(sql);
    CHECK(joins_unordered(sql));
  }
}
