#include "evidence/probes/openssl_child/algorithms.h"

#include <memory>
#include <optional>

#include "evidence/base/text.h"

namespace evidence::probes::openssl_child {
namespace {

struct Operation {
  int number;
  const char* name;
};

// <openssl/core_dispatch.h> of OpenSSL 3.0 to 3.6; skeymgmt came with 3.5.
constexpr Operation kOperations[] = {
    {1, "digest"},    {2, "cipher"},   {3, "mac"},        {4, "kdf"},          {5, "rand"},
    {10, "keymgmt"},  {11, "keyexch"}, {12, "signature"}, {13, "asym_cipher"}, {14, "kem"},
    {15, "skeymgmt"}, {20, "encoder"}, {21, "decoder"},   {22, "store"},
};
static_assert(kOperations[std::size(kOperations) - 1].number == kLastOperation);

struct Sizes {
  std::optional<std::int64_t> key_bits, block_bits;
};

Sizes sizes_of(const Session& session, const LoadedProvider& provider, int operation,
               const std::string& name) {
  const drivers::LibCrypto& crypto = session.crypto;
  const std::string from = "provider=" + provider.name;
  Sizes sizes;
  if (operation == 1) {
    if (EVP_MD* digest = crypto.EVP_MD_fetch(nullptr, name.c_str(), from.c_str())) {
      sizes.block_bits = std::int64_t{8} * crypto.EVP_MD_get_size(digest);
      crypto.EVP_MD_free(digest);
    }
  } else if (operation == 2) {
    if (EVP_CIPHER* cipher = crypto.EVP_CIPHER_fetch(nullptr, name.c_str(), from.c_str())) {
      sizes.key_bits = std::int64_t{8} * crypto.EVP_CIPHER_get_key_length(cipher);
      sizes.block_bits = std::int64_t{8} * crypto.EVP_CIPHER_get_block_size(cipher);
      crypto.EVP_CIPHER_free(cipher);
    }
  }
  crypto.ERR_clear_error();
  return sizes;
}

base::Value fips_claim(const std::string& properties) {
  for (const auto property : base::split(properties, ',')) {
    const auto word = base::trim(property);
    if (word == "fips=yes" || word == "fips") return std::int64_t{1};
    if (word == "fips=no") return std::int64_t{0};
  }
  return nullptr;
}

std::string text_of(const char* text) { return text == nullptr ? "" : base::printable(text); }

void record_algorithm(const Session& session, const LoadedProvider& provider,
                      const Operation& operation, const OSSL_ALGORITHM& algorithm, Source& source) {
  const std::string names = text_of(algorithm.algorithm_names);
  const std::string name(base::split(names, ':').front());
  const std::string properties = text_of(algorithm.property_definition);
  // libcrypto takes an algorithm without functions for one that has them, and crashes.
  const Sizes sizes = algorithm.implementation == nullptr
                          ? Sizes{}
                          : sizes_of(session, provider, operation.number, name);
  source.row("algorithm", Basis::listed,
             {{"module", module_key(provider.name)},
              {"operation", std::string(operation.name)},
              {"name", name},
              {"names", names},
              {"properties", properties},
              {"fips_claim", fips_claim(properties)},
              {"description", text_of(algorithm.algorithm_description)},
              {"key_bits", or_null(sizes.key_bits)},
              {"block_bits", or_null(sizes.block_bits)}});
}

}  // namespace

void record_algorithms(const Session& session, const LoadedProvider& provider, Source& source) {
  for (const Operation& operation : kOperations) {
    int no_cache = 0;
    const OSSL_ALGORITHM* list =
        session.crypto.OSSL_PROVIDER_query_operation(provider.handle, operation.number, &no_cache);
    for (const OSSL_ALGORITHM* one = list; one != nullptr && one->algorithm_names != nullptr; ++one)
      record_algorithm(session, provider, operation, *one, source);
    session.crypto.OSSL_PROVIDER_unquery_operation(provider.handle, operation.number, list);
  }
}

}  // namespace evidence::probes::openssl_child
