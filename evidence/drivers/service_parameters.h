#pragma once

#include <string>

#include "evidence/drivers/driver.h"

namespace evidence::drivers {

/// The parameter `key` of a service, or `otherwise`.
std::string service_text(const Service& service, const std::string& key,
                         const std::string& otherwise = {});

/// The parameter `key` as a number. Throws Error(input) if it is none or over 2^24: the catalogue
/// is data, and nothing it tries needs more.
std::size_t service_number(const Service& service, const std::string& key, std::size_t otherwise);

/// The parameter `key`, hexadecimal digits, as bytes; "" if there is none. Throws Error(input).
std::string service_bytes(const Service& service, const std::string& key);

/// The first `length` of the bytes 00 01 02 …: the keys, nonces and salts of all trials, so that
/// others can work out the same answers.
std::string counting_bytes(std::size_t length);

/// The plaintext of ciphers, 00 11 22 … ff again and again, as in the examples of FIPS 197 and RFC
/// 3394.
std::string example_plaintext(std::size_t length);

/// The message of all trials, and another one.
inline constexpr std::string_view kMessage = "abc", kOtherMessage = "abd";

/// What is authenticated beside the message.
inline constexpr std::string_view kAdditionalData = "header";

/// No honest signature, ciphertext or key share of this catalogue is longer; a library that says so
/// is not believed.
inline constexpr std::size_t kLongestResult = std::size_t{1} << 20U;

}  // namespace evidence::drivers
