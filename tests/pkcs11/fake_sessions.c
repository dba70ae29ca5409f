/* The sessions of the fake module: they know no mechanism, and misbehave as the variable ASSAY_FAKE
 * says. Places in the list of functions and values: PKCS #11 v2.40, clause 5. */
#include <signal.h>
#include <unistd.h>

#include "misbehaviour.h"

enum { kSessions = 64, kOk = 0, kArgumentsBad = 7, kNoSuchSession = 0xb3, kNoOperation = 0x91 };

struct session_info {
  ulong_t slot, state, flags, error;
};

static struct {
  ulong_t flags, found;
  int open, searching;
} sessions[kSessions];

static int is_open(ulong_t handle) {
  if (misbehaves("closed sessions live")) return handle != 0 && handle < kSessions;
  return handle < kSessions && sessions[handle].open;
}

static ulong_t open_session(ulong_t slot, ulong_t flags, void* application, void* notify,
                            ulong_t* handle) {
  (void)application, (void)notify;
  if (misbehaves("open session crashes")) raise(SIGSEGV);
  if (handle == NULL) return kArgumentsBad;
  if (slot != 5) return 3;                 /* CKR_SLOT_ID_INVALID */
  if ((flags & 4) == 0) return 0xb4;       /* CKR_SESSION_PARALLEL_NOT_SUPPORTED */
  for (*handle = 1; *handle < kSessions; ++*handle)
    if (!sessions[*handle].open) break;
  if (*handle == kSessions) return 0xb1; /* CKR_SESSION_COUNT */
  sessions[*handle].open = 1;
  sessions[*handle].searching = 0;
  sessions[*handle].flags = flags;
  return kOk;
}

static ulong_t close_session(ulong_t handle) {
  if (!is_open(handle)) return kNoSuchSession;
  sessions[handle].open = 0;
  return kOk;
}

static ulong_t close_all(ulong_t slot) {
  if (slot != 5) return 3;
  for (int i = 0; i < kSessions; ++i) sessions[i].open = 0;
  return kOk;
}

static ulong_t session_info(ulong_t handle, struct session_info* info) {
  if (misbehaves("session info crashes")) raise(SIGSEGV);
  if (misbehaves("session info hangs"))
    for (;;) pause();
  if (misbehaves("session info exits")) _exit(9);
  if (!is_open(handle)) return kNoSuchSession;
  if (info == NULL) return kArgumentsBad;
  *info = (struct session_info){5, sessions[handle].flags & 2 ? 2 : 0, sessions[handle].flags, 0};
  return kOk;
}

static ulong_t find_init(ulong_t handle, void* attributes, ulong_t count) {
  if (!is_open(handle)) return kNoSuchSession;
  if (attributes == NULL && count != 0) return kArgumentsBad;
  if (sessions[handle].searching) return 0x90; /* CKR_OPERATION_ACTIVE */
  sessions[handle].searching = 1;
  sessions[handle].found = count == 0 ? 0 : number_of_objects(); /* None is of a class of its own. */
  return kOk;
}

static ulong_t find(ulong_t handle, ulong_t* objects, ulong_t limit, ulong_t* count) {
  if (misbehaves("search aborts")) abort();
  if (!is_open(handle)) return kNoSuchSession;
  if (!sessions[handle].searching) return kNoOperation;
  if (objects == NULL || count == NULL) return kArgumentsBad;
  *count = 0;
  while (*count < limit && sessions[handle].found < number_of_objects())
    objects[(*count)++] = ++sessions[handle].found;
  if (misbehaves("search lies")) *count = limit + 1;
  return kOk;
}

static ulong_t find_final(ulong_t handle) {
  if (!is_open(handle)) return kNoSuchSession;
  if (!sessions[handle].searching) return kNoOperation;
  sessions[handle].searching = 0;
  return kOk;
}

static ulong_t attributes(ulong_t handle, ulong_t object, void* asked, ulong_t count) {
  return is_open(handle) ? get_attributes(object, asked, count) : kNoSuchSession;
}

static ulong_t random_bytes(ulong_t handle, unsigned char* bytes, ulong_t count) {
  static unsigned char next;
  if (!is_open(handle)) return kNoSuchSession;
  if (bytes == NULL) return kArgumentsBad;
  if (misbehaves("random repeats")) next = 0;
  for (ulong_t i = 0; i < count; ++i) bytes[i] = next++;
  next += 7;
  return kOk;
}

void add_session_functions(void** functions) {
  functions[12] = (void*)open_session;
  functions[13] = (void*)close_session;
  functions[14] = (void*)close_all;
  functions[15] = (void*)session_info;
  functions[24] = (void*)attributes;
  functions[26] = (void*)find_init;
  functions[27] = (void*)find;
  functions[28] = (void*)find_final;
  functions[64] = (void*)random_bytes;
}
