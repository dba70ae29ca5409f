#include "evidence/probes/pkcs11_child/functions.h"

#include <array>
#include <span>

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;

// The functions in the order of the lists (PKCS #11 3.2, CK_FUNCTION_LIST and its successors).
constexpr std::array kVersion240 = {"C_Initialize",
                                    "C_Finalize",
                                    "C_GetInfo",
                                    "C_GetFunctionList",
                                    "C_GetSlotList",
                                    "C_GetSlotInfo",
                                    "C_GetTokenInfo",
                                    "C_GetMechanismList",
                                    "C_GetMechanismInfo",
                                    "C_InitToken",
                                    "C_InitPIN",
                                    "C_SetPIN",
                                    "C_OpenSession",
                                    "C_CloseSession",
                                    "C_CloseAllSessions",
                                    "C_GetSessionInfo",
                                    "C_GetOperationState",
                                    "C_SetOperationState",
                                    "C_Login",
                                    "C_Logout",
                                    "C_CreateObject",
                                    "C_CopyObject",
                                    "C_DestroyObject",
                                    "C_GetObjectSize",
                                    "C_GetAttributeValue",
                                    "C_SetAttributeValue",
                                    "C_FindObjectsInit",
                                    "C_FindObjects",
                                    "C_FindObjectsFinal",
                                    "C_EncryptInit",
                                    "C_Encrypt",
                                    "C_EncryptUpdate",
                                    "C_EncryptFinal",
                                    "C_DecryptInit",
                                    "C_Decrypt",
                                    "C_DecryptUpdate",
                                    "C_DecryptFinal",
                                    "C_DigestInit",
                                    "C_Digest",
                                    "C_DigestUpdate",
                                    "C_DigestKey",
                                    "C_DigestFinal",
                                    "C_SignInit",
                                    "C_Sign",
                                    "C_SignUpdate",
                                    "C_SignFinal",
                                    "C_SignRecoverInit",
                                    "C_SignRecover",
                                    "C_VerifyInit",
                                    "C_Verify",
                                    "C_VerifyUpdate",
                                    "C_VerifyFinal",
                                    "C_VerifyRecoverInit",
                                    "C_VerifyRecover",
                                    "C_DigestEncryptUpdate",
                                    "C_DecryptDigestUpdate",
                                    "C_SignEncryptUpdate",
                                    "C_DecryptVerifyUpdate",
                                    "C_GenerateKey",
                                    "C_GenerateKeyPair",
                                    "C_WrapKey",
                                    "C_UnwrapKey",
                                    "C_DeriveKey",
                                    "C_SeedRandom",
                                    "C_GenerateRandom",
                                    "C_GetFunctionStatus",
                                    "C_CancelFunction",
                                    "C_WaitForSlotEvent"};
constexpr std::array kVersion30 = {
    "C_GetInterfaceList",    "C_GetInterface",        "C_LoginUser",
    "C_SessionCancel",       "C_MessageEncryptInit",  "C_EncryptMessage",
    "C_EncryptMessageBegin", "C_EncryptMessageNext",  "C_MessageEncryptFinal",
    "C_MessageDecryptInit",  "C_DecryptMessage",      "C_DecryptMessageBegin",
    "C_DecryptMessageNext",  "C_MessageDecryptFinal", "C_MessageSignInit",
    "C_SignMessage",         "C_SignMessageBegin",    "C_SignMessageNext",
    "C_MessageSignFinal",    "C_MessageVerifyInit",   "C_VerifyMessage",
    "C_VerifyMessageBegin",  "C_VerifyMessageNext",   "C_MessageVerifyFinal"};
constexpr std::array kVersion32 = {"C_EncapsulateKey",
                                   "C_DecapsulateKey",
                                   "C_VerifySignatureInit",
                                   "C_VerifySignature",
                                   "C_VerifySignatureUpdate",
                                   "C_VerifySignatureFinal",
                                   "C_GetSessionValidationFlags",
                                   "C_AsyncComplete",
                                   "C_AsyncGetID",
                                   "C_AsyncJoin"};

void record_part(const Session& session, Source& source, std::span<const char* const> names,
                 const char* version, const void* first) {
  const auto* pointers = static_cast<void* const*>(first);
  for (std::size_t i = 0; i < names.size(); ++i)
    source.row("pkcs11_function", Basis::listed,
               {{"module", session.module()},
                {"name", std::string(names[i])},
                {"version", std::string(version)},
                {"present", std::int64_t{pointers[i] != nullptr ? 1 : 0}}});
}

bool is_at_least(const CK_VERSION& version, int major, int minor) {
  return version.major > major || (version.major == major && version.minor >= minor);
}

}  // namespace

void record_functions(const Session& session, const CK_FUNCTION_LIST& list,
                      const CK_FUNCTION_LIST* newest) {
  const std::string what = "C_GetFunctionList";
  session.record.step(
      what + " (functions)", session.call({"pkcs11_function"}, session.module(), what), [&] {
        Source source =
            session.record.source(session.call({"pkcs11_function"}, session.module(), what));
        record_part(session, source, kVersion240, "2.40", &list.C_Initialize);
        if (newest == nullptr) return;
        if (is_at_least(newest->version, 3, 0))
          record_part(session, source, kVersion30, "3.0",
                      &static_cast<const CK_FUNCTION_LIST_3_0*>(newest)->C_GetInterfaceList);
        if (is_at_least(newest->version, 3, 2))
          record_part(session, source, kVersion32, "3.2",
                      &static_cast<const CK_FUNCTION_LIST_3_2*>(newest)->C_EncapsulateKey);
      });
}

}  // namespace evidence::probes::pkcs11_child
