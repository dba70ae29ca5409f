// The forms are those in which the evidence tables write places: file, ":", line, and ":" where a
// message follows (docs/evidence-tables.md).
#include "reports/place.h"

#include "tests/catch.h"

namespace {

bool is(const std::optional<reports::Place>& place, const std::string& file, std::int64_t line) {
  return place && place->file == file && place->line == line;
}

}  // namespace

TEST_CASE("a message that begins with a file and a line has a place") {
  CHECK(is(reports::leading_place("/etc/ssl/openssl.cnf:7: fips = no"), "/etc/ssl/openssl.cnf", 7));
  CHECK(is(reports::leading_place("/etc/ssl/openssl.cnf:7"), "/etc/ssl/openssl.cnf", 7));
  CHECK(is(reports::leading_place("/etc/a,b c:12, section x"), "/etc/a,b c", 12));
}

TEST_CASE("a path that holds colons ends before the line number") {
  CHECK(is(reports::leading_place("/srv/a:b:3: text"), "/srv/a:b", 3));
  CHECK(is(reports::leading_place("/srv/a:1x:3: text"), "/srv/a:1x", 3));
}

TEST_CASE("text that names no line of a file has no place") {
  for (const char* text : {"", "/", ":7:", "/:7:", "fips = no", "/etc/ssl/openssl.cnf:unreadable",
                           "openssl.cnf:7: x", "pkcs11:7: x", "/etc/x:0", "/etc/x:7x", "/etc/x:-7",
                           "/etc/x:99999999999", "12:30:15 /etc/x:7:"}) {
    INFO(text);
    CHECK_FALSE(reports::leading_place(text));
  }
}

TEST_CASE("a message that begins with a file and no line has that file for its place") {
  CHECK(is(reports::leading_place("/etc/ssl/openssl.cnf: unreadable"), "/etc/ssl/openssl.cnf", 0));
  CHECK(is(reports::leading_place("/etc/ssl/openssl.cnf: see 12:3: x"), "/etc/ssl/openssl.cnf", 0));
}

TEST_CASE("a path that could mislead or that never ends is no place") {
  CHECK_FALSE(reports::leading_place("/etc/\xE2\x80\xAEx:7: text"));
  CHECK_FALSE(reports::leading_place("/etc/x\ny:7: text"));
  CHECK_FALSE(reports::leading_place("/" + std::string(5000, 'x') + ":7: text"));
}

TEST_CASE("the message of a finding decides before its evidence") {
  rules::Finding finding;
  CHECK_FALSE(reports::place_of(finding));
  finding.evidence = {{1, "/a.cnf: no line", "read", "observed", "", ""}};
  CHECK_FALSE(reports::place_of(finding));
  finding.evidence = {{1, "/a.cnf:1", "read", "observed", "", "/b.cnf:2: x = 1"}};
  CHECK(is(reports::place_of(finding), "/b.cnf", 2));
  finding.evidence.front().seen = "x = 1";
  CHECK(is(reports::place_of(finding), "/a.cnf", 1));
  finding.message = "/c.cnf:3: x";
  CHECK(is(reports::place_of(finding), "/c.cnf", 3));
}
