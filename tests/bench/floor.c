// The floor of the measurements: loads libcrypto with its configuration and the providers that are
// named, fetches SHA-256 from each, and ends. What assay needs beyond this is its own.
#include <dlfcn.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/provider.h>
#include <stdio.h>
#include <stdlib.h>

static void* need(void* library, const char* name) {
  void* found = dlsym(library, name);
  if (found == NULL) {
    fprintf(stderr, "floor: %s: not found\n", name);
    exit(2);
  }
  return found;
}

int main(int count, char** words) {
  if (count < 2) {
    fprintf(stderr, "usage: floor LIBCRYPTO [PROVIDER]...\n");
    return 2;
  }
  void* library = dlopen(words[1], RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    fprintf(stderr, "floor: %s\n", dlerror());
    return 2;
  }
  int (*init)(uint64_t, const OPENSSL_INIT_SETTINGS*) = need(library, "OPENSSL_init_crypto");
  OSSL_PROVIDER* (*load)(OSSL_LIB_CTX*, const char*) = need(library, "OSSL_PROVIDER_load");
  EVP_MD* (*fetch)(OSSL_LIB_CTX*, const char*, const char*) = need(library, "EVP_MD_fetch");
  void (*release)(EVP_MD*) = need(library, "EVP_MD_free");
  init(OPENSSL_INIT_LOAD_CONFIG, NULL);
  for (int i = 2; i < count; ++i) {
    if (load(NULL, words[i]) == NULL) {
      fprintf(stderr, "floor: provider %s does not load\n", words[i]);
      return 1;
    }
  }
  EVP_MD* digest = fetch(NULL, "SHA2-256", NULL);
  if (digest == NULL) return 1;
  release(digest);
  return 0;
}
