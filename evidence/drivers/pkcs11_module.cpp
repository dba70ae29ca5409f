#include "evidence/drivers/pkcs11_module.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace evidence::drivers {
namespace {

using namespace cryptoki;

constexpr std::size_t kInterfaceLimit = 64;
constexpr std::size_t kNameLimit = 256;

std::string_view name_of(const CK_INTERFACE& interface) {
  if (interface.pInterfaceName == nullptr) return {};
  const auto* text = reinterpret_cast<const char*>(interface.pInterfaceName);
  return {text, std::find(text, text + kNameLimit, '\0')};
}

bool is_at_least(const CK_VERSION& version, int major, int minor) {
  return version.major > major || (version.major == major && version.minor >= minor);
}

// A list is only read as far as the version that stands at its beginning.
void take(Pkcs11Module& module, const CK_INTERFACE& interface) {
  const CK_FUNCTION_LIST* list = interface.pFunctionList;
  if (list == nullptr) return;
  if (name_of(interface) == "PKCS 11") {
    if (is_at_least(list->version, 3, 0))
      module.version_3_0 = static_cast<const CK_FUNCTION_LIST_3_0*>(list);
    if (is_at_least(list->version, 3, 2))
      module.version_3_2 = static_cast<const CK_FUNCTION_LIST_3_2*>(list);
  } else if (name_of(interface) == "Vendor NSS FIPS Interface") {
    module.nss_fips = reinterpret_cast<const CK_NSS_FIPS_FUNCTIONS*>(list);
  }
}

}  // namespace

Pkcs11Module pkcs11_module(const CK_FUNCTION_LIST* functions, GetInterfaceList* interfaces) {
  Pkcs11Module module;
  module.functions = functions;
  std::array<CK_INTERFACE, kInterfaceLimit> list{};
  CK_ULONG count = kInterfaceLimit;
  if (interfaces == nullptr || interfaces(list.data(), &count) != CKR_OK) return module;
  for (std::size_t i = 0; i < std::min<std::size_t>(count, kInterfaceLimit); ++i)
    take(module, list.at(i));
  return module;
}

Pkcs11Indication indication_of(const Pkcs11Module& module, CK_SESSION_HANDLE session) {
  const auto verdict = [](bool approved) {
    return approved ? Indicator::approved : Indicator::not_approved;
  };
  if (module.version_3_2 != nullptr && module.version_3_2->C_GetSessionValidationFlags != nullptr) {
    CK_FLAGS flags = 0;
    if (module.version_3_2->C_GetSessionValidationFlags(session, CKS_LAST_VALIDATION_OK, &flags) ==
        CKR_OK)
      return {verdict(flags != 0), "validation flags"};
  }
  if (module.nss_fips != nullptr && module.nss_fips->NSC_NSSGetFIPSStatus != nullptr) {
    CK_ULONG status = 0;
    if (module.nss_fips->NSC_NSSGetFIPSStatus(session, CK_INVALID_HANDLE,
                                              CKT_NSS_SESSION_LAST_CHECK, &status) == CKR_OK) {
      if (status == CKS_NSS_FIPS_OK || status == CKS_NSS_FIPS_NOT_OK)
        return {verdict(status == CKS_NSS_FIPS_OK), "NSS"};
      return {Indicator::undetermined, "NSS"};
    }
  }
  return {};
}

Attempt attempt_of(CK_RV result) {
  constexpr std::array kNotThere = {CKR_MECHANISM_INVALID, CKR_FUNCTION_NOT_SUPPORTED,
                                    CKR_CURVE_NOT_SUPPORTED, CKR_PARAMETER_SET_NOT_SUPPORTED,
                                    CKR_RANDOM_NO_RNG};
  // Codes that say nothing about what the module allows.
  constexpr std::array kTrouble = {CKR_HOST_MEMORY,
                                   CKR_GENERAL_ERROR,
                                   CKR_FUNCTION_FAILED,
                                   CKR_DEVICE_ERROR,
                                   CKR_DEVICE_MEMORY,
                                   CKR_DEVICE_REMOVED,
                                   CKR_SESSION_CLOSED,
                                   CKR_SESSION_COUNT,
                                   CKR_SESSION_HANDLE_INVALID,
                                   CKR_OPERATION_ACTIVE,
                                   CKR_OPERATION_NOT_INITIALIZED,
                                   CKR_BUFFER_TOO_SMALL,
                                   CKR_TOKEN_NOT_PRESENT,
                                   CKR_CRYPTOKI_NOT_INITIALIZED,
                                   CKR_SIGNATURE_INVALID,
                                   CKR_SIGNATURE_LEN_RANGE,
                                   CKR_ENCRYPTED_DATA_INVALID,
                                   CKR_ENCRYPTED_DATA_LEN_RANGE,
                                   CKR_AEAD_DECRYPT_FAILED,
                                   CKR_FIPS_SELF_TEST_FAILED,
                                   CKR_OBJECT_HANDLE_INVALID,
                                   CKR_KEY_HANDLE_INVALID};
  if (result == CKR_OK) return Attempt::performed;
  if (std::find(kNotThere.begin(), kNotThere.end(), result) != kNotThere.end())
    return Attempt::unsupported;
  return std::find(kTrouble.begin(), kTrouble.end(), result) != kTrouble.end() ? Attempt::error
                                                                               : Attempt::refused;
}

}  // namespace evidence::drivers
