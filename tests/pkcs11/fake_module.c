/* A hostile PKCS #11 module: two slots, one token and three mechanisms, and misbehaviour of the kind
 * that the variable ASSAY_FAKE names. Its types are declared here and not taken from the product, so
 * that the two are held against each other. Sizes and order: PKCS #11 v2.40, clauses 3 and 5. */
#define _GNU_SOURCE
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "misbehaviour.h"

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

static void crash(void) { *(volatile int*)0 = 1; }

static void hang(void) {
  for (;;) pause();
}

static void* forever(void* nothing) {
  hang();
  return nothing;
}

static int overflow(volatile char* outer) {
  volatile char inner[4096];
  inner[0] = outer == NULL ? 0 : outer[0];
  return inner[0] == 1 ? 0 : overflow(inner) + inner[0];
}

static void start_thread(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, forever, NULL);
  pthread_detach(thread);
}

__attribute__((constructor)) static void load(void) {
  if (misbehaves("load crashes")) crash();
  if (misbehaves("load hangs")) hang();
  if (misbehaves("load exits")) _exit(0);
  if (misbehaves("load starts a thread")) start_thread();
}

/* What any call may do, and does in the first one that is asked about slots. */
static void misbehave_in_a_call(void) {
  sigset_t all;
  sigfillset(&all);
  if (misbehaves("aborts")) abort();
  if (misbehaves("kills itself")) kill(getpid(), SIGKILL);
  if (misbehaves("overflows the stack")) overflow(NULL);
  if (misbehaves("ends the thread")) pthread_exit(NULL);
  if (misbehaves("takes all memory"))
    for (char* more; (more = malloc(1 << 26)) != NULL;) memset(more, 1, 1 << 26);
  if (misbehaves("takes all memory")) abort();
  if (misbehaves("closes descriptors"))
    for (int number = 0; number < 256; ++number) close(number);
  if (misbehaves("changes the signal mask")) pthread_sigmask(SIG_BLOCK, &all, NULL);
  if (misbehaves("ignores signals")) signal(SIGTERM, SIG_IGN);
  if (misbehaves("sets an alarm")) alarm(600);
  if (misbehaves("is killed by its alarm")) alarm(1), hang();
  if (misbehaves("changes the folder") && chdir("/") != 0) abort();
  if (misbehaves("changes the mask")) umask(0);
  if (misbehaves("changes the locale")) setlocale(LC_ALL, "C.UTF-8");
  if (misbehaves("leaves threads")) start_thread(), start_thread();
  if (misbehaves("leaves a process") && fork() == 0) setsid(), hang();
  if (misbehaves("prints a lot"))
    for (int line = 0; line < 100000; ++line) puts("noise noise noise noise noise noise noise");
}

static void be_slow(void) {
  if (misbehaves("slow")) sleep(1);
}

static void pad(char* to, size_t size, const char* text) {
  memset(to, ' ', size);
  memcpy(to, text, strlen(text));
}

static ulong_t initialize(void* args) {
  if (misbehaves("initialize crashes")) crash();
  if (misbehaves("initialize fails")) return 0x1b6; /* CKR_FIPS_SELF_TEST_FAILED */
  if (misbehaves("initialize wants text")) {
    void** members = args;
    const char* text = members == NULL ? NULL : members[5];
    return text != NULL && strcmp(text, "open sesame") == 0 ? 0 : 7; /* CKR_ARGUMENTS_BAD */
  }
  if (misbehaves("initialize prints")) puts("hello from the module"), fflush(stdout);
  return 0;
}

static ulong_t finalize(void* reserved) {
  if (misbehaves("finalize crashes")) crash();
  if (misbehaves("finalize hangs")) hang();
  if (misbehaves("finalize fails")) return 5; /* CKR_GENERAL_ERROR */
  return reserved == NULL ? 0 : 7;
}

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
  if (misbehaves("unterminated strings")) memset(info->description, 'x', 32);
  if (misbehaves("info fails")) return 0xdeadbeef;
  return 0;
}

