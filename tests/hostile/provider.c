/* An OpenSSL provider that misbehaves on purpose. The setting `misbehaviour` of its section says
   how, `notes` names a file for the numbers of the processes that it starts. It needs no libcrypto.
 */
#include <fcntl.h>
#include <openssl/core.h>
#include <openssl/core_dispatch.h>
#include <openssl/core_names.h>
#include <openssl/self_test.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char* misbehaviour = "none";
static const char* notes = "";
static OSSL_FUNC_self_test_cb_fn* self_test_of_core;
static OSSL_FUNC_core_get_libctx_fn* context_of_core;

static int is(const char* name) { return strcmp(misbehaviour, name) == 0; }

static void hang(void) {
  for (;;) pause();
}

static void crash(void) { *(volatile int*)8 = 1; }

static void note_process(long process) {
  FILE* file = fopen(notes, "a");
  if (file == NULL) return;
  fprintf(file, "%ld\n", process);
  fclose(file);
}

static void fork_and_stay(int leave_session) {
  pid_t child = fork();
  if (child != 0) return;
  if (leave_session && setsid() > 0 && fork() > 0) _exit(0);
  note_process((long)getpid());
  hang();
}

static void print(size_t bytes) {
  char line[1024];
  memset(line, 'x', sizeof line);
  line[sizeof line - 1] = '\n';
  for (size_t done = 0; done < bytes; done += sizeof line) {
    fwrite(line, 1, sizeof line, stdout);
    fwrite(line, 1, sizeof line, stderr);
  }
  fflush(stdout);
}

static void take_memory(void) {
  for (;;) {
    char* block = malloc(16 << 20);
    if (block == NULL) abort();
    memset(block, 1, 4096);
  }
}

static void leave_files(void) {
  FILE* here = fopen("left-behind", "w");
  if (here != NULL) fclose(here);
  if (mkdir("left-behind.d", 0500) != 0) return;
  if (chdir("/") != 0) abort();
}

static void misbehave_at_init(void) {
  if (is("init hangs")) hang();
  if (is("init crashes")) crash();
  if (is("init aborts")) abort();
  if (is("init exits")) exit(3);
  if (is("init exits quietly")) _exit(0);
  if (is("init prints")) print(1024);
  if (is("init prints much")) print(10 << 20);
  if (is("init closes files"))
    for (int descriptor = 0; descriptor < 1024; ++descriptor) close(descriptor);
  if (is("init forks")) fork_and_stay(0);
  if (is("init forks away")) fork_and_stay(1), usleep(50000);
  if (is("init leaves files")) leave_files();
  if (is("init stops")) raise(SIGSTOP);
  if (is("init takes memory")) take_memory();
}

static void report_self_tests_for_ever(const OSSL_CORE_HANDLE* handle) {
  OSSL_CALLBACK* callback = NULL;
  void* argument = NULL;
  char phase[] = "Start", type[] = "KAT_Digest", description[] = "SHA2";
  OSSL_PARAM parameters[4] = {
      {OSSL_PROV_PARAM_SELF_TEST_PHASE, OSSL_PARAM_UTF8_STRING, phase, 5, 0},
      {OSSL_PROV_PARAM_SELF_TEST_TYPE, OSSL_PARAM_UTF8_STRING, type, 10, 0},
      {OSSL_PROV_PARAM_SELF_TEST_DESC, OSSL_PARAM_UTF8_STRING, description, 4, 0},
      {NULL, 0, NULL, 0, 0}};
  if (self_test_of_core == NULL || context_of_core == NULL) return;
  self_test_of_core(context_of_core(handle), &callback, &argument);
  while (callback != NULL) callback(parameters, argument);
}

/* A digest that does nothing. */
static void* digest_new(void* provider) {
  (void)provider;
  return malloc(1);
}
static void digest_free(void* context) { free(context); }
static int digest_init(void* context, const OSSL_PARAM parameters[]) {
  (void)context, (void)parameters;
  if (is("digest hangs")) hang();
  if (is("digest crashes")) crash();
  return 1;
}
static int digest_update(void* context, const unsigned char* in, size_t size) {
  (void)context, (void)in, (void)size;
  return 1;
}
static int digest_final(void* context, unsigned char* out, size_t* size, size_t room) {
  (void)context;
  if (is("digest overruns")) room = 1 << 20;
  memset(out, 0, room);
  *size = room;
  return 1;
}
static int digest_get_params(OSSL_PARAM parameters[]) {
  for (OSSL_PARAM* p = parameters; p->key != NULL; ++p)
    if (p->data_type == OSSL_PARAM_UNSIGNED_INTEGER && p->data_size == sizeof(size_t))
      *(size_t*)p->data = strcmp(p->key, "blocksize") == 0 ? 64 : 32,
      p->return_size = sizeof(size_t);
  return 1;
}

static const OSSL_DISPATCH digest_functions[] = {
    {OSSL_FUNC_DIGEST_NEWCTX, (void (*)(void))digest_new},
    {OSSL_FUNC_DIGEST_FREECTX, (void (*)(void))digest_free},
    {OSSL_FUNC_DIGEST_INIT, (void (*)(void))digest_init},
    {OSSL_FUNC_DIGEST_UPDATE, (void (*)(void))digest_update},
    {OSSL_FUNC_DIGEST_FINAL, (void (*)(void))digest_final},
    {OSSL_FUNC_DIGEST_GET_PARAMS, (void (*)(void))digest_get_params},
    {0, NULL}};

