#include "evidence/drivers/openssl_parameters.h"

#include <openssl/bn.h>
#include <openssl/params.h>

#include "tests/catch.h"

using evidence::drivers::OpensslParameters;

// Expected: what OpenSSL's own readers of OSSL_PARAM find in the list.
TEST_CASE("OpenSSL reads back what a list of parameters was given") {
  OpensslParameters parameters;
  parameters.text("digest", "SHA2-256").octets("salt", std::string("\0\1", 2)).integer("flag", -1);
  parameters.size("iter", 1000).number("n", "\x01\x02\x03");
  OSSL_PARAM* list = parameters.list();

  char text[16] = {};
  char* place = text;
  REQUIRE(OSSL_PARAM_get_utf8_string(OSSL_PARAM_locate(list, "digest"), &place, sizeof text) == 1);
  CHECK(std::string(text) == "SHA2-256");
  const void* salt = nullptr;
  std::size_t length = 0;
  REQUIRE(OSSL_PARAM_get_octet_string_ptr(OSSL_PARAM_locate(list, "salt"), &salt, &length) == 1);
  CHECK(length == 2);
  int flag = 0;
  REQUIRE(OSSL_PARAM_get_int(OSSL_PARAM_locate(list, "flag"), &flag) == 1);
  CHECK(flag == -1);
  std::uint64_t iterations = 0;
  REQUIRE(OSSL_PARAM_get_uint64(OSSL_PARAM_locate(list, "iter"), &iterations) == 1);
  CHECK(iterations == 1000);
  BIGNUM* number = nullptr;
  REQUIRE(OSSL_PARAM_get_BN(OSSL_PARAM_locate(list, "n"), &number) == 1);
  CHECK(BN_get_word(number) == 0x010203);
  BN_free(number);
}

TEST_CASE("a list of parameters can grow after it was used") {
  OpensslParameters parameters;
  CHECK(parameters.list()[0].key == nullptr);
  parameters.size("a", 1);
  CHECK(parameters.list()[1].key == nullptr);
  parameters.octets_to_come("tag", 16);
  const OSSL_PARAM* list = parameters.list();
  CHECK(std::string(list[0].key) == "a");
  CHECK(std::string(list[1].key) == "tag");
  CHECK(list[1].data == nullptr);
  CHECK(list[1].data_size == 16);
  CHECK(list[2].key == nullptr);
}
