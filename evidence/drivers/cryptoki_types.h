#pragma once

// The plain types of PKCS #11 (OASIS, versions 2.40 to 3.2), by the standard's names.

namespace evidence::drivers::cryptoki {

using CK_BYTE = unsigned char;
using CK_UTF8CHAR = CK_BYTE;
using CK_CHAR = CK_BYTE;
using CK_BBOOL = CK_BYTE;
using CK_ULONG = unsigned long;
using CK_FLAGS = CK_ULONG;
using CK_RV = CK_ULONG;
using CK_SLOT_ID = CK_ULONG;
using CK_SESSION_HANDLE = CK_ULONG;
using CK_OBJECT_HANDLE = CK_ULONG;
using CK_OBJECT_CLASS = CK_ULONG;
using CK_KEY_TYPE = CK_ULONG;
using CK_ATTRIBUTE_TYPE = CK_ULONG;
using CK_MECHANISM_TYPE = CK_ULONG;
using CK_USER_TYPE = CK_ULONG;
using CK_STATE = CK_ULONG;

constexpr CK_BBOOL CK_FALSE = 0, CK_TRUE = 1;
constexpr CK_ULONG CK_UNAVAILABLE_INFORMATION = ~0UL;
constexpr CK_ULONG CK_INVALID_HANDLE = 0;

}  // namespace evidence::drivers::cryptoki
