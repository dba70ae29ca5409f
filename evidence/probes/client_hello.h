#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace evidence::probes {

/// What a TLS client offers, by the code points of the IANA TLS registries, each list in the order
/// of the client.
struct ClientHello {
  std::uint16_t legacy_version = 0;              ///< RFC 8446 4.1.2; all there is without the next.
  std::vector<std::uint16_t> versions;           ///< supported_versions
  std::vector<std::uint16_t> cipher_suites;      ///< with signalling values such as 0x00FF
  std::vector<std::uint16_t> groups;             ///< supported_groups
  std::vector<std::uint16_t> key_shares;         ///< groups that a key is sent for
  std::vector<std::uint16_t> signature_schemes;  ///< signature_algorithms
  std::vector<std::uint16_t> extensions;         ///< all of them
};

/// Reads the ClientHello in `records`, the first bytes that a TLS client sends (RFC 8446 5.1, RFC
/// 5246 6.2.1). Nothing for anything else, or if a length does not fit; never reads past the end.
std::optional<ClientHello> read_client_hello(std::string_view records);

}  // namespace evidence::probes
