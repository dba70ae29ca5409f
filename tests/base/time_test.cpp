#include "evidence/base/time.h"

#include "tests/catch.h"

// Expected values are those of date -u (GNU coreutils).

TEST_CASE("a time is written in one form") {
  CHECK(base::timestamp(0) == "1970-01-01T00:00:00Z");
  CHECK(base::timestamp(951782399) == "2000-02-28T23:59:59Z");
  CHECK(base::timestamp(951782400) == "2000-02-29T00:00:00Z");
  CHECK(base::timestamp(4102444800) == "2100-01-01T00:00:00Z");
  CHECK(base::timestamp(-1) == "1969-12-31T23:59:59Z");
}

TEST_CASE("a date that is read is written the same") {
  for (const char* date : {"1970-01-01", "2000-02-29", "2026-09-30", "2100-02-28"})
    CHECK(base::date(base::parse_date(date).value()) == date);
  CHECK(base::parse_date("2026-11-23") == 20780);
}

TEST_CASE("what is no date of the calendar is not read as one") {
  for (const char* text : {"", "2026", "2026-13-01", "2026-00-10", "2026-02-29", "2100-02-29",
                           "2026-1-01", "2026-01-01T", "2026/01/01", "+026-01-01", "2026-01--1"})
    CHECK(base::parse_date(text) == std::nullopt);
}
