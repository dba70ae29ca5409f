/* What the parts of the fake module share. */
#ifndef MISBEHAVIOUR_H
#define MISBEHAVIOUR_H

#include <stdlib.h>
#include <string.h>

typedef unsigned long ulong_t;

/* Whether the module is to misbehave in this way. */
static inline int misbehaves(const char* how) {
  const char* wanted = getenv("ASSAY_FAKE");
  return wanted != NULL && strcmp(wanted, how) == 0;
}

/* How many objects a session sees; their handles are 1 and up. */
ulong_t number_of_objects(void);

/* C_GetAttributeValue within a session that is open. */
struct attribute;
ulong_t get_attributes(ulong_t object, struct attribute* asked, ulong_t count);

/* Puts the functions of sessions in their places of the list, after its version. */
void add_session_functions(void** functions);

#endif
