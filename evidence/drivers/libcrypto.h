#pragma once

#include <openssl/core.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>
#include <openssl/provider.h>
#include <openssl/self_test.h>

#include <string>

#include "evidence/base/loaded_library.h"

namespace evidence::drivers {

/// OpenSSL's libcrypto of the target, any version from 3.0, as a table of its functions under their
/// own names. The types are those of the headers of OpenSSL 3.0, which later versions keep; what
/// came later is optional and may be null.
struct LibCrypto : base::LoadedLibrary {
  using base::LoadedLibrary::LoadedLibrary;

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
  decltype(&::ERR_set_mark) ERR_set_mark = required("ERR_set_mark");
  decltype(&::ERR_pop_to_mark) ERR_pop_to_mark = required("ERR_pop_to_mark");
  decltype(&::ERR_peek_error) ERR_peek_error = required("ERR_peek_error");
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
  void (*OSSL_INDICATOR_set_callback)(OSSL_LIB_CTX*,
                                      IndicatorCallback*) = optional("OSSL_INDICATOR_set_callback");

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
  decltype(&::EVP_MD_CTX_new) EVP_MD_CTX_new = required("EVP_MD_CTX_new");
  decltype(&::EVP_MD_CTX_free) EVP_MD_CTX_free = required("EVP_MD_CTX_free");
  decltype(&::EVP_MD_CTX_get_params) EVP_MD_CTX_get_params = required("EVP_MD_CTX_get_params");
  decltype(&::EVP_MD_CTX_set_flags) EVP_MD_CTX_set_flags = required("EVP_MD_CTX_set_flags");
  decltype(&::EVP_DigestInit_ex2) EVP_DigestInit_ex2 = required("EVP_DigestInit_ex2");
  decltype(&::EVP_DigestUpdate) EVP_DigestUpdate = required("EVP_DigestUpdate");
  decltype(&::EVP_DigestFinal_ex) EVP_DigestFinal_ex = required("EVP_DigestFinal_ex");
  decltype(&::EVP_DigestFinalXOF) EVP_DigestFinalXOF = required("EVP_DigestFinalXOF");
  decltype(&::EVP_CIPHER_get_iv_length) EVP_CIPHER_get_iv_length =
      required("EVP_CIPHER_get_iv_length");
  decltype(&::EVP_CIPHER_CTX_get_params) EVP_CIPHER_CTX_get_params =
      required("EVP_CIPHER_CTX_get_params");
  decltype(&::EVP_CIPHER_CTX_set_params) EVP_CIPHER_CTX_set_params =
      required("EVP_CIPHER_CTX_set_params");
  decltype(&::EVP_CIPHER_CTX_set_padding) EVP_CIPHER_CTX_set_padding =
      required("EVP_CIPHER_CTX_set_padding");
  decltype(&::EVP_DecryptInit_ex2) EVP_DecryptInit_ex2 = required("EVP_DecryptInit_ex2");
  decltype(&::EVP_DecryptUpdate) EVP_DecryptUpdate = required("EVP_DecryptUpdate");
  decltype(&::EVP_DecryptFinal_ex) EVP_DecryptFinal_ex = required("EVP_DecryptFinal_ex");

  // Message authentication, key derivation, random numbers
  decltype(&::EVP_MAC_fetch) EVP_MAC_fetch = required("EVP_MAC_fetch");
  decltype(&::EVP_MAC_free) EVP_MAC_free = required("EVP_MAC_free");
  decltype(&::EVP_MAC_get0_provider) EVP_MAC_get0_provider = required("EVP_MAC_get0_provider");
  decltype(&::EVP_MAC_CTX_new) EVP_MAC_CTX_new = required("EVP_MAC_CTX_new");
  decltype(&::EVP_MAC_CTX_free) EVP_MAC_CTX_free = required("EVP_MAC_CTX_free");
  decltype(&::EVP_MAC_CTX_get_params) EVP_MAC_CTX_get_params = required("EVP_MAC_CTX_get_params");
  decltype(&::EVP_MAC_init) EVP_MAC_init = required("EVP_MAC_init");
  decltype(&::EVP_MAC_update) EVP_MAC_update = required("EVP_MAC_update");
  decltype(&::EVP_MAC_final) EVP_MAC_final = required("EVP_MAC_final");
  decltype(&::EVP_KDF_fetch) EVP_KDF_fetch = required("EVP_KDF_fetch");
  decltype(&::EVP_KDF_free) EVP_KDF_free = required("EVP_KDF_free");
  decltype(&::EVP_KDF_get0_provider) EVP_KDF_get0_provider = required("EVP_KDF_get0_provider");
  decltype(&::EVP_KDF_CTX_new) EVP_KDF_CTX_new = required("EVP_KDF_CTX_new");
  decltype(&::EVP_KDF_CTX_free) EVP_KDF_CTX_free = required("EVP_KDF_CTX_free");
  decltype(&::EVP_KDF_CTX_get_params) EVP_KDF_CTX_get_params = required("EVP_KDF_CTX_get_params");
  decltype(&::EVP_KDF_derive) EVP_KDF_derive = required("EVP_KDF_derive");
  decltype(&::EVP_RAND_fetch) EVP_RAND_fetch = required("EVP_RAND_fetch");
  decltype(&::EVP_RAND_free) EVP_RAND_free = required("EVP_RAND_free");
  decltype(&::EVP_RAND_get0_provider) EVP_RAND_get0_provider = required("EVP_RAND_get0_provider");
  decltype(&::EVP_RAND_CTX_new) EVP_RAND_CTX_new = required("EVP_RAND_CTX_new");
  decltype(&::EVP_RAND_CTX_free) EVP_RAND_CTX_free = required("EVP_RAND_CTX_free");
  decltype(&::EVP_RAND_CTX_get_params) EVP_RAND_CTX_get_params =
      required("EVP_RAND_CTX_get_params");
  decltype(&::EVP_RAND_instantiate) EVP_RAND_instantiate = required("EVP_RAND_instantiate");
  decltype(&::EVP_RAND_generate) EVP_RAND_generate = required("EVP_RAND_generate");
  decltype(&::EVP_RAND_uninstantiate) EVP_RAND_uninstantiate = required("EVP_RAND_uninstantiate");

