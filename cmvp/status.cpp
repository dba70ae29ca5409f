#include "cmvp/status.h"

#include <algorithm>
#include <vector>

#include "evidence/base/error.h"
#include "evidence/base/time.h"

namespace cmvp {
namespace {

struct Observation {
  std::string day, status, what;
};

// What is known of the status over time, in order. Dates of one form compare as text.
std::vector<Observation> observations(const Certificate& c) {
  std::vector<Observation> seen;
  if (!c.validation_dates.empty()) {
    const std::string& first =
        *std::min_element(c.validation_dates.begin(), c.validation_dates.end());
    seen.push_back({first, "Active", "validated on " + first});
  }
  const auto listed = [&](const std::string& day, const std::string& status) {
    if (!day.empty() && !status.empty())
      seen.push_back({day, status, status + " on the list of " + day});
  };
  listed(c.earlier_status_as_of, c.earlier_status);
  if (c.status == "Historical") listed(c.became_historical_by, c.status);
  listed(c.status_as_of, c.status);
  std::stable_sort(seen.begin(), seen.end(),
                   [](const Observation& a, const Observation& b) { return a.day < b.day; });
  return seen;
}

bool is_140_2(const Certificate& c) { return c.standard == "FIPS 140-2"; }

// The end of FIPS 140-2 explains why a certificate is Active on one list and Historical on the
// next.
bool ended_with_140_2(const Certificate& c, const Observation& next) {
  return is_140_2(c) && c.sunset_date == kLastDayOf140_2 && next.day > kLastDayOf140_2;
}

CertificateStatus between(const Certificate& c, const Observation& last, const Observation& next) {
  if (last.status == next.status) return {last.status, last.what + " and " + next.what, {}};
  if (ended_with_140_2(c, next))
    return {last.status,
            last.what + "; " + next.what + ", because FIPS 140-2 certificates ended after " +
                kLastDayOf140_2,
            {}};
  return {
      "unknown", last.what + " but " + next.what + "; the snapshot knows no day in between", {}};
}

CertificateStatus before_first(const Certificate& c, const Observation& next) {
  if (!c.validation_dates.empty()) return {"not yet validated", next.what + ", not before", {}};
  return {"unknown", next.what + "; what it was before is not known to the snapshot", {}};
}

CertificateStatus from_lists(const Certificate& c, const std::string& as_of) {
  const auto seen = observations(c);
  const auto next = std::upper_bound(
      seen.begin(), seen.end(), as_of,
      [](const std::string& day, const Observation& each) { return day < each.day; });
  if (next == seen.begin()) return before_first(c, *next);
  const Observation& last = *(next - 1);
  if (next != seen.end() && last.day != as_of) return between(c, last, *next);
  std::string reason = last.what;
  if (last.day < as_of) reason += ", the newest that the snapshot knows";
  return {last.status, reason, {}};
}

}  // namespace

void check_date(const std::string& as_of) {
  if (!base::parse_date(as_of))
    throw base::Error(base::ErrorKind::usage,
                      "as-of date \"" + as_of + "\" is no date; write it as YYYY-MM-DD");
}

CertificateStatus status_as_of(const Certificate& certificate, const std::string& as_of) {
  check_date(as_of);
  CertificateStatus result = from_lists(certificate, as_of);
  if (is_140_2(certificate) && as_of > kLastDayOf140_2 && result.status != "Revoked" &&
      result.status != "Historical")
    result = {"Historical",
              std::string("FIPS 140-2 certificates could be Active until ") + kLastDayOf140_2 +
                  " at the latest",
              {}};
  if (!certificate.sunset_date.empty()) result.sunset_passed = certificate.sunset_date < as_of;
  return result;
}

}  // namespace cmvp
