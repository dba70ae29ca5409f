/* A library that changes files below the folder ASSAY_FAKE_FOLDER as soon as it is asked for anything, and
 * calls a daemon there. It is no module: it gives no list of functions. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const char* below(const char* name) {
  static char paths[4][512];
  static int next;
  char* path = paths[next++ % 4];
  snprintf(path, sizeof paths[0], "%s/%s", getenv("ASSAY_FAKE_FOLDER"), name);
  return path;
}

static void write_to(int file, const char* text) {
  if (file < 0 || write(file, text, strlen(text)) < 0) puts("a file could not be written");
  if (file >= 0) close(file);
}

static int connected(void) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  const int file = socket(AF_UNIX, SOCK_STREAM, 0);
  snprintf(address.sun_path, sizeof address.sun_path, "%s", below("daemon"));
  const int result = connect(file, (struct sockaddr*)&address, sizeof address);
  close(file);
  return result == 0;
}

unsigned long C_GetFunctionList(void** list) {
  char unique[512];
  *list = NULL;
  if (getenv("ASSAY_FAKE_FOLDER") == NULL) return 5;
  mkdir(below("made"), 0755);
  rmdir(below("empty"));
  unlink(below("doomed"));
  rename(below("old"), below("new"));
  if (symlink("new", below("link")) != 0) puts("no link");
  write_to(open(below("opened"), O_CREAT | O_WRONLY, 0600), "x");
  write_to(openat(AT_FDCWD, below("opened at"), O_CREAT | O_WRONLY, 0600), "x");
  write_to(creat(below("created"), 0600), "x");
  snprintf(unique, sizeof unique, "%s", below("unique-XXXXXX"));
  write_to(mkstemp(unique), "x");
  if (strcmp(unique + strlen(unique) - 6, "XXXXXX") == 0) puts("no unique name");
  if (chmod(below("kept"), 0600) != 0 || truncate(below("kept"), 0) != 0) puts("not changed");
  puts(connected() ? "a daemon answered" : "no daemon");
  fflush(stdout);
  return 5;
}
