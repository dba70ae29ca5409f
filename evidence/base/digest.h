#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace base {

/// SHA-256 of `bytes` (FIPS 180-4) in lower-case hexadecimal. Throws Error(internal) if this
/// program's own libcrypto refuses.
std::string sha256(std::string_view bytes);

/// SHA-256 of bytes that come in pieces. Throws as `sha256`.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void add(std::string_view bytes);
  /// The digest in lower-case hexadecimal; nothing can be added after it.
  std::string finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

/// HMAC-SHA-256 of `bytes` under `key` (FIPS 198-1), 32 raw bytes. Throws as `sha256`.
std::string hmac_sha256(std::string_view key, std::string_view bytes);

}  // namespace base
