/* The objects of the fake module: three secret keys where the variable ASSAY_FAKE speaks of attributes,
 * else none. What a call that reads attributes does with its room is as the variable says. Types and
 * values: PKCS #11 v2.40, clauses 4 and 5.2. */
#include <unistd.h>

#include "misbehaviour.h"

enum { kOk = 0, kNoSuchObject = 0x82, kNoSuchAttribute = 0x12, kTooSmall = 0x150 };

static const ulong_t kUnavailable = ~0UL;

struct attribute {
  ulong_t type;
  void* value;
  ulong_t size;
};

ulong_t number_of_objects(void) {
  const char* wanted = getenv("ASSAY_FAKE");
  return wanted != NULL && strncmp(wanted, "attribute", 9) == 0 ? 3 : 0;
}

/* The value of an attribute and its size; 0 if the key has none. */
static ulong_t value_of(ulong_t object, ulong_t type, const void** value) {
  static const char kYes = 1, kNo = 0;
  static const ulong_t kSecretKey = 4, kAes = 0x1f, kLength = 32;
  static const char* const kLabels[] = {"first", "second", "third"};
  switch (type) {
    case 0x000: /* CKA_CLASS */
      return *value = &kSecretKey, sizeof kSecretKey;
    case 0x100: /* CKA_KEY_TYPE */
      return *value = &kAes, sizeof kAes;
    case 0x161: /* CKA_VALUE_LEN */
      return *value = &kLength, sizeof kLength;
    case 0x003: /* CKA_LABEL */
      return *value = kLabels[object - 1], strlen(kLabels[object - 1]);
    case 0x162: /* CKA_EXTRACTABLE */
    case 0x170: /* CKA_MODIFIABLE */
      return *value = &kNo, 1;
    case 0x001: /* CKA_TOKEN */
    case 0x002: /* CKA_PRIVATE */
    case 0x103: /* CKA_SENSITIVE */
    case 0x106: /* CKA_WRAP */
      return *value = &kYes, 1;
    default:
      return 0;
  }
}

static ulong_t answer(ulong_t object, struct attribute* asked) {
  static ulong_t calls;
  const int label = asked->type == 3;
  const void* value = NULL;
  const ulong_t size = value_of(object, asked->type, &value), room = asked->size;
  asked->size = size == 0 ? kUnavailable : size;
  if (misbehaves("attribute template is endless") && asked->type == 0x40000211)
    return asked->size = 24UL << 58, kOk; /* CKA_WRAP_TEMPLATE */
  if (size == 0) return kNoSuchAttribute;
  if (misbehaves("attribute length is 2^63") && label) return asked->size = 1UL << 63, kOk;
  if (misbehaves("attribute length grows") && label)
    return asked->size = 2000 + ++calls, asked->value == NULL ? kOk : kTooSmall;
  if (misbehaves("attribute of another length") && asked->type == 0x100)
    return asked->size = 4, kOk;
  if (misbehaves("attribute is unavailable") && asked->type == 0x103)
    return asked->size = kUnavailable, kOk;
  if (misbehaves("attribute is never written") && asked->type != 0) return kOk;
  if (asked->value == NULL) return kOk;
  if (room < size) return asked->size = kUnavailable, kTooSmall;
  memcpy(asked->value, value, size);
  if (misbehaves("attribute writes too far") && label) memset(asked->value, 'x', room + 40);
  if (misbehaves("attribute is put elsewhere")) asked->value = (void*)0x10;
  return kOk;
}

ulong_t get_attributes(ulong_t object, struct attribute* asked, ulong_t count) {
  if (object == 0 || object > number_of_objects()) return kNoSuchObject;
  if (misbehaves("attribute of the second crashes") && object == 2) *(volatile int*)0 = 1;
  if (misbehaves("attribute of the second hangs") && object == 2)
    for (;;) pause();
  ulong_t result = kOk;
  for (ulong_t i = 0; i < count; ++i) {
    const ulong_t one = answer(object, asked + i);
    if (one != kOk) result = one;
  }
  if (misbehaves("attribute list goes on")) asked[count].size = asked[count + 1].type = 7;
  if (misbehaves("attribute call fails")) return 5; /* CKR_GENERAL_ERROR */
  return result;
}
