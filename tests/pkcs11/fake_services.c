/* A PKCS #11 module with one token that knows digests and session objects, and that misbehaves in
 * the way that the variable ASSAY_FAKE names. Its types are declared here and not taken from the
 * product, so that the two are held against each other. Order of the functions: PKCS #11 v3.2,
 * pkcs11f.h; digests of "abc": FIPS 180-2, RFC 1321. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned long ulong_t;
struct version {
  unsigned char major, minor;
};
struct token_info {
  char label[32], manufacturer[32], model[16], serial[16];
  ulong_t flags, sessions[4], max_pin, min_pin, memory[4];
  struct version hardware, firmware;
  char time[16];
};
struct attribute {
  ulong_t type;
  void* value;
  ulong_t length;
};
struct mechanism {
  ulong_t type;
  void* parameter;
  ulong_t length;
};
struct list {
  struct version version;
  void* function[102];
};
struct interface {
  const char* name;
  struct list* list;
  ulong_t flags;
};

enum { OK = 0, GENERAL_ERROR = 5, ATTRIBUTE_VALUE_INVALID = 0x13, NOT_SUPPORTED = 0x54 };
enum { MECHANISM_INVALID = 0x70, NOT_LOGGED_IN = 0x101, BUFFER_TOO_SMALL = 0x150 };
enum { MD5 = 0x210, SHA1 = 0x220, SHA256 = 0x250, SHA224 = 0x255, SHA384 = 0x260, SHA512 = 0x270 };

static int misbehaves(const char* how) {
  const char* wanted = getenv("ASSAY_FAKE");
  return wanted != NULL && strcmp(wanted, how) == 0;
}

static ulong_t current, last_flags, left_behind;
static _Thread_local ulong_t found;

static void pad(char* to, size_t size, const char* text) {
  memset(to, ' ', size);
  memcpy(to, text, strlen(text));
}

static ulong_t initialize(void* args) { return args == NULL ? OK : OK; }
static ulong_t finalize(void* reserved) { return reserved == NULL ? OK : 7; }

static ulong_t get_info(char* info) {
  memset(info, ' ', 88);
  info[0] = 3, info[1] = 2;
  memset(info + 40, 0, 8);
  info[80] = 1, info[81] = 0;
  return OK;
}

static ulong_t get_slot_list(unsigned char present, ulong_t* list, ulong_t* count) {
  (void)present;
  if (list != NULL) list[0] = 0;
  *count = 1;
  return OK;
}

static ulong_t get_slot_info(ulong_t slot, char* info) {
  (void)slot;
  memset(info, ' ', 96);
  memset(info + 96, 0, 16);
  info[96] = 1;
  return OK;
}

static ulong_t get_token_info(ulong_t slot, struct token_info* info) {
  (void)slot;
  memset(info, 0, sizeof *info);
  pad(info->label, 32, "Digests");
  pad(info->manufacturer, 32, "Assay");
  pad(info->model, 16, "Fake");
  pad(info->serial, 16, "7");
  pad(info->time, 16, "");
  info->flags = 0x401; /* CKF_RNG, CKF_TOKEN_INITIALIZED */
  return OK;
}

static ulong_t get_mechanism_list(ulong_t slot, ulong_t* list, ulong_t* count) {
  (void)slot;
  ulong_t number = 0, all[3];
  all[number++] = SHA256;
  if (!misbehaves("lists too little")) all[number++] = MD5;
  if (misbehaves("lists too much")) all[number++] = SHA512;
  if (list != NULL) memcpy(list, all, number * sizeof *all);
  *count = number;
  return OK;
}

static ulong_t get_mechanism_info(ulong_t slot, ulong_t type, ulong_t* info) {
  (void)slot, (void)type;
  info[0] = info[1] = 0;
  info[2] = 0x400; /* CKF_DIGEST */
  return OK;
}

static ulong_t open_session(ulong_t slot, ulong_t flags, void* application, void* notify,
                            ulong_t* session) {
  static _Atomic ulong_t next;
  (void)slot, (void)application, (void)notify;
  if ((flags & 2) != 0) return GENERAL_ERROR; /* CKF_RW_SESSION: nobody asks for one. */
  *session = ++next;
  return OK;
}
static ulong_t close_session(ulong_t session) { return session == 0 ? GENERAL_ERROR : OK; }

static ulong_t create_object(ulong_t session, struct attribute* attributes, ulong_t count,
                             ulong_t* object) {
  (void)session;
  for (ulong_t i = 0; i < count; ++i)
    if (attributes[i].type == 1 && *(unsigned char*)attributes[i].value != 0) abort();
  if (!misbehaves("leaves objects behind")) return ATTRIBUTE_VALUE_INVALID;
  *object = 100 + ++left_behind;
  return OK;
}

