/* A PKCS #11 module whose tokens take sessions and logins, for tests that no real token can be put
 * through. Every login is written, with what came of it, to the file that ASSAY_FAKE_LOG names;
 * ASSAY_FAKE holds words, separated by commas, for how it is to behave. The PIN is "sesame-4711".
 * Its types are declared here and not taken from the product. Sizes and order: PKCS #11 v2.40,
 * clauses 3 and 5. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
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
struct session_info {
  ulong_t slot, state, flags, error;
};
struct attribute {
  ulong_t type;
  void* value;
  ulong_t size;
};

static const char kPin[] = "sesame-4711";
static int logged_in, sessions;

static int has_word(const char* word) {
  const char* words = getenv("ASSAY_FAKE");
  const size_t size = strlen(word);
  for (; words != NULL; words = strchr(words, ',') == NULL ? NULL : strchr(words, ',') + 1)
    if (strncmp(words, word, size) == 0 && (words[size] == ',' || words[size] == '\0')) return 1;
  return 0;
}

static void note(const char* words) {
  const char* path = getenv("ASSAY_FAKE_LOG");
  FILE* file = path == NULL ? NULL : fopen(path, "a");
  if (file == NULL) return;
  fprintf(file, "%s\n", words);
  fclose(file);
}

static void pad(char* to, size_t size, const char* text) {
  memset(to, ' ', size);
  memcpy(to, text, strlen(text));
}

static void be_slow(void) {
  if (has_word("slow")) usleep(300 * 1000);
}

static ulong_t initialize(void* args) {
  char path[4096];
  if (args != NULL) return 7; /* CKR_ARGUMENTS_BAD */
  if (!has_word("one process")) return 0;
  snprintf(path, sizeof path, "%s.lock", getenv("ASSAY_FAKE_LOG"));
  return flock(open(path, O_CREAT | O_RDWR, 0600), LOCK_EX | LOCK_NB) == 0 ? 0 : 6;
}

static ulong_t finalize(void* reserved) { return reserved == NULL ? 0 : 7; }

static ulong_t get_info(struct info* info) {
  info->cryptoki = (struct version){2, 40};
  info->library = (struct version){1, 0};
  pad(info->manufacturer, 32, "Assay");
  pad(info->description, 32, "Fake token");
  info->flags = 0;
  return 0;
}

static ulong_t get_slot_list(unsigned char present, ulong_t* list, ulong_t* count) {
  (void)present;
  const ulong_t number = has_word("eight tokens") ? 8 : has_word("two tokens") ? 2 : 1;
  be_slow();
  if (list != NULL && *count < number) return 0x150;
  for (ulong_t i = 0; list != NULL && i < number; ++i) list[i] = i;
  *count = number;
  return 0;
}

static ulong_t get_slot_info(ulong_t slot, struct slot_info* info) {
  (void)slot;
  be_slow();
  pad(info->description, 64, "Fake slot");
  pad(info->manufacturer, 32, "Assay");
  info->flags = 1;
  info->hardware = info->firmware = (struct version){1, 0};
  return 0;
}

static ulong_t get_token_info(ulong_t slot, struct token_info* info) {
  const char serial[] = {has_word("one name") ? '1' : (char)('1' + slot), '\0'};
  be_slow();
  if (has_word("the third crashes") && slot == 2) abort();
  memset(info, 0, sizeof *info);
  pad(info->label, 32, slot == 0 || has_word("one name") ? "First" : "Second");
  pad(info->manufacturer, 32, "Assay");
  pad(info->model, 16, "Fake");
  pad(info->serial, 16, serial);
  info->flags = 0x40c; /* login required, user PIN set, initialised */
  if (has_word("count low")) info->flags |= 0x10000;
  if (has_word("final try")) info->flags |= 0x20000;
  if (has_word("locked")) info->flags |= 0x40000;
  if (has_word("pin pad")) info->flags |= 0x100;
  if (has_word("no login")) info->flags &= ~0x4UL;
  if (has_word("second needs no login") && slot == 1) info->flags &= ~0xcUL;
  info->max_pin = 64;
  info->min_pin = 4;
  info->hardware = info->firmware = (struct version){1, 0};
  return 0;
}

static ulong_t get_mechanism_list(ulong_t slot, ulong_t* list, ulong_t* count) {
  (void)slot, (void)list;
  be_slow();
  *count = 0;
  return 0;
}