static const OSSL_ALGORITHM digests[] = {
    {"SHA2-256:SHA-256:SHA256", "provider=fips,fips=yes", digest_functions, "a digest"},
    {NULL, NULL, NULL, NULL}};

static const OSSL_ALGORITHM hollow[] = {{"SHA2-256", "provider=fips,fips=yes", NULL, NULL},
                                        {"", "", NULL, NULL},
                                        {"\xFF\xFE:\x01:::", "=,=,,\xFF", NULL, "\x1B[2J"},
                                        {NULL, NULL, NULL, NULL}};

static const OSSL_ALGORITHM* query(void* provider, int operation, int* no_cache) {
  (void)provider;
  *no_cache = 0;
  if (is("query crashes")) crash();
  if (is("query hangs")) hang();
  if (is("null implementation")) return hollow;
  if (is("impostor") || operation != OSSL_OP_DIGEST) return NULL;
  return digests;
}

static const OSSL_PARAM gettable[] = {{OSSL_PROV_PARAM_NAME, OSSL_PARAM_UTF8_PTR, NULL, 0, 0},
                                      {OSSL_PROV_PARAM_VERSION, OSSL_PARAM_UTF8_PTR, NULL, 0, 0},
                                      {OSSL_PROV_PARAM_BUILDINFO, OSSL_PARAM_UTF8_PTR, NULL, 0, 0},
                                      {OSSL_PROV_PARAM_STATUS, OSSL_PARAM_INTEGER, NULL, 0, 0},
                                      {NULL, 0, NULL, 0, 0}};

static const OSSL_PARAM* gettable_params(void* provider) {
  (void)provider;
  return gettable;
}

static const char* text_for(const char* key) {
  if (is("garbage strings")) return "\xFF\xFE \x1B[31m\x07 \xC0\xAF";
  if (strcmp(key, OSSL_PROV_PARAM_NAME) == 0) return "OpenSSL FIPS Provider";
  return "3.1.2";
}

static int get_params(void* provider, OSSL_PARAM parameters[]) {
  (void)provider;
  if (is("params crash")) crash();
  for (OSSL_PARAM* p = parameters; p->key != NULL; ++p) {
    if (strcmp(p->key, OSSL_PROV_PARAM_STATUS) == 0 && p->data_size == sizeof(int)) {
      *(int*)p->data = 1;
      p->return_size = sizeof(int);
    } else if (p->data_type == OSSL_PARAM_UTF8_PTR) {
      *(const char**)p->data = text_for(p->key);
      p->return_size = strlen(text_for(p->key));
    }
  }
  return 1;
}

static int self_test(void* provider) {
  if (is("self-test hangs")) hang();
  if (is("self-test reports for ever")) report_self_tests_for_ever(provider);
  return 1;
}

static void teardown(void* provider) { (void)provider; }

static const OSSL_DISPATCH functions[] = {
    {OSSL_FUNC_PROVIDER_TEARDOWN, (void (*)(void))teardown},
    {OSSL_FUNC_PROVIDER_GETTABLE_PARAMS, (void (*)(void))gettable_params},
    {OSSL_FUNC_PROVIDER_GET_PARAMS, (void (*)(void))get_params},
    {OSSL_FUNC_PROVIDER_QUERY_OPERATION, (void (*)(void))query},
    {OSSL_FUNC_PROVIDER_SELF_TEST, (void (*)(void))self_test},
    {0, NULL}};

int OSSL_provider_init(const OSSL_CORE_HANDLE* handle, const OSSL_DISPATCH* in,
                       const OSSL_DISPATCH** out, void** provider) {
  OSSL_FUNC_core_get_params_fn* get = NULL;
  OSSL_PARAM wanted[] = {{"misbehaviour", OSSL_PARAM_UTF8_PTR, &misbehaviour, 0, 0},
                         {"notes", OSSL_PARAM_UTF8_PTR, &notes, 0, 0},
                         {NULL, 0, NULL, 0, 0}};
  for (; in->function_id != 0; ++in) {
    if (in->function_id == OSSL_FUNC_CORE_GET_PARAMS) get = OSSL_FUNC_core_get_params(in);
    if (in->function_id == OSSL_FUNC_CORE_GET_LIBCTX)
      context_of_core = OSSL_FUNC_core_get_libctx(in);
    if (in->function_id == OSSL_FUNC_SELF_TEST_CB) self_test_of_core = OSSL_FUNC_self_test_cb(in);
  }
  if (get != NULL) get(handle, wanted);
  /* A provider that is loaded by its name alone gets none of its settings. */
  if (getenv("ASSAY_HOSTILE") != NULL) misbehaviour = getenv("ASSAY_HOSTILE");
  misbehave_at_init();
  if (is("init fails")) return 0;
  if (is("init reports for ever")) report_self_tests_for_ever(handle);
  *out = is("no functions") ? NULL : functions;
  *provider = (void*)handle;
  return 1;
}
