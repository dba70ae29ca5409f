#include "evidence/base/digest.h"

#include "evidence/base/text.h"
#include "tests/catch.h"

// Expected values: FIPS 180-4 examples for SHA-256, RFC 4231 test case 2 for HMAC-SHA-256.

TEST_CASE("the digest of a text is that of the standard's example") {
  CHECK(base::sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(base::sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("the authentication code of a text is that of the standard's example") {
  CHECK(base::hex(base::hmac_sha256("Jefe", "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}
