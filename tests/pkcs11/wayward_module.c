/* A PKCS #11 module in front of another one, the file that the variable ASSAY_BEHIND names. It passes every
 * call on but those of one function, which it answers wrongly as the variable ASSAY_SLIP says:
 *
 *   C_Digest ok               CKR_OK, and nothing done
 *   C_Digest error            CKR_GENERAL_ERROR, and nothing done
 *   C_Digest approves         done, and CKR_OK whatever came of it
 *   C_Digest denies           done, and CKR_GENERAL_ERROR whatever came of it
 *   C_Digest spoils 3:0       done, and then a byte changed: that at offset 0 of what argument 3 points to;
 *                             "2:8:0" goes over the pointer at offset 8. Another change with every call
 *   C_Digest zeroes 2         done with 0 in place of argument 2
 *   C_Digest crashes          the process ends with SIGSEGV
 *   C_Digest missing          no function in its place of the list
 *
 * " after N" behind it leaves the first N calls as they are. Names and order: PKCS #11 v2.40, pkcs11f.h.
 * Every argument of a function of PKCS #11 has the size of a pointer in a register or on the stack, so one
 * function of eight can stand before each of them. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned long ulong_t;
typedef ulong_t function_t(ulong_t, ulong_t, ulong_t, ulong_t, ulong_t, ulong_t, ulong_t, ulong_t);
typedef ulong_t get_list_t(void** list);

ulong_t C_GetFunctionList(void** list);

enum { kFunctions = 68, kGetFunctionList = 3, kGeneralError = 5, kNotSupported = 0x54 };

static const char* const kNames[kFunctions] = {
    "C_Initialize", "C_Finalize", "C_GetInfo", "C_GetFunctionList", "C_GetSlotList", "C_GetSlotInfo",
    "C_GetTokenInfo", "C_GetMechanismList", "C_GetMechanismInfo", "C_InitToken", "C_InitPIN", "C_SetPIN",
    "C_OpenSession", "C_CloseSession", "C_CloseAllSessions", "C_GetSessionInfo", "C_GetOperationState",
    "C_SetOperationState", "C_Login", "C_Logout", "C_CreateObject", "C_CopyObject", "C_DestroyObject",
    "C_GetObjectSize", "C_GetAttributeValue", "C_SetAttributeValue", "C_FindObjectsInit", "C_FindObjects",
    "C_FindObjectsFinal", "C_EncryptInit", "C_Encrypt", "C_EncryptUpdate", "C_EncryptFinal", "C_DecryptInit",
    "C_Decrypt", "C_DecryptUpdate", "C_DecryptFinal", "C_DigestInit", "C_Digest", "C_DigestUpdate",
    "C_DigestKey", "C_DigestFinal", "C_SignInit", "C_Sign", "C_SignUpdate", "C_SignFinal",
    "C_SignRecoverInit", "C_SignRecover", "C_VerifyInit", "C_Verify", "C_VerifyUpdate", "C_VerifyFinal",
    "C_VerifyRecoverInit", "C_VerifyRecover", "C_DigestEncryptUpdate", "C_DecryptDigestUpdate",
    "C_SignEncryptUpdate", "C_DecryptVerifyUpdate", "C_GenerateKey", "C_GenerateKeyPair", "C_WrapKey",
    "C_UnwrapKey", "C_DeriveKey", "C_SeedRandom", "C_GenerateRandom", "C_GetFunctionStatus",
    "C_CancelFunction", "C_WaitForSlotEvent"};

struct function_list {
  unsigned char major, minor;
  function_t* functions[kFunctions];
};

static char name[32], way[16], path[32];
static ulong_t left_alone;
static function_t* behind;

static int is_wayward(const char* function) {
  const char* slip = getenv("ASSAY_SLIP");
  if (slip == NULL || sscanf(slip, "%31s %15s", name, way) != 2) return 0;
  const char* after = strstr(slip, " after ");
  left_alone = after == NULL ? 0 : strtoul(after + 7, NULL, 10);
  sscanf(slip, "%*s %*s %31[0-9:]", path);
  return strcmp(name, function) == 0;
}

/* Changes the byte that `path` leads to; nothing where a pointer on the way is NULL. */
static void spoil(ulong_t* arguments, ulong_t call) {
  char* rest = path;
  ulong_t place = arguments[strtoul(rest, &rest, 10) % 8];
  while (place != 0 && *rest == ':') {
    place += strtoul(rest + 1, &rest, 10);
    if (*rest == ':') place = *(ulong_t*)place;
  }
  if (place != 0) *(unsigned char*)place ^= (unsigned char)(call % 2 == 0 ? 2 : 1);
}

