#pragma once

#include <optional>
#include <string>

#include "cmvp/certificate.h"

namespace cmvp {

/// The last day on which a FIPS 140-2 certificate could be Active (CMVP, FIPS 140-3 transition).
constexpr const char* kLastDayOf140_2 = "2026-09-21";

/// What a certificate was worth on a date.
struct CertificateStatus {
  std::string status;  ///< Active, Historical, Revoked, not yet validated, or unknown.
  std::string reason;
  std::optional<bool> sunset_passed;  ///< By the last known sunset; says nothing about the status.
};

/// Throws Error(usage) if `as_of` is no date of the form YYYY-MM-DD.
void check_date(const std::string& as_of);

/// The status of `certificate` on `as_of` (YYYY-MM-DD), as far as the lists that the snapshot knows
/// decide it. Between two lists that disagree, and before the first, it is unknown; the sunset date
/// never decides. Throws Error(usage) if `as_of` is no date.
CertificateStatus status_as_of(const Certificate& certificate, const std::string& as_of);

}  // namespace cmvp
