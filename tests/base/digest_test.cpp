// Expected values: FIPS 180-4 example "abc"; RFC 4231, test case 2.
#include "evidence/base/digest.h"

#include <cstdlib>

#include "evidence/base/text.h"
#include "tests/catch.h"

TEST_CASE("SHA-256 and HMAC-SHA-256 give the published values, whatever OPENSSL_CONF says") {
  setenv("OPENSSL_CONF", "/nonexistent/openssl.cnf", 1);
  CHECK(base::sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(base::hex(base::hmac_sha256("Jefe", "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("SHA-256 of bytes that come in pieces is that of all of them") {
  base::Sha256 digest;
  for (const char* piece : {"", "a", "bc"}) digest.add(piece);
  CHECK(digest.finish() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(base::Sha256().finish() == base::sha256(""));
}
