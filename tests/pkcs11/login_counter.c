/* A module that passes every call on to the one that ASSAY_COUNTED names, and writes a line to the file
 * ASSAY_FAKE_LOG for each C_Login and each call that no run may make. Order of the functions: PKCS #11
 * v2.40, clause 5. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned long ulong_t;

struct function_list {
  unsigned char version[2];
  void* functions[68];
};

enum { kInitToken = 9, kInitPin = 10, kSetPin = 11, kLogin = 18 };

static struct function_list counted;
static ulong_t (*real_login)(ulong_t session, ulong_t user, void* pin, ulong_t size);

static void note(const char* words) {
  const char* path = getenv("ASSAY_FAKE_LOG");
  FILE* file = path == NULL ? NULL : fopen(path, "a");
  if (file == NULL) return;
  fprintf(file, "%s\n", words);
  fclose(file);
}

static ulong_t login(ulong_t session, ulong_t user, void* pin, ulong_t size) {
  note(user == 1 ? "login: user" : "login: another than the user");
  return real_login(session, user, pin, size);
}

static ulong_t forbidden(void) {
  note("forbidden");
  return 0x54; /* CKR_FUNCTION_NOT_SUPPORTED */
}

ulong_t C_GetFunctionList(struct function_list** list) {
  void* library = dlopen(getenv("ASSAY_COUNTED"), RTLD_NOW | RTLD_LOCAL);
  ulong_t (*get)(struct function_list**) = NULL;
  struct function_list* real = NULL;
  if (library != NULL) *(void**)&get = dlsym(library, "C_GetFunctionList");
  if (get == NULL || get(&real) != 0) return 5; /* CKR_GENERAL_ERROR */
  counted = *real;
  *(void**)&real_login = real->functions[kLogin];
  counted.functions[kLogin] = (void*)login;
  counted.functions[kInitToken] = counted.functions[kInitPin] = counted.functions[kSetPin] =
      (void*)forbidden;
  *list = &counted;
  return 0;
}
