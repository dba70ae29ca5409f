#pragma once

#include <optional>
#include <string>

#include "cmvp/certificate.h"
#include "cmvp/environment.h"
#include "cmvp/status.h"
#include "evidence/base/sqlite.h"

namespace cmvp {

/// What is known of a certificate that somebody names.
struct NamedCertificate {
  std::optional<Certificate> certificate;
  bool newer = false;  ///< Its number is higher than any that the snapshot has.
  CertificateStatus status;
  EnvironmentVerdict environment;  ///< Whether the system of the evidence is listed on it.
};

/// Looks certificate `number` up in `snapshot`, with its status on the day `on` (YYYY-MM-DD) and
/// the system that `evidence` describes. Throws Error(usage) if `on` is no date.
NamedCertificate named_certificate(const base::Database& snapshot, const base::Database& evidence,
                                   std::int64_t number, const std::string& on);

}  // namespace cmvp