static ulong_t get_attribute_value(ulong_t session, ulong_t object, struct attribute* attributes,
                                   ulong_t count) {
  (void)session, (void)object;
  for (ulong_t i = 0; i < count; ++i) {
    if (attributes[i].type == 0) *(ulong_t*)attributes[i].value = 0, attributes[i].length = 8;
    if (attributes[i].type == 1) *(unsigned char*)attributes[i].value = 1, attributes[i].length = 1;
  }
  return OK;
}

static ulong_t find_init(ulong_t session, void* attributes, ulong_t count) {
  (void)session, (void)attributes, (void)count;
  found = 0;
  return OK;
}
static ulong_t find(ulong_t session, ulong_t* objects, ulong_t limit, ulong_t* count) {
  (void)session;
  *count = 0;
  while (found < left_behind + 1 && *count < limit) objects[(*count)++] = 100 + found++;
  return OK;
}
static ulong_t find_final(ulong_t session) { return session == 0 ? GENERAL_ERROR : OK; }

static ulong_t digest_init(ulong_t session, struct mechanism* mechanism) {
  (void)session;
  current = mechanism->type;
  if (misbehaves("needs a login")) return NOT_LOGGED_IN;
  if (misbehaves("gives general errors")) return GENERAL_ERROR;
  if (misbehaves("crashes often") && current != SHA256) abort();
  return current == SHA256 || current == MD5 ? OK : MECHANISM_INVALID;
}

static ulong_t digest(ulong_t session, void* data, ulong_t data_size, unsigned char* to,
                      ulong_t* size) {
  static const unsigned char sha256[] = {
      0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22,
      0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00,
      0x15, 0xad};
  static const unsigned char md5[] = {0x90, 0x01, 0x50, 0x98, 0x3c, 0xd2, 0x4f, 0xb0,
                                      0xd6, 0x96, 0x3f, 0x7d, 0x28, 0xe1, 0x7f, 0x72};
  (void)session;
  if (data_size != 3 || memcmp(data, "abc", 3) != 0) return GENERAL_ERROR;
  const ulong_t length = current == MD5 ? sizeof md5 : sizeof sha256;
  if (misbehaves("writes past the place")) memset(to, 0, *size + 16);
  if (*size < length) return BUFFER_TOO_SMALL;
  memcpy(to, current == MD5 ? md5 : sha256, length);
  if (misbehaves("digests wrongly")) to[0] ^= 1;
  *size = misbehaves("says it gave more") ? 1UL << 62 : length;
  last_flags = current == SHA256 || misbehaves("approves everything") ? 1 : 0;
  return OK;
}

static ulong_t random_bytes(ulong_t session, unsigned char* to, ulong_t size) {
  static unsigned char next;
  (void)session;
  for (ulong_t i = 0; i < size; ++i) to[i] = misbehaves("repeats itself") ? 7 : ++next;
  last_flags = 1;
  return OK;
}

static ulong_t validation_flags(ulong_t session, ulong_t type, ulong_t* flags) {
  (void)session;
  *flags = last_flags;
  return type == 1 ? OK : 7;
}

static ulong_t not_supported(void) { return NOT_SUPPORTED; }

ulong_t C_GetFunctionList(struct list** list);

static struct list* functions(struct version version) {
  static struct list lists[2];
  struct list* list = &lists[version.major == 3];
  list->version = version;
  for (size_t i = 0; i < 102; ++i) list->function[i] = (void*)not_supported;
  list->function[0] = (void*)initialize;
  list->function[1] = (void*)finalize;
  list->function[2] = (void*)get_info;
  list->function[3] = (void*)C_GetFunctionList;
  list->function[4] = (void*)get_slot_list;
  list->function[5] = (void*)get_slot_info;
  list->function[6] = (void*)get_token_info;
  list->function[7] = (void*)get_mechanism_list;
  list->function[8] = (void*)get_mechanism_info;
  list->function[12] = (void*)open_session;
  list->function[13] = (void*)close_session;
  list->function[20] = (void*)create_object;
  list->function[24] = (void*)get_attribute_value;
  list->function[26] = (void*)find_init;
  list->function[27] = (void*)find;
  list->function[28] = (void*)find_final;
  list->function[37] = (void*)digest_init;
  list->function[38] = (void*)digest;
  list->function[64] = (void*)random_bytes;
  list->function[98] = (void*)validation_flags;
  return list;
}

ulong_t C_GetFunctionList(struct list** list) {
  *list = functions((struct version){2, 40});
  return OK;
}

ulong_t C_GetInterfaceList(struct interface* list, ulong_t* count) {
  const ulong_t number = misbehaves("has no indicator") ? 0 : 1;
  if (list != NULL && number == 1)
    list[0] = (struct interface){"PKCS 11", functions((struct version){3, 2}), 0};
  *count = number;
  return OK;
}