static ulong_t get_slot_list(unsigned char present, ulong_t* list, ulong_t* count) {
  static int asked;
  misbehave_in_a_call();
  be_slow();
  if (misbehaves("slot list hangs")) hang();
  ulong_t number = present ? 1 : 2;
  if (misbehaves("slot count grows") && list != NULL) {
    *count = 4000000000UL + (ulong_t)++asked;
    return 0x150; /* CKR_BUFFER_TOO_SMALL */
  }
  if (misbehaves("slot count is 2^63")) {
    if (list == NULL) *count = 1UL << 63;
    if (list == NULL) return 0;
  }
  if (misbehaves("slot list writes too far") && list != NULL)
    for (ulong_t i = 0; i < 64; ++i) list[*count + i] = 5;
  if (misbehaves("slot listed twice") && list != NULL) {
    *count = 2;
    list[0] = list[1] = 5;
    return 0;
  }
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
  be_slow();
  pad(info->description, 64, "Fake slot");
  pad(info->manufacturer, 32, "Assay");
  info->flags = slot == 5 ? 1 : 0;
  info->hardware = info->firmware = (struct version){1, 2};
  if (misbehaves("slot info writes too far")) memset(info + 1, 0, 64);
  return 0;
}

static ulong_t get_token_info(ulong_t slot, struct token_info* info) {
  if (slot != 5) return 0xe0; /* CKR_TOKEN_NOT_PRESENT */
  if (misbehaves("token info exits")) exit(3);
  be_slow();
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
  if (misbehaves("token info writes too far")) memset(info + 1, 0xff, 100);
  if (misbehaves("token info is garbage")) memset(info, 0xfe, sizeof *info);
  return 0;
}

static ulong_t mechanism_count(ulong_t slot, int values) {
  if (slot != 5) return 0;
  if (misbehaves("the 40th mechanism crashes")) return 60;
  if (values && misbehaves("mechanism count shrinks")) return 2;
  return 3;
}

static ulong_t get_mechanism_list(ulong_t slot, ulong_t* list, ulong_t* count) {
  static const ulong_t kMechanisms[] = {0x250, 0x210, 0x80000001UL};
  be_slow();
  if (misbehaves("token vanishes")) return 0x32; /* CKR_DEVICE_REMOVED */
  if (list == NULL && misbehaves("mechanism count is absurd")) {
    *count = ~0UL;
    return 0;
  }
  const ulong_t room = *count;
  *count = mechanism_count(slot, list != NULL);
  for (ulong_t i = 0; list != NULL && i < *count; ++i)
    list[i] = i < 3 ? kMechanisms[i] : 0x80000000UL + i;
  if (list != NULL && misbehaves("mechanism list writes too far"))
    for (ulong_t i = 0; i < 100; ++i) list[room + i] = i;
  return 0;
}

static ulong_t get_mechanism_info(ulong_t slot, ulong_t type, struct mechanism_info* info) {
  if (slot != 5) return 3;
  be_slow();
  if (misbehaves("one mechanism crashes") && type == 0x210) abort();
  if (misbehaves("a mechanism changes the mask") && type == 0x210) umask(0);
  if (misbehaves("the 40th mechanism crashes") && type == 0x80000000UL + 39) crash();
  if (misbehaves("every mechanism crashes")) crash();
  *info = (struct mechanism_info){0, 0, 0x400};
  if (misbehaves("key sizes lie")) *info = (struct mechanism_info){256, 128, 1};
  if (misbehaves("mechanism info writes too far")) memset(info + 1, 7, 24);
  return 0;
}

struct function_list {
  struct version version;
  void* functions[68];
};

static struct function_list* functions(void) {
  static struct function_list all = {
      {2, 40},
      {initialize, finalize, get_info, NULL, get_slot_list, get_slot_info, get_token_info,
       get_mechanism_list, get_mechanism_info}};
  add_session_functions(all.functions);
  if (misbehaves("no functions")) memset(all.functions, 0, sizeof all.functions);
  if (misbehaves("some functions are missing")) all.functions[5] = all.functions[8] = NULL;
  if (misbehaves("a function leads nowhere")) all.functions[6] = (void*)0x10;
  return &all;
}

ulong_t C_GetFunctionList(struct function_list** list) {
  *list = functions();
  if (misbehaves("function list is NULL")) *list = NULL;
  if (misbehaves("function list leads nowhere")) *list = (struct function_list*)0x1000;
  if (misbehaves("function list is refused")) return 0x54; /* CKR_FUNCTION_NOT_SUPPORTED */
  return 0;
}

struct interface {
  char* name;
  struct function_list* functions;
  ulong_t flags;
};

ulong_t C_GetInterfaceList(struct interface* list, ulong_t* count) {
  static char endless[4096];
  const int lies = misbehaves("interface count lies"), named = misbehaves("interface name is endless");
  if (misbehaves("interface list crashes")) crash();
  memset(endless, 'n', sizeof endless);
  if (list != NULL) *list = (struct interface){named ? endless : "PKCS 11", functions(), 0};
  *count = lies ? 1UL << 40 : 1;
  return 0;
}
