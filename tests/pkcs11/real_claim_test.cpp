// NSS 3.131 of Debian forky, set up by others (docs/testing.md): in FIPS mode it has a validation
// object with authority "NIST CMVP", the word "Unvalidated" and no certificate.
#include "tests/traps/fixture.h"

namespace {

using Catch::Contains;
using Catch::StartsWith;

constexpr const char* kModule = "/usr/lib/x86_64-linux-gnu/libsoftokn3.so";

}  // namespace

TEST_CASE(
    "NSS that says it is unvalidated is told to name no certificate, which is no validation") {
  if (!tests::has_target(std::string("roots/forky") + kModule)) return;
  tests::Assay assay;
  assay.options = {"--root",
                   tests::unpacked("forky"),
                   kModule,
                   "--objects",
                   "--pkcs11-init-args",
                   "flags=noCertDB,noModDB",
                   "--pkcs11-env",
                   "NSS_FIPS=1",
                   "--snapshot",
                   "built-in"};
  const tests::Checked checked = assay.check();
  INFO(checked.errors);
  REQUIRE(checked.cell("SELECT count(*) FROM pkcs11_validation WHERE kind = 'PKCS #11 3.2'") ==
          "1");
  CHECK(checked.cell("SELECT authority || '|' || coalesce(certificate, '') FROM pkcs11_validation"
                     " WHERE kind = 'PKCS #11 3.2'") == "NIST CMVP|");
  CHECK_THAT(checked.finding("pkcs11-claimed-certificate"),
             StartsWith("unknown: The module, \"Generic NSS 3.") &&
                 Contains("Unvalidated\", has a validation object that names no certificate. "
                          "That is no validation."));
  CHECK_THAT(checked.finding("validation-names-certificate"),
             StartsWith("fail: ") && Contains("says of itself that it is unvalidated"));
  CHECK_THAT(checked.finding("pkcs11-certificate-covers-module"),
             StartsWith("unknown: What it tells of itself"));
  CHECK(checked.rung("pkcs11:" + std::string(kModule), "certificate") == "unknown");
}
