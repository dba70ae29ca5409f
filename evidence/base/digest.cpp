#include "evidence/base/digest.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace base {
namespace {

constexpr std::size_t kSize = 32;

const unsigned char* octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string text(const std::array<unsigned char, kSize>& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, kSize> digest{};
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1)
    throw Error(ErrorKind::internal, "this program's own OpenSSL refuses SHA-256");
  return hex(text(digest));
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
  std::array<unsigned char, kSize> digest{};
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), octets(bytes), bytes.size(),
           digest.data(), nullptr) == nullptr)
    throw Error(ErrorKind::internal, "this program's own OpenSSL refuses HMAC-SHA-256");
  return text(digest);
}

}  // namespace base
