#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "evidence/probes/public_key.h"

namespace evidence::probes {

/// What a certificate says (RFC 5280, 4.1). Nothing of it is verified.
struct CertificateFacts {
  std::string serial;                 ///< Hexadecimal digits.
  std::string issuer, subject;        ///< As text, e.g. "CN=a,O=b", the last part first (RFC 4514).
  std::string not_before, not_after;  ///< YYYY-MM-DDTHH:MM:SSZ
  PublicKeyInfo key;
};

/// Reads a certificate in DER; nothing if it makes no sense.
std::optional<CertificateFacts> read_certificate(std::string_view der);

}  // namespace evidence::probes
