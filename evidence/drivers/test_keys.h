#pragma once

#include <map>
#include <string>
#include <string_view>

namespace evidence::drivers {

/// A key pair made for trying services with, never for protecting anything. Modules must be shown
/// keys that they would not make themselves: RSA-1024, P-192, DSA.
struct TestKey {
  std::string name;       ///< e.g. "rsa-1024", what the catalogue's parameter `key` refers to
  std::string algorithm;  ///< RSA, EC, DSA, DH, ED25519, ED448, X25519, X448
  std::string group;      ///< Curve or group, e.g. "P-192"; "" where `numbers` say all
  /// Parts by name, as bytes, most significant first: n e d p q dp dq qinv (RSA), p q g (DSA, DH),
  /// pub priv (all but RSA; an uncompressed point for EC, RFC 7748 and 8032 form for the others).
  std::map<std::string, std::string> parts;
};

using TestKeys = std::map<std::string, TestKey, std::less<>>;

/// The keys of test_keys.csv: name,algorithm,group,parts with parts as "n=hex;e=hex". Throws
/// Error(input) with file and line.
TestKeys read_test_keys(std::string_view csv);

}  // namespace evidence::drivers