  // Keys
  decltype(&::EVP_PKEY_free) EVP_PKEY_free = required("EVP_PKEY_free");
  decltype(&::EVP_PKEY_CTX_free) EVP_PKEY_CTX_free = required("EVP_PKEY_CTX_free");
  decltype(&::EVP_PKEY_CTX_new_from_name) EVP_PKEY_CTX_new_from_name =
      required("EVP_PKEY_CTX_new_from_name");
  decltype(&::EVP_PKEY_keygen_init) EVP_PKEY_keygen_init = required("EVP_PKEY_keygen_init");
  decltype(&::EVP_PKEY_generate) EVP_PKEY_generate = required("EVP_PKEY_generate");
  decltype(&::EVP_PKEY_get0_provider) EVP_PKEY_get0_provider = required("EVP_PKEY_get0_provider");
  decltype(&::EVP_KEYMGMT_fetch) EVP_KEYMGMT_fetch = required("EVP_KEYMGMT_fetch");
  decltype(&::EVP_KEYMGMT_free) EVP_KEYMGMT_free = required("EVP_KEYMGMT_free");
  decltype(&::EVP_KEYMGMT_get0_provider) EVP_KEYMGMT_get0_provider =
      required("EVP_KEYMGMT_get0_provider");
  decltype(&::EVP_PKEY_CTX_new_from_pkey) EVP_PKEY_CTX_new_from_pkey =
      required("EVP_PKEY_CTX_new_from_pkey");
  decltype(&::EVP_PKEY_CTX_set_params) EVP_PKEY_CTX_set_params =
      required("EVP_PKEY_CTX_set_params");
  decltype(&::EVP_PKEY_CTX_get_params) EVP_PKEY_CTX_get_params =
      required("EVP_PKEY_CTX_get_params");
  decltype(&::EVP_PKEY_fromdata_init) EVP_PKEY_fromdata_init = required("EVP_PKEY_fromdata_init");
  decltype(&::EVP_PKEY_fromdata) EVP_PKEY_fromdata = required("EVP_PKEY_fromdata");
  decltype(&::EVP_PKEY_pairwise_check) EVP_PKEY_pairwise_check =
      required("EVP_PKEY_pairwise_check");
  decltype(&::EVP_PKEY_get_bits) EVP_PKEY_get_bits = required("EVP_PKEY_get_bits");

  // What is done with keys
  decltype(&::EVP_DigestSignInit_ex) EVP_DigestSignInit_ex = required("EVP_DigestSignInit_ex");
  decltype(&::EVP_DigestSign) EVP_DigestSign = required("EVP_DigestSign");
  decltype(&::EVP_DigestVerifyInit_ex) EVP_DigestVerifyInit_ex =
      required("EVP_DigestVerifyInit_ex");
  decltype(&::EVP_DigestVerify) EVP_DigestVerify = required("EVP_DigestVerify");
  decltype(&::EVP_PKEY_encrypt_init_ex) EVP_PKEY_encrypt_init_ex =
      required("EVP_PKEY_encrypt_init_ex");
  decltype(&::EVP_PKEY_encrypt) EVP_PKEY_encrypt = required("EVP_PKEY_encrypt");
  decltype(&::EVP_PKEY_decrypt_init_ex) EVP_PKEY_decrypt_init_ex =
      required("EVP_PKEY_decrypt_init_ex");
  decltype(&::EVP_PKEY_decrypt) EVP_PKEY_decrypt = required("EVP_PKEY_decrypt");
  decltype(&::EVP_PKEY_derive_init_ex) EVP_PKEY_derive_init_ex =
      required("EVP_PKEY_derive_init_ex");
  decltype(&::EVP_PKEY_derive_set_peer) EVP_PKEY_derive_set_peer =
      required("EVP_PKEY_derive_set_peer");
  decltype(&::EVP_PKEY_derive) EVP_PKEY_derive = required("EVP_PKEY_derive");
  decltype(&::EVP_PKEY_encapsulate_init) EVP_PKEY_encapsulate_init =
      required("EVP_PKEY_encapsulate_init");
  decltype(&::EVP_PKEY_encapsulate) EVP_PKEY_encapsulate = required("EVP_PKEY_encapsulate");
  decltype(&::EVP_PKEY_decapsulate_init) EVP_PKEY_decapsulate_init =
      required("EVP_PKEY_decapsulate_init");
  decltype(&::EVP_PKEY_decapsulate) EVP_PKEY_decapsulate = required("EVP_PKEY_decapsulate");

  /// The first error that this thread's queue holds, as "reason (library, details)"; clears the
  /// queue. After a failed load OpenSSL's later errors only say "invalid state": the first counts.
  std::string first_error() const;
};

}  // namespace evidence::drivers
