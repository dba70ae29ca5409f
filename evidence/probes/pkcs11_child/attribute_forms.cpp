#include "evidence/probes/pkcs11_child/attribute_forms.h"

#include <algorithm>
#include <array>

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;

constexpr std::array kFlags = {
    CKA_TOKEN,
    CKA_PRIVATE,
    CKA_TRUSTED,
    CKA_SENSITIVE,
    CKA_ENCRYPT,
    CKA_DECRYPT,
    CKA_WRAP,
    CKA_UNWRAP,
    CKA_SIGN,
    CKA_SIGN_RECOVER,
    CKA_VERIFY,
    CKA_VERIFY_RECOVER,
    CKA_DERIVE,
    CKA_EXTRACTABLE,
    CKA_LOCAL,
    CKA_NEVER_EXTRACTABLE,
    CKA_ALWAYS_SENSITIVE,
    CKA_MODIFIABLE,
    CKA_COPYABLE,
    CKA_DESTROYABLE,
    CKA_ALWAYS_AUTHENTICATE,
    CKA_WRAP_WITH_TRUSTED,
    CKA_ENCAPSULATE,
    CKA_DECAPSULATE,
    CKA_RESET_ON_INIT,
    CKA_HAS_RESET,
};
constexpr std::array kNumbers = {
    CKA_CLASS,
    CKA_CERTIFICATE_TYPE,
    CKA_CERTIFICATE_CATEGORY,
    CKA_KEY_TYPE,
    CKA_MODULUS_BITS,
    CKA_VALUE_LEN,
    CKA_KEY_GEN_MECHANISM,
    CKA_HW_FEATURE_TYPE,
    CKA_MECHANISM_TYPE,
    CKA_PROFILE_ID,
    CKA_PARAMETER_SET,
    CKA_OBJECT_VALIDATION_FLAGS,
    CKA_VALIDATION_TYPE,
    CKA_VALIDATION_LEVEL,
    CKA_VALIDATION_FLAG,
    CKA_VALIDATION_AUTHORITY_TYPE,
    CKA_PRIME_BITS,
    CKA_VALUE_BITS,
};
constexpr std::array kTemplates = {CKA_WRAP_TEMPLATE, CKA_UNWRAP_TEMPLATE, CKA_DERIVE_TEMPLATE};
constexpr std::array kSecretValues = {
    CKA_PRIVATE_EXPONENT, CKA_PRIME_1,     CKA_PRIME_2, CKA_EXPONENT_1,
    CKA_EXPONENT_2,       CKA_COEFFICIENT, CKA_SEED,
};

constexpr std::size_t kFlagRoom = 3, kNumberRoom = 24, kDateRoom = 16, kBytesRoom = 1021;
constexpr std::size_t kNestedRoom = 7;

template <std::size_t N>
bool holds(const std::array<CK_ATTRIBUTE_TYPE, N>& types, CK_ATTRIBUTE_TYPE type) {
  return std::find(types.begin(), types.end(), type) != types.end();
}

}  // namespace

Form form_of(CK_ATTRIBUTE_TYPE type) {
  if (holds(kFlags, type)) return Form::flag;
  if (holds(kNumbers, type)) return Form::number;
  if (holds(kTemplates, type)) return Form::nested;
  if (type == CKA_START_DATE || type == CKA_END_DATE) return Form::date;
  if (type == CKA_ALLOWED_MECHANISMS) return Form::numbers;
  return Form::bytes;
}

bool is_secret_value(CK_ATTRIBUTE_TYPE type) { return holds(kSecretValues, type); }

std::size_t room_for(CK_ATTRIBUTE_TYPE type) {
  switch (form_of(type)) {
    case Form::flag:
      return kFlagRoom;
    case Form::number:
      return kNumberRoom;
    case Form::date:
      return kDateRoom;
    case Form::nested:
      return kNestedRoom;
    case Form::numbers:
    case Form::bytes:
      break;
  }
  return kBytesRoom;
}

bool fits(CK_ATTRIBUTE_TYPE type, std::size_t size) {
  switch (form_of(type)) {
    case Form::flag:
      return size == 1;
    case Form::number:
      return size == sizeof(CK_ULONG);
    case Form::date:
      return size == 8;
    case Form::numbers:
      return size % sizeof(CK_ULONG) == 0;
    case Form::nested:
      return size % sizeof(CK_ATTRIBUTE) == 0;
    case Form::bytes:
      break;
  }
  return true;
}

}  // namespace evidence::probes::pkcs11_child
