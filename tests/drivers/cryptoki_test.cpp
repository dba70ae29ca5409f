// Counts of functions: PKCS #11 3.2 (OASIS), pkcs11f.h: 68 up to version 2.40, 24 more in 3.0.
#include "evidence/drivers/cryptoki.h"

#include "evidence/drivers/cryptoki_mechanisms.h"
#include "evidence/drivers/cryptoki_names.h"
#include "tests/catch.h"

using namespace evidence::drivers;
using namespace evidence::drivers::cryptoki;

namespace {

constexpr std::size_t kPointer = sizeof(void*);

}  // namespace

TEST_CASE("the lists of functions have the standard's order and nothing between") {
  CHECK(sizeof(CK_FUNCTION_LIST) == kPointer * (1 + 68));
  CHECK(sizeof(CK_FUNCTION_LIST_3_0) == kPointer * (1 + 68 + 24));
  CHECK(sizeof(CK_FUNCTION_LIST_3_2) == kPointer * (1 + 68 + 24 + 10));
}

TEST_CASE("values of PKCS #11 have the names of the standard") {
  CHECK(class_name(CKO_VALIDATION) == "CKO_VALIDATION");
  CHECK(key_type_name(CKK_ML_KEM) == "CKK_ML_KEM");
  CHECK(attribute_name(CKA_UNWRAP_TEMPLATE) == "CKA_UNWRAP_TEMPLATE");
  CHECK(certificate_type_name(CKC_X_509) == "CKC_X_509");
  CHECK(mechanism_name(CKM_AES_GCM) == "CKM_AES_GCM");
  CHECK(key_type_name(0x80000005) == "0x80000005");
}
