#pragma once

#include <string>
#include <string_view>

namespace base {

/// SHA-256 of `bytes` (FIPS 180-4) in lower-case hexadecimal. Throws Error(internal) if this
/// program's own libcrypto refuses.
std::string sha256(std::string_view bytes);

/// HMAC-SHA-256 of `bytes` under `key` (FIPS 198-1), 32 raw bytes. Throws as `sha256`.
std::string hmac_sha256(std::string_view key, std::string_view bytes);

}  // namespace base
