#include "evidence/base/text.h"

#include "tests/catch.h"

TEST_CASE("printable text replaces what is no UTF-8 and what is a control character") {
  CHECK(base::printable("plain \xC3\xA9\n") == "plain \xC3\xA9\n");
  CHECK(base::printable("\xFF\x01") == "\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(base::printable("\xED\xA0\x80") == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");  // A surrogate.
}

TEST_CASE("hexadecimal text with colons is read, other text is not") {
  CHECK(base::from_hex("0A:ff") == "\x0A\xFF");
  CHECK(base::from_hex("0a:f") == std::nullopt);
  CHECK(base::from_hex("xx") == std::nullopt);
  CHECK(base::hex("\x0A\xFF") == "0aff");
}

TEST_CASE("the nearest word is offered only if it is near") {
  CHECK(base::nearest("chekc", {"probe", "check"}) == "check");
  CHECK(base::nearest("zebra", {"probe", "check"}) == std::nullopt);
}
