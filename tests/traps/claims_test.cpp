// Real modules of Debian, set up by others (docs/testing.md). That no certificate covers their FIPS
// providers is what the CMVP list of 2026-09-30 says; MD5 is no function of SP 800-140C.
#include "tests/traps/fixture.h"

namespace {

using tests::Checked;
using tests::has_target;

const std::string kClaims =
    "[[claim]]\nsays = \"We use FIPS-validated cryptography\"\nkind = \"modules-validated\"\n"
    "[[claim]]\nsays = \"We use certificate #4985\"\nkind = \"certificate-in-use\"\n"
    "certificate = 4985\n"
    "[[claim]]\nsays = \"The FIPS provider is active\"\nkind = \"fips-provider-active\"\n"
    "[[claim]]\nsays = \"MD5 is switched off\"\nkind = \"algorithm-not-offered\"\n"
    "algorithm = \"MD5\"\n"
    "[[claim]]\nsays = \"It is version 3.5\"\nkind = \"module-version\"\n"
    "module = \"OpenSSL FIPS Provider\"\nversion = \"3.5\"\n";

std::string verdict(const Checked& checked, const std::string& claim) {
  for (const auto& one : checked.report()["claims"])
    if (one["claim"] == claim) return one["verdict"];
  return "no such claim";
}

Checked check(tests::Texts options) {
  const base::TemporaryFolder folder;
  const std::string file = folder.path() + "/claims.toml";
  tests::write(file, kClaims);
  tests::Assay assay;
  options.insert(options.end(), {"--pack", "claims", "--claims", file});
  assay.options = options;
  return assay.check();
}

}  // namespace

TEST_CASE("claims of a machine without a FIPS provider are refuted") {
  const Checked checked = check({});
  if (checked.cell("SELECT count(*) FROM provider WHERE provider = 'default' AND active = 1") !=
      "1") {
    WARN("SKIP: OpenSSL 3 of this machine is not as it comes");
    return;
  }
  CHECK(verdict(checked, "We use FIPS-validated cryptography") == "refuted");
  CHECK(verdict(checked, "We use certificate #4985") == "refuted");
  CHECK(verdict(checked, "The FIPS provider is active") == "refuted");
  CHECK(verdict(checked, "MD5 is switched off") == "refuted");
  CHECK(verdict(checked, "Programs use the FIPS provider") == "refuted");
  CHECK(checked.exit_code == 1);
}

TEST_CASE("a real FIPS provider supports what it does and refutes what is said of its validation") {
  if (!has_target("state/openssl30-fips35/fips.so")) return;
  const std::string state = tests::targets() + "/state/openssl30-fips35";
  const Checked checked =
      check({"--openssl-conf", state + "/openssl.cnf", "--openssl-modules", state});
  CHECK(verdict(checked, "The FIPS provider is active") == "supported");
  CHECK(verdict(checked, "MD5 is switched off") == "supported");
  CHECK(verdict(checked, "Programs use the FIPS provider") == "supported");
  CHECK(verdict(checked, "It is version 3.5") == "refuted");
  CHECK(verdict(checked, "We use FIPS-validated cryptography") == "refuted");
  CHECK(verdict(checked, "This module is a validated one") == "refuted");
  CHECK(verdict(checked, "The version here is a validated one") == "refuted");
}
