#pragma once

#include <openssl/core.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/provider.h>
#include <openssl/self_test.h>

#include <string>

namespace evidence::drivers {

/// A shared library that is loaded at run time and stays loaded until the process ends: libraries
/// under test are not trusted to survive being unloaded.
class LoadedLibrary {
 public:
  /// A function found by name, to be stored in a pointer of whatever type it has.
  class Symbol {
   public:
    explicit Symbol(void* address) : address_(address) {}
    template <class Function>
    operator Function*() const {
      return reinterpret_cast<Function*>(address_);
    }

   private:
    void* address_;
  };

  /// Loads `path` for all libraries to see, as a program linked with it would. Throws
  /// Error(environment) with the loader's own words.
  explicit LoadedLibrary(const std::string& path);

  /// Throws Error(environment) if the library has no such function.
  Symbol required(const char* name) const;
  /// Null if the library has no such function: later versions have more.
  Symbol optional(const char* name) const;

 private:
  std::string path_;
  void* handle_;
};

/// OpenSSL's libcrypto of the target, any version from 3.0, as a table of its functions under their
/// own names. The types are those of the headers of OpenSSL 3.0, which later versions keep; what
/// came later is optional and may be null.
struct LibCrypto : LoadedLibrary {
  using LoadedLibrary::LoadedLibrary;

  /// Called for an operation that is let through although it is not approved (OpenSSL 3.4).
  using IndicatorCallback = int(const char* type, const char* description,
                                const OSSL_PARAM params[]);

  // Library and configuration
  decltype(&::OpenSSL_version) OpenSSL_version = required("OpenSSL_version");
  decltype(&::OPENSSL_info) OPENSSL_info = required("OPENSSL_info");
  decltype(&::OPENSSL_init_crypto) OPENSSL_init_crypto = required("OPENSSL_init_crypto");
  decltype(&::OSSL_LIB_CTX_new) OSSL_LIB_CTX_new = required("OSSL_LIB_CTX_new");
  decltype(&::OSSL_LIB_CTX_free) OSSL_LIB_CTX_free = required("OSSL_LIB_CTX_free");
  decltype(&::OSSL_LIB_CTX_load_config) OSSL_LIB_CTX_load_config =
      required("OSSL_LIB_CTX_load_config");
  decltype(&::CRYPTO_free) CRYPTO_free = required("CRYPTO_free");
  decltype(&::EVP_default_properties_is_fips_enabled) EVP_default_properties_is_fips_enabled =
      required("EVP_default_properties_is_fips_enabled");

  // Errors
  decltype(&::ERR_clear_error) ERR_clear_error = required("ERR_clear_error");
  decltype(&::ERR_get_error_all) ERR_get_error_all = required("ERR_get_error_all");
  decltype(&::ERR_error_string_n) ERR_error_string_n = required("ERR_error_string_n");

  // Providers
  decltype(&::OSSL_PROVIDER_load) OSSL_PROVIDER_load = required("OSSL_PROVIDER_load");
  decltype(&::OSSL_PROVIDER_do_all) OSSL_PROVIDER_do_all = required("OSSL_PROVIDER_do_all");
  decltype(&::OSSL_PROVIDER_get0_name) OSSL_PROVIDER_get0_name =
      required("OSSL_PROVIDER_get0_name");
  decltype(&::OSSL_PROVIDER_get_params) OSSL_PROVIDER_get_params =
      required("OSSL_PROVIDER_get_params");
  decltype(&::OSSL_PROVIDER_gettable_params) OSSL_PROVIDER_gettable_params =
      required("OSSL_PROVIDER_gettable_params");
  decltype(&::OSSL_PROVIDER_query_operation) OSSL_PROVIDER_query_operation =
      required("OSSL_PROVIDER_query_operation");
  decltype(&::OSSL_PROVIDER_unquery_operation) OSSL_PROVIDER_unquery_operation =
      required("OSSL_PROVIDER_unquery_operation");
  decltype(&::OSSL_PROVIDER_self_test) OSSL_PROVIDER_self_test =
      required("OSSL_PROVIDER_self_test");
  decltype(&::OSSL_SELF_TEST_set_callback) OSSL_SELF_TEST_set_callback =
      required("OSSL_SELF_TEST_set_callback");
  void (*OSSL_INDICATOR_set_callback)(OSSL_LIB_CTX*, IndicatorCallback*) =
      optional("OSSL_INDICATOR_set_callback");

  // Digests and ciphers
  decltype(&::EVP_MD_fetch) EVP_MD_fetch = required("EVP_MD_fetch");
  decltype(&::EVP_MD_free) EVP_MD_free = required("EVP_MD_free");
  decltype(&::EVP_MD_get0_provider) EVP_MD_get0_provider = required("EVP_MD_get0_provider");
  decltype(&::EVP_MD_get_size) EVP_MD_get_size = required("EVP_MD_get_size");
  decltype(&::EVP_Digest) EVP_Digest = required("EVP_Digest");
  decltype(&::EVP_CIPHER_fetch) EVP_CIPHER_fetch = required("EVP_CIPHER_fetch");
  decltype(&::EVP_CIPHER_free) EVP_CIPHER_free = required("EVP_CIPHER_free");
  decltype(&::EVP_CIPHER_get0_provider) EVP_CIPHER_get0_provider =
      required("EVP_CIPHER_get0_provider");
  decltype(&::EVP_CIPHER_get_key_length) EVP_CIPHER_get_key_length =
      required("EVP_CIPHER_get_key_length");
  decltype(&::EVP_CIPHER_get_block_size) EVP_CIPHER_get_block_size =
      required("EVP_CIPHER_get_block_size");
  decltype(&::EVP_CIPHER_CTX_new) EVP_CIPHER_CTX_new = required("EVP_CIPHER_CTX_new");
  decltype(&::EVP_CIPHER_CTX_free) EVP_CIPHER_CTX_free = required("EVP_CIPHER_CTX_free");
  decltype(&::EVP_EncryptInit_ex2) EVP_EncryptInit_ex2 = required("EVP_EncryptInit_ex2");
  decltype(&::EVP_EncryptUpdate) EVP_EncryptUpdate = required("EVP_EncryptUpdate");
  decltype(&::EVP_EncryptFinal_ex) EVP_EncryptFinal_ex = required("EVP_EncryptFinal_ex");

  // Keys
  decltype(&::EVP_PKEY_free) EVP_PKEY_free = required("EVP_PKEY_free");
  decltype(&::EVP_PKEY_CTX_free) EVP_PKEY_CTX_free = required("EVP_PKEY_CTX_free");
  decltype(&::EVP_PKEY_CTX_new_from_name) EVP_PKEY_CTX_new_from_name =
      required("EVP_PKEY_CTX_new_from_name");
  decltype(&::EVP_PKEY_keygen_init) EVP_PKEY_keygen_init = required("EVP_PKEY_keygen_init");
  decltype(&::EVP_PKEY_generate) EVP_PKEY_generate = required("EVP_PKEY_generate");
  decltype(&::EVP_PKEY_get0_provider) EVP_PKEY_get0_provider = required("EVP_PKEY_get0_provider");

  /// The first error that this thread's queue holds, as "reason (library, details)"; clears the
  /// queue. After a failed load OpenSSL's later errors only say "invalid state": the first counts.
  std::string first_error() const;
};

}  // namespace evidence::drivers
