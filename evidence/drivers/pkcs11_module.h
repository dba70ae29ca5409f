#pragma once

#include <map>
#include <string>

#include "evidence/drivers/cryptoki_parameters.h"
#include "evidence/drivers/driver.h"
#include "evidence/drivers/test_keys.h"

namespace evidence::drivers {

/// The functions of a PKCS #11 module by the interfaces that it offers; null where it does not.
struct Pkcs11Module {
  const cryptoki::CK_FUNCTION_LIST* functions = nullptr;  ///< Of C_GetFunctionList.
  const cryptoki::CK_FUNCTION_LIST_3_0* version_3_0 = nullptr;
  const cryptoki::CK_FUNCTION_LIST_3_2* version_3_2 = nullptr;
  const cryptoki::CK_NSS_FIPS_FUNCTIONS* nss_fips = nullptr;
};

/// The module behind `functions` with what `interfaces` (null if it has no C_GetInterfaceList)
/// offers beyond.
Pkcs11Module pkcs11_module(const cryptoki::CK_FUNCTION_LIST* functions,
                           cryptoki::GetInterfaceList* interfaces);

/// A token to be exercised.
struct Pkcs11Token {
  const Pkcs11Module& module;
  cryptoki::CK_SLOT_ID slot = 0;
  cryptoki::CK_SESSION_HANDLE session = 0;  ///< Open all the time, and with it a login.
  bool logged_in = false;
  /// What it lists, with the flags of C_GetMechanismInfo (0 where that call failed).
  std::map<cryptoki::CK_MECHANISM_TYPE, cryptoki::CK_FLAGS> mechanisms;
};

/// What a module says about the last operation of a session, and where: the session validation
/// flags of PKCS #11 3.2 (C_GetSessionValidationFlags), else the interface of NSS.
struct Pkcs11Indication {
  Indicator indicator = Indicator::none;
  std::string kind = "none";  ///< "validation flags", "NSS", "none"
};
Pkcs11Indication indication_of(const Pkcs11Module& module, cryptoki::CK_SESSION_HANDLE session);

/// What a return value means for a service that was asked for.
Attempt attempt_of(cryptoki::CK_RV result);

}  // namespace evidence::drivers