static ulong_t stray(ulong_t a, ulong_t b, ulong_t c, ulong_t d, ulong_t e, ulong_t f, ulong_t g,
                     ulong_t h) {
  static ulong_t calls;
  ulong_t arguments[] = {a, b, c, d, e, f, g, h};
  if (calls++ < left_alone) return behind(a, b, c, d, e, f, g, h);
  if (strcmp(way, "ok") == 0) return 0;
  if (strcmp(way, "error") == 0) return kGeneralError;
  if (strcmp(way, "crashes") == 0) raise(SIGSEGV);
  if (strcmp(way, "zeroes") == 0) arguments[strtoul(path, NULL, 10) % 8] = 0;
  const ulong_t result = behind(arguments[0], arguments[1], arguments[2], arguments[3],
                                arguments[4], arguments[5], arguments[6], arguments[7]);
  if (strcmp(way, "spoils") == 0) spoil(arguments, calls);
  if (strcmp(way, "approves") == 0) return 0;
  return strcmp(way, "denies") == 0 ? kGeneralError : result;
}

static void* symbol(const char* function) {
  const char* file = getenv("ASSAY_BEHIND");
  void* library = file == NULL ? NULL : dlopen(file, RTLD_NOW | RTLD_LOCAL);
  return library == NULL ? NULL : dlsym(library, function);
}

/* A function that the module behind exports, or the wayward one in its place. */
static function_t* exported(const char* function) {
  function_t* found = symbol(function);
  if (found == NULL || !is_wayward(function)) return found;
  behind = found;
  return stray;
}

/* Another copy of the list with every other call. */
static ulong_t get_function_list(void** list) {
  static struct function_list copies[2];
  static unsigned int calls;
  struct function_list* real = NULL;
  get_list_t* get = symbol("C_GetFunctionList");
  const ulong_t result = get == NULL ? kGeneralError : get(list == NULL ? NULL : (void**)&real);
  if (result != 0 || real == NULL || list == NULL) return result;
  struct function_list* functions = &copies[calls++ % 2];
  *functions = *real;
  functions->functions[kGetFunctionList] = (function_t*)C_GetFunctionList;
  for (int i = 0; i < kFunctions; ++i) {
    if (i == kGetFunctionList || !is_wayward(kNames[i])) continue;
    behind = real->functions[i];
    functions->functions[i] = strcmp(way, "missing") == 0 ? NULL : stray;
  }
  *list = functions;
  return 0;
}

ulong_t C_GetFunctionList(void** list) {
  if (!is_wayward("C_GetFunctionList")) return get_function_list(list);
  behind = (function_t*)get_function_list;
  return stray((ulong_t)list, 0, 0, 0, 0, 0, 0, 0);
}

ulong_t C_GetInterfaceList(void* list, ulong_t* count) {
  function_t* function = exported("C_GetInterfaceList");
  if (function == NULL) return kNotSupported;
  return function((ulong_t)list, (ulong_t)count, 0, 0, 0, 0, 0, 0);
}

ulong_t C_GetInterface(char* wanted, void* version, void** interface, ulong_t flags) {
  function_t* function = exported("C_GetInterface");
  if (function == NULL) return kNotSupported;
  return function((ulong_t)wanted, (ulong_t)version, (ulong_t)interface, flags, 0, 0, 0, 0);
}
