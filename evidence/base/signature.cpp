#include "evidence/base/signature.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/provider.h>
#include <openssl/x509.h>

#include <array>
#include <memory>

#include "evidence/base/digest.h"
#include "evidence/base/error.h"

namespace base {
namespace {

struct Free {
  void operator()(OSSL_LIB_CTX* c) const { OSSL_LIB_CTX_free(c); }
  void operator()(OSSL_PROVIDER* p) const { OSSL_PROVIDER_unload(p); }
  void operator()(BIO* b) const { BIO_free(b); }
  void operator()(EVP_PKEY* k) const { EVP_PKEY_free(k); }
  void operator()(EVP_MD_CTX* c) const { EVP_MD_CTX_free(c); }
  void operator()(unsigned char* bytes) const { OPENSSL_free(bytes); }
};

template <class T>
using Owned = std::unique_ptr<T, Free>;

// A libcrypto of our own, apart from the configuration of this machine, as in digest.cpp.
struct OwnCryptography {
  Owned<OSSL_LIB_CTX> context{OSSL_LIB_CTX_new()};
  Owned<OSSL_PROVIDER> provider{OSSL_PROVIDER_load(context.get(), "default")};
};

struct Kind {
  const char* group;   // of the key, "" for Ed25519
  const char* digest;  // nullptr: the scheme has its own
  const char* name;
};

constexpr std::array kKinds = {Kind{"", nullptr, "Ed25519"},
                               Kind{"prime256v1", "SHA2-256", "ECDSA P-256 with SHA-256"},
                               Kind{"secp384r1", "SHA2-384", "ECDSA P-384 with SHA-384"}};

const unsigned char* octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

Owned<EVP_PKEY> parse(std::string_view pem, const OwnCryptography& own) {
  constexpr std::size_t kLongest = 16384;
  if (pem.size() > kLongest) return nullptr;
  const Owned<BIO> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return Owned<EVP_PKEY>(
      PEM_read_bio_PUBKEY_ex(bio.get(), nullptr, nullptr, nullptr, own.context.get(), nullptr));
}

const Kind* kind_of(const EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "ED25519") == 1) return kKinds.data();
  std::array<char, 64> group{};
  if (EVP_PKEY_is_a(key, "EC") != 1 ||
      EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) != 1)
    return nullptr;
  for (const Kind& kind : kKinds)
    if (std::string_view(group.data()) == kind.group) return &kind;
  return nullptr;
}

}  // namespace

PublicKey read_public_key(std::string_view pem, const std::string& origin) {
  const OwnCryptography own;
  const Owned<EVP_PKEY> key = parse(pem, own);
  if (!key)
    throw Error(ErrorKind::input,
                origin + ": no public key in PEM; write it with openssl pkey -in KEY -pubout");
  const Kind* kind = kind_of(key.get());
  if (kind == nullptr)
    throw Error(ErrorKind::input,
                origin + ": a key of another kind; it has to be Ed25519, P-256 or P-384");
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key.get(), &der);
  const Owned<unsigned char> bytes(der);
  if (size <= 0) throw Error(ErrorKind::input, origin + ": a public key that cannot be written");
  const std::string_view text(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  return {kind->name, std::string(pem), sha256(text)};
}

bool verifies(const PublicKey& key, std::string_view message, std::string_view signature) {
  const OwnCryptography own;
  const Owned<EVP_PKEY> parsed = parse(key.pem, own);
  const Kind* kind = parsed ? kind_of(parsed.get()) : nullptr;
  if (kind == nullptr) return false;
  const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
  return EVP_DigestVerifyInit_ex(context.get(), nullptr, kind->digest, own.context.get(), nullptr,
                                 parsed.get(), nullptr) == 1 &&
         EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(message),
                          message.size()) == 1;
}

}  // namespace base
