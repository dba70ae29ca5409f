#include "evidence/base/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/provider.h>

#include <array>
#include <memory>

#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace base {
namespace {

constexpr std::size_t kSize = 32;

// "-fips" takes a FIPS-mode kernel's word out of the query: these digests only identify bytes.
constexpr const char* kQuery = "provider=default,-fips";

const unsigned char* octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string text(const std::array<unsigned char, kSize>& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

struct FreeContext {
  void operator()(OSSL_LIB_CTX* context) const { OSSL_LIB_CTX_free(context); }
};

// The configuration that is looked at may be the one that libcrypto would load into this process as
// well: it could refuse these digests, or bring in the very module that is to be kept out. So none
// is loaded. Lives as long as the program; its provider goes with it.
OSSL_LIB_CTX* own_context() {
  static const std::unique_ptr<OSSL_LIB_CTX, FreeContext> kContext = [] {
    const bool kept_out = OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr) == 1;
    std::unique_ptr<OSSL_LIB_CTX, FreeContext> context(OSSL_LIB_CTX_new());
    if (!kept_out || !context || OSSL_PROVIDER_load(context.get(), "default") == nullptr)
      throw Error(ErrorKind::internal, "this program's own OpenSSL has no default provider");
    return context;
  }();
  return kContext.get();
}

}  // namespace

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, kSize> digest{};
  if (EVP_Q_digest(own_context(), "SHA256", kQuery, bytes.data(), bytes.size(), digest.data(),
                   nullptr) != 1)
    throw Error(ErrorKind::internal, "this program's own OpenSSL refuses SHA-256");
  return hex(text(digest));
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
  std::array<unsigned char, kSize> digest{};
  std::size_t length = 0;
  if (EVP_Q_mac(own_context(), "HMAC", kQuery, "SHA256", nullptr, key.data(), key.size(),
                octets(bytes), bytes.size(), digest.data(), digest.size(), &length) == nullptr ||
      length != kSize)
    throw Error(ErrorKind::internal, "this program's own OpenSSL refuses HMAC-SHA-256");
  return text(digest);
}

}  // namespace base
