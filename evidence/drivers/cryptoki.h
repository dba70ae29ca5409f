#pragma once

// The part of the interface of PKCS #11 (OASIS, versions 2.40 to 3.2) that this project calls, in
// our own declarations. Names, member order and sizes are the standard's; on this platform its
// structures have the ordinary layout of C.

#include "evidence/drivers/cryptoki_attributes.h"
#include "evidence/drivers/cryptoki_results.h"
#include "evidence/drivers/cryptoki_types.h"
#include "evidence/drivers/cryptoki_values.h"

namespace evidence::drivers::cryptoki {

/// A version as "major.minor".
struct CK_VERSION {
  CK_BYTE major, minor;
};

/// What the library says of itself. Texts are padded with blanks, with no NUL at their end.
struct CK_INFO {
  CK_VERSION cryptokiVersion;
  CK_UTF8CHAR manufacturerID[32];
  CK_FLAGS flags;
  CK_UTF8CHAR libraryDescription[32];
  CK_VERSION libraryVersion;
};

/// What it says of a slot.
struct CK_SLOT_INFO {
  CK_UTF8CHAR slotDescription[64];
  CK_UTF8CHAR manufacturerID[32];
  CK_FLAGS flags;
  CK_VERSION hardwareVersion, firmwareVersion;
};

/// What it says of the token in a slot.
struct CK_TOKEN_INFO {
  CK_UTF8CHAR label[32];
  CK_UTF8CHAR manufacturerID[32];
  CK_UTF8CHAR model[16];
  CK_CHAR serialNumber[16];
  CK_FLAGS flags;
  CK_ULONG ulMaxSessionCount, ulSessionCount, ulMaxRwSessionCount, ulRwSessionCount;
  CK_ULONG ulMaxPinLen, ulMinPinLen;
  CK_ULONG ulTotalPublicMemory, ulFreePublicMemory, ulTotalPrivateMemory, ulFreePrivateMemory;
  CK_VERSION hardwareVersion, firmwareVersion;
  CK_CHAR utcTime[16];
};

/// What it says of a mechanism of a token. The unit of the key sizes depends on the mechanism.
struct CK_MECHANISM_INFO {
  CK_ULONG ulMinKeySize, ulMaxKeySize;
  CK_FLAGS flags;
};

/// An attribute of an object: its type, and where its value stands. A length of
/// CK_UNAVAILABLE_INFORMATION after a call says that the module did not tell.
struct CK_ATTRIBUTE {
  CK_ATTRIBUTE_TYPE type;
  void* pValue;
  CK_ULONG ulValueLen;  ///< bytes
};

/// A mechanism with its parameter.
struct CK_MECHANISM {
  CK_MECHANISM_TYPE mechanism;
  void* pParameter;
  CK_ULONG ulParameterLen;  ///< bytes
};

/// What a module says of a session.
struct CK_SESSION_INFO {
  CK_SLOT_ID slotID;
  CK_STATE state;
  CK_FLAGS flags;
  CK_ULONG ulDeviceError;
};

/// A date as attributes hold it: digits, with no NUL at the end.
struct CK_DATE {
  CK_CHAR year[4], month[2], day[2];
};

/// How C_Initialize is to work; `pReserved` is free text for some modules, against the standard.
struct CK_C_INITIALIZE_ARGS {
  CK_RV (*CreateMutex)(void** mutex);
  CK_RV (*DestroyMutex)(void* mutex);
  CK_RV (*LockMutex)(void* mutex);
  CK_RV (*UnlockMutex)(void* mutex);
  CK_FLAGS flags;
  void* pReserved;
};

/// Called by a module when something happens to a session; we never give one.
using CK_NOTIFY = CK_RV(CK_SESSION_HANDLE session, CK_ULONG event, void* application);

struct CK_INTERFACE;

/// The functions of a module of version 2.40, in the standard's order. The lists of all versions
/// begin like this and go on.
struct CK_FUNCTION_LIST {
  CK_VERSION version;
  CK_RV (*C_Initialize)(void* init_args);
  CK_RV (*C_Finalize)(void* reserved);
  CK_RV (*C_GetInfo)(CK_INFO* info);
  CK_RV (*C_GetFunctionList)(CK_FUNCTION_LIST** list);
  CK_RV (*C_GetSlotList)(CK_BBOOL token_present, CK_SLOT_ID* list, CK_ULONG* count);
  CK_RV (*C_GetSlotInfo)(CK_SLOT_ID slot, CK_SLOT_INFO* info);
  CK_RV (*C_GetTokenInfo)(CK_SLOT_ID slot, CK_TOKEN_INFO* info);
  CK_RV (*C_GetMechanismList)(CK_SLOT_ID slot, CK_MECHANISM_TYPE* list, CK_ULONG* count);
  CK_RV (*C_GetMechanismInfo)(CK_SLOT_ID slot, CK_MECHANISM_TYPE type, CK_MECHANISM_INFO* info);
  CK_RV (*C_InitToken)(CK_SLOT_ID slot, CK_UTF8CHAR* pin, CK_ULONG pin_size, CK_UTF8CHAR* label);
  CK_RV (*C_InitPIN)(CK_SESSION_HANDLE session, CK_UTF8CHAR* pin, CK_ULONG pin_size);
  CK_RV(*C_SetPIN)
  (CK_SESSION_HANDLE session, CK_UTF8CHAR* old_pin, CK_ULONG old_size, CK_UTF8CHAR* new_pin,
   CK_ULONG new_size);
  CK_RV(*C_OpenSession)
  (CK_SLOT_ID slot, CK_FLAGS flags, void* application, CK_NOTIFY* notify,
   CK_SESSION_HANDLE* session);
  CK_RV (*C_CloseSession)(CK_SESSION_HANDLE session);
  CK_RV (*C_CloseAllSessions)(CK_SLOT_ID slot);
  CK_RV (*C_GetSessionInfo)(CK_SESSION_HANDLE session, CK_SESSION_INFO* info);
  CK_RV (*C_GetOperationState)(CK_SESSION_HANDLE session, CK_BYTE* state, CK_ULONG* state_size);
  CK_RV(*C_SetOperationState)
  (CK_SESSION_HANDLE session, CK_BYTE* state, CK_ULONG state_size, CK_OBJECT_HANDLE encryption_key,
   CK_OBJECT_HANDLE authentication_key);
  CK_RV(*C_Login)
  (CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR* pin, CK_ULONG pin_size);
  CK_RV (*C_Logout)(CK_SESSION_HANDLE session);
  CK_RV(*C_CreateObject)
  (CK_SESSION_HANDLE session, CK_ATTRIBUTE* attributes, CK_ULONG count, CK_OBJECT_HANDLE* object);
  CK_RV(*C_CopyObject)
  (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE* attributes, CK_ULONG count,
   CK_OBJECT_HANDLE* copy);
  CK_RV (*C_DestroyObject)(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object);
  CK_RV (*C_GetObjectSize)(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ULONG* size);
  CK_RV(*C_GetAttributeValue)
  (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE* attributes, CK_ULONG count);
  CK_RV(*C_SetAttributeValue)
  (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE* attributes, CK_ULONG count);
  CK_RV (*C_FindObjectsInit)(CK_SESSION_HANDLE session, CK_ATTRIBUTE* attributes, CK_ULONG count);
  CK_RV(*C_FindObjects)
  (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE* objects, CK_ULONG limit, CK_ULONG* count);
  CK_RV (*C_FindObjectsFinal)(CK_SESSION_HANDLE session);
  CK_RV (*C_EncryptInit)(CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key);
  CK_RV(*C_Encrypt)
  (CK_SESSION_HANDLE session, CK_BYTE* plain, CK_ULONG plain_size, CK_BYTE* cipher,
   CK_ULONG* cipher_size);
  CK_RV(*C_EncryptUpdate)
  (CK_SESSION_HANDLE session, CK_BYTE* plain, CK_ULONG plain_size, CK_BYTE* cipher,
   CK_ULONG* cipher_size);
  CK_RV (*C_EncryptFinal)(CK_SESSION_HANDLE session, CK_BYTE* cipher, CK_ULONG* cipher_size);
  CK_RV (*C_DecryptInit)(CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key);
  CK_RV(*C_Decrypt)
  (CK_SESSION_HANDLE session, CK_BYTE* cipher, CK_ULONG cipher_size, CK_BYTE* plain,
   CK_ULONG* plain_size);
  CK_RV(*C_DecryptUpdate)
  (CK_SESSION_HANDLE session, CK_BYTE* cipher, CK_ULONG cipher_size, CK_BYTE* plain,
   CK_ULONG* plain_size);
  CK_RV (*C_DecryptFinal)(CK_SESSION_HANDLE session, CK_BYTE* plain, CK_ULONG* plain_size);
  CK_RV (*C_DigestInit)(CK_SESSION_HANDLE session, CK_MECHANISM* mechanism);
  CK_RV(*C_Digest)
  (CK_SESSION_HANDLE session, CK_BYTE* data, CK_ULONG data_size, CK_BYTE* digest,
   CK_ULONG* digest_size);
  CK_RV (*C_DigestUpdate)(CK_SESSION_HANDLE session, CK_BYTE* data, CK_ULONG data_size);
  CK_RV (*C_DigestKey)(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE key);
  CK_RV (*C_DigestFinal)(CK_SESSION_HANDLE session, CK_BYTE* digest, CK_ULONG* digest_size);
  CK_RV (*C_SignInit)(CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key);
  CK_RV(*C_Sign)
  (CK_SESSION_HANDLE session, CK_BYTE* data, CK_ULONG data_size, CK_BYTE* signature,
   CK_ULONG* signature_size);
  CK_RV (*C_SignUpdate)(CK_SESSION_HANDLE session, CK_BYTE* data, CK_ULONG data_size);
  CK_RV (*C_SignFinal)(CK_SESSION_HANDLE session, CK_BYTE* signature, CK_ULONG* signature_size);
  CK_RV(*C_SignRecoverInit)
  (CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key);
  CK_RV(*C_SignRecover)
  (CK_SESSION_HANDLE session, CK_BYTE* data, CK_ULONG data_size, CK_BYTE* signature,
   CK_ULONG* signature_size);
  CK_RV (*C_VerifyInit)(CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key);
  CK_RV(*C_Verify)
  (CK_SESSION_HANDLE session, CK_BYTE* data, CK_ULONG data_size, CK_BYTE* signature,
   CK_ULONG signature_size);
  CK_RV (*C_VerifyUpdate)(CK_SESSION_HANDLE session, CK_BYTE* data, CK_ULONG data_size);
  CK_RV (*C_VerifyFinal)(CK_SESSION_HANDLE session, CK_BYTE* signature, CK_ULONG signature_size);
  CK_RV(*C_VerifyRecoverInit)
  (CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key);
  CK_RV(*C_VerifyRecover)
  (CK_SESSION_HANDLE session, CK_BYTE* signature, CK_ULONG signature_size, CK_BYTE* data,
   CK_ULONG* data_size);
  CK_RV(*C_DigestEncryptUpdate)
  (CK_SESSION_HANDLE session, CK_BYTE* plain, CK_ULONG plain_size, CK_BYTE* cipher,
   CK_ULONG* cipher_size);
  CK_RV(*C_DecryptDigestUpdate)
  (CK_SESSION_HANDLE session, CK_BYTE* cipher, CK_ULONG cipher_size, CK_BYTE* plain,
   CK_ULONG* plain_size);
  CK_RV(*C_SignEncryptUpdate)
  (CK_SESSION_HANDLE session, CK_BYTE* plain, CK_ULONG plain_size, CK_BYTE* cipher,
   CK_ULONG* cipher_size);
  CK_RV(*C_DecryptVerifyUpdate)
  (CK_SESSION_HANDLE session, CK_BYTE* cipher, CK_ULONG cipher_size, CK_BYTE* plain,
   CK_ULONG* plain_size);
  CK_RV(*C_GenerateKey)
  (CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_ATTRIBUTE* attributes, CK_ULONG count,
   CK_OBJECT_HANDLE* key);
  CK_RV(*C_GenerateKeyPair)
  (CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_ATTRIBUTE* public_attributes,
   CK_ULONG public_count, CK_ATTRIBUTE* private_attributes, CK_ULONG private_count,
   CK_OBJECT_HANDLE* public_key, CK_OBJECT_HANDLE* private_key);
  CK_RV(*C_WrapKey)
  (CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE wrapping_key,
   CK_OBJECT_HANDLE key, CK_BYTE* wrapped, CK_ULONG* wrapped_size);
  CK_RV(*C_UnwrapKey)
  (CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE unwrapping_key,
   CK_BYTE* wrapped, CK_ULONG wrapped_size, CK_ATTRIBUTE* attributes, CK_ULONG count,
   CK_OBJECT_HANDLE* key);
  CK_RV(*C_DeriveKey)
  (CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE base_key,
   CK_ATTRIBUTE* attributes, CK_ULONG count, CK_OBJECT_HANDLE* key);
  CK_RV (*C_SeedRandom)(CK_SESSION_HANDLE session, CK_BYTE* seed, CK_ULONG seed_size);
  CK_RV (*C_GenerateRandom)(CK_SESSION_HANDLE session, CK_BYTE* random, CK_ULONG random_size);
  CK_RV (*C_GetFunctionStatus)(CK_SESSION_HANDLE session);
  CK_RV (*C_CancelFunction)(CK_SESSION_HANDLE session);
  CK_RV (*C_WaitForSlotEvent)(CK_FLAGS flags, CK_SLOT_ID* slot, void* reserved);
};

/// The functions of a module of version 3.0 and 3.1. A list must only be read as one of these where
/// an interface of C_GetInterfaceList gives that version: the list of C_GetFunctionList ends
/// before.
struct CK_FUNCTION_LIST_3_0 : CK_FUNCTION_LIST {
  CK_RV (*C_GetInterfaceList)(CK_INTERFACE* list, CK_ULONG* count);
  CK_RV(*C_GetInterface)
  (CK_UTF8CHAR* name, CK_VERSION* version, CK_INTERFACE** interface, CK_FLAGS flags);
  CK_RV(*C_LoginUser)
  (CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR* pin, CK_ULONG pin_size,
   CK_UTF8CHAR* name, CK_ULONG name_size);
  CK_RV (*C_SessionCancel)(CK_SESSION_HANDLE session, CK_FLAGS flags);
  CK_RV(*C_MessageEncryptInit)
  (CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key);
  CK_RV(*C_EncryptMessage)
  (CK_SESSION_HANDLE session, void* parameter, CK_ULONG parameter_size, CK_BYTE* associated,
   CK_ULONG associated_size, CK_BYTE* plain, CK_ULONG plain_size, CK_BYTE* cipher,
   CK_ULONG* cipher_size);
  CK_RV(*C_EncryptMessageBegin)
  (CK_SESSION_HANDLE session, void* parameter, CK_ULONG parameter_size, CK_BYTE* associated,
   CK_ULONG associated_size);
  CK_RV(*C_EncryptMessageNext)
  (CK_SESSION_HANDLE session, void* parameter, CK_ULONG parameter_size, CK_BYTE* plain,
   CK_ULONG plain_size, CK_BYTE* cipher, CK_ULONG* cipher_size, CK_FLAGS flags);
  CK_RV (*C_MessageEncryptFinal)(CK_SESSION_HANDLE session);
  CK_RV(*C_MessageDecryptInit)
  (CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key);
  CK_RV(*C_DecryptMessage)
  (CK_SESSION_HANDLE session, void* parameter, CK_ULONG parameter_size, CK_BYTE* associated,
   CK_ULONG associated_size, CK_BYTE* cipher, CK_ULONG cipher_size, CK_BYTE* plain,
   CK_ULONG* plain_size);
  CK_RV(*C_DecryptMessageBegin)
  (CK_SESSION_HANDLE session, void* parameter, CK_ULONG parameter_size, CK_BYTE* associated,
   CK_ULONG associated_size);
  CK_RV(*C_DecryptMessageNext)
  (CK_SESSION_HANDLE session, void* parameter, CK_ULONG parameter_size, CK_BYTE* cipher,
   CK_ULONG cipher_size, CK_BYTE* plain, CK_ULONG* plain_size, CK_FLAGS flags);
  CK_RV (*C_MessageDecryptFinal)(CK_SESSION_HANDLE session);
  CK_RV(*C_MessageSignInit)
  (CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key);
  CK_RV(*C_SignMessage)
  (CK_SESSION_HANDLE session, void* parameter, CK_ULONG parameter_size, CK_BYTE* data,
   CK_ULONG data_size, CK_BYTE* signature, CK_ULONG* signature_size);
  CK_RV (*C_SignMessageBegin)(CK_SESSION_HANDLE session, void* parameter, CK_ULONG parameter_size);
  CK_RV(*C_SignMessageNext)
  (CK_SESSION_HANDLE session, void* parameter, CK_ULONG parameter_size, CK_BYTE* data,
   CK_ULONG data_size, CK_BYTE* signature, CK_ULONG* signature_size);
  CK_RV (*C_MessageSignFinal)(CK_SESSION_HANDLE session);
  CK_RV(*C_MessageVerifyInit)
  (CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key);
  CK_RV(*C_VerifyMessage)
  (CK_SESSION_HANDLE session, void* parameter, CK_ULONG parameter_size, CK_BYTE* data,
   CK_ULONG data_size, CK_BYTE* signature, CK_ULONG signature_size);
  CK_RV(*C_VerifyMessageBegin)
  (CK_SESSION_HANDLE session, void* parameter, CK_ULONG parameter_size);
  CK_RV(*C_VerifyMessageNext)
  (CK_SESSION_HANDLE session, void* parameter, CK_ULONG parameter_size, CK_BYTE* data,
   CK_ULONG data_size, CK_BYTE* signature, CK_ULONG signature_size);
  CK_RV (*C_MessageVerifyFinal)(CK_SESSION_HANDLE session);
};

/// The functions of a module of version 3.2, as far as they are called here.
struct CK_FUNCTION_LIST_3_2 : CK_FUNCTION_LIST_3_0 {
  CK_RV(*C_EncapsulateKey)
  (CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE public_key,
   CK_ATTRIBUTE* attributes, CK_ULONG count, CK_BYTE* cipher, CK_ULONG* cipher_size,
   CK_OBJECT_HANDLE* key);
  CK_RV(*C_DecapsulateKey)
  (CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE private_key,
   CK_ATTRIBUTE* attributes, CK_ULONG count, CK_BYTE* cipher, CK_ULONG cipher_size,
   CK_OBJECT_HANDLE* key);
  CK_RV(*C_VerifySignatureInit)
  (CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key, CK_BYTE* signature,
   CK_ULONG signature_size);
  CK_RV (*C_VerifySignature)(CK_SESSION_HANDLE session, CK_BYTE* data, CK_ULONG data_size);
  CK_RV (*C_VerifySignatureUpdate)(CK_SESSION_HANDLE session, CK_BYTE* data, CK_ULONG data_size);
  CK_RV (*C_VerifySignatureFinal)(CK_SESSION_HANDLE session);
  CK_RV (*C_GetSessionValidationFlags)(CK_SESSION_HANDLE session, CK_ULONG type, CK_FLAGS* flags);
  CK_RV (*C_AsyncComplete)(CK_SESSION_HANDLE session, CK_UTF8CHAR* function, void* result);
  CK_RV (*C_AsyncGetID)(CK_SESSION_HANDLE session, CK_UTF8CHAR* function, CK_ULONG* id);
  CK_RV(*C_AsyncJoin)
  (CK_SESSION_HANDLE session, CK_UTF8CHAR* function, CK_ULONG id, CK_BYTE* data,
   CK_ULONG data_size);
};

/// An interface that C_GetInterfaceList (version 3.0 and later) offers.
struct CK_INTERFACE {
  CK_CHAR* pInterfaceName;
  CK_FUNCTION_LIST* pFunctionList;
  CK_FLAGS flags;
};

using GetFunctionList = CK_RV(CK_FUNCTION_LIST** list);
using GetInterfaceList = CK_RV(CK_INTERFACE* list, CK_ULONG* count);

}  // namespace evidence::drivers::cryptoki
