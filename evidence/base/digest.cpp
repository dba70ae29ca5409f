#include "evidence/base/digest.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/provider.h>

#include <array>
#include <memory>

#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace base {
namespace {

constexpr std::size_t kSize = 32;

struct Free {
  void operator()(OSSL_LIB_CTX* c) const { OSSL_LIB_CTX_free(c); }
  void operator()(OSSL_PROVIDER* p) const { OSSL_PROVIDER_unload(p); }
  void operator()(EVP_MD* d) const { EVP_MD_free(d); }
  void operator()(EVP_MD_CTX* c) const { EVP_MD_CTX_free(c); }
  void operator()(EVP_MAC* m) const { EVP_MAC_free(m); }
  void operator()(EVP_MAC_CTX* c) const { EVP_MAC_CTX_free(c); }
};

[[noreturn]] void refuse(const char* what) {
  throw Error(ErrorKind::internal, std::string("this program's own OpenSSL refuses ") + what);
}

template <class T>
std::unique_ptr<T, Free> owned(T* handle, const char* what) {
  if (handle == nullptr) refuse(what);
  return std::unique_ptr<T, Free>(handle);
}

// A libcrypto of our own, apart from the configuration that is assessed: a target whose
// OPENSSL_CONF leaves no provider must not keep this program from reading its files.
class OwnCryptography {
 public:
  OwnCryptography()
      : initialized_(OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr)),
        context_(owned(OSSL_LIB_CTX_new(), "a context")),
        provider_(owned(OSSL_PROVIDER_load(context_.get(), "default"), "its default provider")),
        sha256_(owned(EVP_MD_fetch(context_.get(), "SHA2-256", nullptr), "SHA-256")),
        hmac_(owned(EVP_MAC_fetch(context_.get(), "HMAC", nullptr), "HMAC")) {}

  const EVP_MD* sha256() const { return sha256_.get(); }
  EVP_MAC* hmac() const { return hmac_.get(); }

 private:
  int initialized_;
  std::unique_ptr<OSSL_LIB_CTX, Free> context_;
  std::unique_ptr<OSSL_PROVIDER, Free> provider_;
  std::unique_ptr<EVP_MD, Free> sha256_;
  std::unique_ptr<EVP_MAC, Free> hmac_;
};

const OwnCryptography& own() {
  static const OwnCryptography kOwn;
  return kOwn;
}

const unsigned char* octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string text(const std::array<unsigned char, kSize>& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, kSize> digest{};
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, own().sha256(), nullptr) != 1)
    refuse("SHA-256");
  return hex(text(digest));
}

struct Sha256::Context {
  std::unique_ptr<EVP_MD_CTX, Free> handle = owned(EVP_MD_CTX_new(), "SHA-256");
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  if (EVP_DigestInit_ex2(context_->handle.get(), own().sha256(), nullptr) != 1) refuse("SHA-256");
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::string_view bytes) {
  if (EVP_DigestUpdate(context_->handle.get(), bytes.data(), bytes.size()) != 1) refuse("SHA-256");
}

std::string Sha256::finish() {
  std::array<unsigned char, kSize> digest{};
  if (EVP_DigestFinal_ex(context_->handle.get(), digest.data(), nullptr) != 1) refuse("SHA-256");
  return hex(text(digest));
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
  std::array<unsigned char, kSize> digest{};
  std::string name = "SHA2-256";
  const std::array<OSSL_PARAM, 2> parameters = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.data(), 0),
      OSSL_PARAM_construct_end()};
  const auto context = owned(EVP_MAC_CTX_new(own().hmac()), "HMAC");
  std::size_t size = 0;
  if (EVP_MAC_init(context.get(), octets(key), key.size(), parameters.data()) != 1 ||
      EVP_MAC_update(context.get(), octets(bytes), bytes.size()) != 1 ||
      EVP_MAC_final(context.get(), digest.data(), &size, digest.size()) != 1 || size != kSize)
    refuse("HMAC-SHA-256");
  return text(digest);
}

}  // namespace base
