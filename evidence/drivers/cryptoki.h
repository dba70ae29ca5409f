#pragma once

// The part of the interface of PKCS #11 (OASIS, versions 2.40 to 3.2) that this project calls, in
// our own declarations. Names, member order and sizes are the standard's; on this platform its
// structures have the ordinary layout of C.

namespace evidence::drivers::cryptoki {

using CK_BYTE = unsigned char;
using CK_UTF8CHAR = CK_BYTE;
using CK_CHAR = CK_BYTE;
using CK_BBOOL = CK_BYTE;
using CK_ULONG = unsigned long;
using CK_FLAGS = CK_ULONG;
using CK_RV = CK_ULONG;
using CK_SLOT_ID = CK_ULONG;
using CK_MECHANISM_TYPE = CK_ULONG;

constexpr CK_BBOOL CK_FALSE = 0, CK_TRUE = 1;
constexpr CK_ULONG CK_UNAVAILABLE_INFORMATION = ~0UL;

constexpr CK_RV CKR_OK = 0x00;
constexpr CK_RV CKR_TOKEN_NOT_PRESENT = 0xe0;
constexpr CK_RV CKR_BUFFER_TOO_SMALL = 0x150;
constexpr CK_RV CKR_CRYPTOKI_ALREADY_INITIALIZED = 0x191;

constexpr CK_FLAGS CKF_OS_LOCKING_OK = 0x02;        // C_Initialize
constexpr CK_FLAGS CKF_INTERFACE_FORK_SAFE = 0x01;  // CK_INTERFACE
constexpr CK_FLAGS CKF_TOKEN_PRESENT = 0x01;        // CK_SLOT_INFO
constexpr CK_FLAGS CKF_REMOVABLE_DEVICE = 0x02;     // CK_SLOT_INFO
constexpr CK_FLAGS CKF_HW_SLOT = 0x04;              // CK_SLOT_INFO
constexpr CK_FLAGS CKF_HW = 0x01;                   // CK_MECHANISM_INFO
constexpr CK_FLAGS CKF_RNG = 0x01;                  // CK_TOKEN_INFO, as all below
constexpr CK_FLAGS CKF_WRITE_PROTECTED = 0x02;
constexpr CK_FLAGS CKF_LOGIN_REQUIRED = 0x04;
constexpr CK_FLAGS CKF_USER_PIN_INITIALIZED = 0x08;
constexpr CK_FLAGS CKF_CLOCK_ON_TOKEN = 0x40;
constexpr CK_FLAGS CKF_PROTECTED_AUTHENTICATION_PATH = 0x100;
constexpr CK_FLAGS CKF_TOKEN_INITIALIZED = 0x400;
constexpr CK_FLAGS CKF_USER_PIN_COUNT_LOW = 0x10000;
constexpr CK_FLAGS CKF_USER_PIN_FINAL_TRY = 0x20000;
constexpr CK_FLAGS CKF_USER_PIN_LOCKED = 0x40000;
constexpr CK_FLAGS CKF_USER_PIN_TO_BE_CHANGED = 0x80000;
constexpr CK_FLAGS CKF_SO_PIN_COUNT_LOW = 0x100000;
constexpr CK_FLAGS CKF_SO_PIN_FINAL_TRY = 0x200000;
constexpr CK_FLAGS CKF_SO_PIN_LOCKED = 0x400000;
constexpr CK_FLAGS CKF_SO_PIN_TO_BE_CHANGED = 0x800000;
constexpr CK_FLAGS CKF_ERROR_STATE = 0x1000000;

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

/// How C_Initialize is to work; `pReserved` is free text for some modules, against the standard.
struct CK_C_INITIALIZE_ARGS {
  CK_RV (*CreateMutex)(void** mutex);
  CK_RV (*DestroyMutex)(void* mutex);
  CK_RV (*LockMutex)(void* mutex);
  CK_RV (*UnlockMutex)(void* mutex);
  CK_FLAGS flags;
  void* pReserved;
};

/// The functions of a module, in the standard's order up to those that are called here. The lists
/// of all versions begin like this and go on: one is only ever used where the module put it.
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