static ulong_t get_mechanism_info(ulong_t slot, ulong_t type, void* info) {
  (void)slot, (void)type, (void)info;
  return 0x70; /* CKR_MECHANISM_INVALID */
}

static ulong_t open_session(ulong_t slot, ulong_t flags, void* application, void* notify,
                            ulong_t* session) {
  if (application != NULL || notify != NULL) note("open: a callback");
  note(flags == 4 ? "open: read-only" : "open: other flags");
  *session = 100 + slot;
  ++sessions;
  return 0;
}

static ulong_t close_session(ulong_t session) {
  (void)session;
  note("close");
  if (--sessions == 0) logged_in = 0; /* v2.40, C_CloseSession */
  return 0;
}

static ulong_t digest_init(ulong_t session, void* mechanism) {
  (void)session, (void)mechanism;
  if (has_word("digest crashes") && logged_in) abort();
  return 0x70; /* CKR_MECHANISM_INVALID */
}

static ulong_t get_session_info(ulong_t session, struct session_info* info) {
  if (has_word("session info crashes")) abort();
  *info = (struct session_info){session - 100, logged_in ? 1 : 0, 4, 0};
  return 0;
}

static ulong_t login(ulong_t session, ulong_t user, const unsigned char* pin, ulong_t size) {
  char words[64];
  const int right = pin == NULL ? has_word("pin pad")
                                : size == strlen(kPin) && memcmp(pin, kPin, size) == 0;
  snprintf(words, sizeof words, "login: slot %lu, user %lu, %s", session - 100, user,
           pin == NULL ? "on the device" : right ? "right" : "wrong");
  note(words);
  if (has_word("login sleeps")) usleep(1500 * 1000);
  if (has_word("login crashes")) abort();
  if (!right) return 0xa0; /* CKR_PIN_INCORRECT */
  logged_in = 1;
  return 0;
}

static ulong_t logout(ulong_t session) {
  (void)session;
  note("logout");
  if (!logged_in && has_word("a second logout crashes")) abort();
  if (has_word("keeps the login")) return 0;
  if (!logged_in) return 0x101; /* CKR_USER_NOT_LOGGED_IN */
  logged_in = 0;
  return 0;
}

/* One private data object, with the word "private object". */
static int searching;

static ulong_t find_objects_init(ulong_t session, struct attribute* wanted, ulong_t count) {
  (void)session, (void)wanted, (void)count;
  searching = logged_in;
  return 0;
}

static ulong_t find_objects(ulong_t session, ulong_t* objects, ulong_t most, ulong_t* count) {
  (void)session;
  *count = searching && most > 0 ? 1 : 0;
  if (*count == 1) objects[0] = 7;
  searching = 0;
  return 0;
}

static ulong_t find_objects_final(ulong_t session) {
  (void)session;
  return 0;
}

static ulong_t get_attribute_value(ulong_t session, ulong_t object, struct attribute* asked,
                                   ulong_t count) {
  ulong_t result = 0;
  (void)session;
  if (!logged_in || object != 7) return 0x82; /* CKR_OBJECT_HANDLE_INVALID */
  for (ulong_t i = 0; i < count; ++i) {
    const ulong_t size = asked[i].type == 0 ? sizeof(ulong_t) : asked[i].type == 2 ? 1 : 0;
    if (size == 0) result = 0x12; /* CKR_ATTRIBUTE_TYPE_INVALID */
    if (size != 0 && asked[i].value != NULL) {
      memset(asked[i].value, 0, size); /* CKO_DATA */
      if (size == 1) memset(asked[i].value, 1, 1);
    }
    asked[i].size = size == 0 ? (ulong_t)-1 : size;
  }
  return result;
}

struct function_list {
  struct version version;
  void* functions[68];
};

ulong_t C_GetFunctionList(struct function_list** list) {
  static struct function_list functions = {
      {2, 40},
      {initialize, finalize, get_info, C_GetFunctionList, get_slot_list, get_slot_info,
       get_token_info, get_mechanism_list, get_mechanism_info, NULL, NULL, NULL, open_session,
       close_session, NULL, get_session_info, NULL, NULL, login, logout}};
  functions.functions[37] = (void*)digest_init;
  if (has_word("private object")) {
    functions.functions[24] = (void*)get_attribute_value;
    functions.functions[26] = (void*)find_objects_init;
    functions.functions[27] = (void*)find_objects;
    functions.functions[28] = (void*)find_objects_final;
  }
  *list = &functions;
  return 0;
}
