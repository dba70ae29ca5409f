/* A PKCS #11 module with two slots, one token and three mechanisms, that misbehaves in the way that
 * the variable ASSAY_FAKE names. Its types are declared here and not taken from the product, so
 * that the two are held against each other. Sizes and order: PKCS #11 v2.40, clauses 3 and 5. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef unsigned long ulong_t;
struct version {
  unsigned char major, minor;
};
struct info {
  struct version cryptoki;
  char manufacturer[32];
  ulong_t flags;
  char description[32];
  struct version library;
};
struct slot_info {
  char description[64], manufacturer[32];
  ulong_t flags;
  struct version hardware, firmware;
};
struct token_info {
  char label[32], manufacturer[32], model[16], serial[16];
  ulong_t flags, sessions[4], max_pin, min_pin, memory[4];
  struct version hardware, firmware;
  char time[16];
};
struct mechanism_info {
  ulong_t min, max, flags;
};

static int misbehaves(const char* how) {
  const char* wanted = getenv("ASSAY_FAKE");
  return wanted != NULL && strcmp(wanted, how) == 0;
}

static void pad(char* to, size_t size, const char* text) {
  memset(to, ' ', size);
  memcpy(to, text, strlen(text));
}

static ulong_t initialize(void* args) {
  if (misbehaves("initialize crashes")) *(volatile int*)0 = 1;
  if (misbehaves("initialize fails")) return 0x1b6; /* CKR_FIPS_SELF_TEST_FAILED */
  if (misbehaves("initialize wants text")) {
    void** members = args;
    const char* text = members == NULL ? NULL : members[5];
    return text != NULL && strcmp(text, "open sesame") == 0 ? 0 : 7; /* CKR_ARGUMENTS_BAD */
  }
  if (misbehaves("initialize prints")) puts("hello from the module"), fflush(stdout);
  return 0;
}

static ulong_t finalize(void* reserved) { return reserved == NULL ? 0 : 7; }

static ulong_t get_info(struct info* info) {
  info->cryptoki = (struct version){2, 40};
  info->library = (struct version){1, 7};
  pad(info->manufacturer, 32, "Assay");
  pad(info->description, 32, "Fake module");
  info->flags = 0;
  if (misbehaves("garbage strings")) {
    memset(info->manufacturer, 0xff, 32);
    memcpy(info->description, "ends\0early", 10);
  }
  return 0;
}

static ulong_t get_slot_list(unsigned char present, ulong_t* list, ulong_t* count) {
  if (misbehaves("slot list hangs"))
    for (;;) pause();
  ulong_t number = present ? 1 : 2;
  if (misbehaves("slot count lies")) {
    *count = list == NULL ? 2 : 1UL << 62;
    if (list != NULL) list[0] = 5;
    return 0;
  }
  if (misbehaves("no slots")) number = 0;
  if (list != NULL && *count < number) {
    *count = number;
    return 0x150;
  }
  *count = number;
  for (ulong_t i = 0; list != NULL && i < number; ++i) list[i] = 5 + i;
  return 0;
}

static ulong_t get_slot_info(ulong_t slot, struct slot_info* info) {
  pad(info->description, 64, "Fake slot");
  pad(info->manufacturer, 32, "Assay");
  info->flags = slot == 5 ? 1 : 0;
  info->hardware = info->firmware = (struct version){1, 2};
  return 0;
}

static ulong_t get_token_info(ulong_t slot, struct token_info* info) {
  if (slot != 5) return 0xe0; /* CKR_TOKEN_NOT_PRESENT */
  if (misbehaves("token info exits")) exit(3);
  memset(info, 0, sizeof *info);
  pad(info->label, 32, "A label");
  pad(info->manufacturer, 32, "Assay");
  pad(info->model, 16, "Fake");
  pad(info->serial, 16, "0042");
  info->flags = 0x40d; /* random generator, login required, user PIN set, initialised */
  if (misbehaves("pin trouble"))
    info->flags |= 0x840000; /* user PIN locked, SO PIN to be changed */
  info->sessions[0] = ~0UL;
  info->memory[0] = ~0UL;
  info->memory[1] = 4096;
  info->max_pin = 64;
  info->min_pin = 4;
  info->hardware = (struct version){2, 10};
  info->firmware = (struct version){3, 4};
  return 0;
}

static ulong_t get_mechanism_list(ulong_t slot, ulong_t* list, ulong_t* count) {
  static const ulong_t kMechanisms[] = {0x250, 0x210, 0x80000001UL};
  ulong_t number = slot == 5 ? 3 : 0;
  if (list != NULL && misbehaves("mechanism count shrinks")) number = 2;
  if (list == NULL && misbehaves("mechanism count is absurd")) {
    *count = ~0UL;
    return 0;
  }
  *count = number;
  for (ulong_t i = 0; list != NULL && i < number; ++i) list[i] = kMechanisms[i];
  return 0;
}

static ulong_t get_mechanism_info(ulong_t slot, ulong_t type, struct mechanism_info* info) {
  if (slot != 5) return 3;
  if (misbehaves("one mechanism crashes") && type == 0x210) abort();
  *info = (struct mechanism_info){0, 0, 0x400};
  if (misbehaves("key sizes lie")) *info = (struct mechanism_info){256, 128, 1};
  return 0;
}

struct function_list {
  struct version version;
  void* functions[68];
};

ulong_t C_GetFunctionList(struct function_list** list) {
  static struct function_list functions = {
      {2, 40},
      {initialize, finalize, get_info, C_GetFunctionList, get_slot_list, get_slot_info,
       get_token_info, get_mechanism_list, get_mechanism_info}};
  if (misbehaves("no functions")) memset(functions.functions, 0, sizeof functions.functions);
  *list = &functions;
  return 0;
}
