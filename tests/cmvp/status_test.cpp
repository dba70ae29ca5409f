// Days and statuses are those of NIST's lists of 2026-04-15 and 2026-09-30 (see the certificate
// numbers); the end of FIPS 140-2 is on the CMVP page about the FIPS 140-3 transition.
#include "cmvp/status.h"

#include "cmvp/built_in.h"
#include "cmvp/lookup.h"
#include "evidence/base/error.h"
#include "tests/catch.h"

namespace {

cmvp::CertificateStatus status(std::int64_t number, const std::string& as_of) {
  return cmvp::status_as_of(cmvp::find_certificate(cmvp::built_in_snapshot(), number).value(),
                            as_of);
}

}  // namespace

TEST_CASE("the status on a date comes from the lists around it") {
  struct Case {
    std::int64_t number;
    const char* as_of;
    const char* status;
  };
  const Case cases[] = {
      {4985, "2026-11-23", "Active"},
      {4985, "2025-03-11", "Active"},
      {4985, "2025-03-10", "not yet validated"},
      {4282, "2022-08-22", "not yet validated"},
      {4282, "2026-04-15", "Active"},
      {4282, "2026-09-21", "Active"},
      {4282, "2026-09-22", "Historical"},
      {4282, "2026-09-30", "Historical"},
      {4746, "2026-04-15", "Active"},   // FIPS 140-3, Historical on the list of 2026-08-02
      {4746, "2026-07-01", "unknown"},  // between the two lists
      {4746, "2026-08-02", "Historical"},
      {3980, "2026-06-01", "unknown"},  // FIPS 140-2 with a sunset before the end of 140-2
      {576, "2026-01-01", "unknown"},   // Historical since before the first list known
      {576, "2026-05-01", "Historical"},
      {5259, "2026-09-29", "unknown"},  // nothing but a number and a status is known
      {5259, "2026-09-30", "Historical"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.number, each.as_of);
    CHECK(status(each.number, each.as_of).status == each.status);
    CHECK_FALSE(status(each.number, each.as_of).reason.empty());
  }
}

TEST_CASE("no FIPS 140-2 certificate is Active after the last day, whatever the snapshot says") {
  cmvp::Certificate certificate;
  certificate.standard = "FIPS 140-2";
  certificate.status = "Active";
  certificate.status_as_of = "2026-03-29";
  certificate.validation_dates = {"2022-01-01"};
  CHECK(cmvp::status_as_of(certificate, "2026-09-21").status == "Active");
  CHECK(cmvp::status_as_of(certificate, "2026-09-22").status == "Historical");
  certificate.status = "Revoked";
  CHECK(cmvp::status_as_of(certificate, "2026-09-22").status == "Revoked");
}

TEST_CASE("a sunset that has passed does not make an Active certificate Historical") {
  const auto certificate = cmvp::find_certificate(cmvp::built_in_snapshot(), 4727).value();
  REQUIRE(certificate.sunset_date == "2026-07-14");
  const auto judged = cmvp::status_as_of(certificate, "2026-11-23");
  CHECK(judged.status == "Active");
  CHECK(judged.sunset_passed == true);
}

TEST_CASE("the sunset date itself is still in time, and an unknown one is unknown") {
  CHECK(status(4985, "2030-03-10").sunset_passed == false);
  CHECK(status(4985, "2030-03-11").sunset_passed == true);
  CHECK(status(576, "2026-11-23").sunset_passed == std::nullopt);
}

TEST_CASE("the reason of a status names the list") {
  CHECK(status(4985, "2026-11-23").reason ==
        "Active on the list of 2026-09-30, the newest that the snapshot knows");
  CHECK(status(4746, "2026-07-01").reason ==
        "Active on the list of 2026-04-15 but Historical on the list of 2026-08-02; the snapshot "
        "knows no day in between");
}

TEST_CASE("an as-of date that is none is a usage error") {
  CHECK_THROWS_AS(status(4985, "tomorrow"), base::Error);
  CHECK_THROWS_AS(status(4985, "2026-02-29"), base::Error);
  CHECK_THROWS_AS(status(4985, ""), base::Error);
}
