#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/base/sqlite.h"

namespace cmvp {

/// What a token says of its own validation, in an object of PKCS #11 3.2 or of NSS: a claim, to be
/// looked up before it is believed. "" is not told.
struct CertificateClaim {
  std::string module, token;
  std::string module_id;  ///< What it calls the module.
  std::string words;      ///< What stands where the certificate should be named.
  std::optional<std::int64_t>
      number;                         ///< Certificate number, if the words or the address name one.
  std::optional<std::int64_t> level;  ///< Security level that it claims.
  std::string version;                ///< Of the standard, e.g. "3.0" of FIPS 140-3.
};

/// The number in "4985", "#4985" or "Cert. #4985", or else at the end of an address of CMVP
/// ("…/certificate/4985"). Nothing for other words, "Pending" or "A4985" among them.
std::optional<std::int64_t> claimed_number(std::string_view words, std::string_view address);

/// The claims in table `pkcs11_validation` of `evidence`; none where evidence has no such table.
std::vector<CertificateClaim> certificate_claims(const base::Database& evidence);

}  // namespace cmvp
