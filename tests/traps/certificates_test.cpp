// Which certificate each real OpenSSL has: by NIST's lists of 2026-09-30, OpenSSL's own builds are
// on #4282 (3.0.8, 3.0.9) and #4985 (3.1.2); Debian's packages and its default provider are on
// none.
#include "evidence/base/sqlite.h"
#include "tests/traps/fixture.h"

namespace {

using Catch::Contains;
using Catch::StartsWith;
using tests::Checked;
using tests::has_target;

constexpr const char* kRule = "certificate-covers-module";
constexpr const char* kNoVersion =
    "unknown: The version of the module is not known, so no certificate can be matched.";

tests::Assay assay_of(const tests::Texts& options) {
  tests::Assay assay;
  assay.options = options;
  assay.options.insert(assay.options.end(), {"--passive", "--snapshot", "built-in"});
  assay.environment = {"OPENSSL_CONF=/dev/null"};
  return assay;
}

Checked check_state(const std::string& name) {
  const std::string folder = tests::targets() + "/state/" + name;
  return assay_of({"--openssl-conf", folder + "/openssl.cnf", "--openssl-modules", folder}).check();
}

// A system of another suite with its FIPS provider configured as OpenSSL's documents say.
Checked check_suite(const std::string& suite, const std::string& state,
                    const base::TemporaryFolder& folder) {
  tests::copy_openssl(tests::unpacked(suite), folder.path());
  tests::write(folder.path() + "/etc/ssl/openssl.cnf", tests::usual_configuration("/etc/ssl"));
  tests::write(folder.path() + "/etc/ssl/fipsmodule.cnf",
               tests::contents(tests::targets() + "/state/" + state + "/fipsmodule.cnf"));
  return assay_of({"--root", folder.path()}).check();
}

// The rows of the report's table of certificates: "#4985 near".
std::string certificates(const Checked& checked) {
  std::string rows;
  for (const auto& table : checked.report()["tables"])
    if (table["id"] == "certificates")
      for (const auto& row : table["rows"])
        rows += row[1].get<std::string>() + " " + row[2].get<std::string>() + "\n";
  return rows;
}

void check_no_certificate(const Checked& checked, const std::string& version,
                          const std::string& where) {
  INFO(checked.errors);
  CHECK_THAT(checked.finding(kRule, "openssl:fips"),
             StartsWith("fail: No certificate for OpenSSL FIPS Provider " + version) &&
                 Contains("is in the CMVP snapshot 2026-09-30") &&
                 Contains("nearest is #4985 (OpenSSL FIPS Provider 3.1.2)") && Contains(where));
  CHECK_THAT(certificates(checked), Contains("#4985 near\n#4282 near\n") && !Contains("exact"));
  CHECK(checked.rung("openssl:fips", "certificate") == "fail");
}

}  // namespace

TEST_CASE("the OpenSSL of this machine has no certificate, and it is the provider that is named") {
  const Checked checked = assay_of({}).check();
  if (checked.cell("SELECT count(*) FROM provider WHERE provider = 'default'") != "1") {
    WARN("SKIP: there is no OpenSSL 3 on this machine");
    return;
  }
  CHECK_THAT(checked.finding(kRule, "openssl:default"),
             StartsWith("fail: No certificate for OpenSSL Default Provider 3."));
}

TEST_CASE("FIPS providers 3.0.20 and 3.5.9 under OpenSSL 3.0 have no certificate, with reasons") {
  if (has_target("state/openssl30-fips30/fips.so"))
    check_no_certificate(check_state("openssl30-fips30"), "3.0.20",
                         "version 3.0.20 is not on the certificate; it lies below 3.1.2");
  if (has_target("state/openssl30-fips35/fips.so"))
    check_no_certificate(check_state("openssl30-fips35"), "3.5.",
                         "it lies above 3.1.2, the highest there");
}

TEST_CASE("the FIPS providers of Debian 13 and forky have no certificate, with reasons") {
  const auto [suite, state] =
      GENERATE(table<std::string, std::string>({{"trixie", "openssl35"}, {"forky", "openssl36"}}));
  if (!has_target("roots/" + suite) || !has_target("state/" + state + "/fipsmodule.cnf")) return;
  const base::TemporaryFolder folder;
  check_no_certificate(check_suite(suite, state, folder), "3.",
                       "it lies above 3.1.2, the highest there");
}

TEST_CASE("Debian 13 and forky as they come have no certificate, and an idle provider is unknown") {
  const std::string suite = GENERATE("trixie", "forky");
  if (!has_target("roots/" + suite)) return;
  const Checked checked = assay_of({"--root", tests::unpacked(suite)}).check();
  CHECK_THAT(checked.finding(kRule, "openssl:default"),
             StartsWith("fail: No certificate for OpenSSL Default Provider 3."));
  CHECK(checked.finding(kRule, "openssl:fips") == kNoVersion);
}

TEST_CASE(
    "a provider that was changed or cannot load tells no version, so no certificate is named") {
  if (has_target("state/openssl-fips-tampered/fips.so")) {
    const Checked checked = check_state("openssl-fips-tampered");
    CHECK(checked.finding(kRule, "openssl:fips") == kNoVersion);
    CHECK(certificates(checked).empty());
  }
  if (has_target("state/openssl30-fips35/fips.so")) {
    const Checked checked =
        assay_of({"--openssl-modules", tests::targets() + "/state/openssl30-fips35"}).check();
    CHECK(checked.finding(kRule, "openssl:fips") == kNoVersion);
  }
}

TEST_CASE("OpenSSL 1.1.1 has no provider that a certificate could be named for") {
  if (!has_target("roots/bullseye")) return;
  CHECK_THAT(assay_of({"--root", tests::unpacked("bullseye")}).check().finding(kRule),
             StartsWith("unknown: OpenSSL before 3.0 has no providers"));
}

TEST_CASE(
    "with a snapshot that is stale nothing about a certificate is decided, nor is anything an "
    "error") {
  if (!has_target("state/openssl30-fips30/fips.so")) return;
  const std::string folder = tests::targets() + "/state/openssl30-fips30";
  tests::Assay assay =
      assay_of({"--openssl-conf", folder + "/openssl.cnf", "--openssl-modules", folder});
  assay.as_of = "2027-03-01";
  const Checked checked = assay.check();
  CHECK(checked.all("error").empty());
  CHECK(checked.finding(kRule, "openssl:fips") ==
        "unknown: The certificate snapshot of 2026-09-30 is stale: 152 days old as of 2027-03-01, "
        "more than 90. Renew it: assay cmvp update");
  CHECK(checked.rung("openssl:fips", "certificate-active") == "unknown");
}

TEST_CASE("the same module under a version that is validated has that certificate on that date") {
  // No validated build is at hand: what the real provider reports is changed to another version.
  if (!has_target("state/openssl30-fips30/fips.so")) return;
  // #4282 is of FIPS 140-2: on the last day of that standard it was Active, as an earlier list
  // says.
  const auto [version, date, certificate, active] =
      GENERATE(table<std::string, std::string, std::string, std::string>(
          {{"3.1.2", "2026-11-23", "#4985", "pass"},
           {"3.0.9", "2026-09-30", "#4282", "fail"},
           {"3.0.9", "2026-09-21", "#4282", "pass"}}));
  CAPTURE(version, date);
  const base::TemporaryFolder folder;
  const Checked real = check_state("openssl30-fips30");
  const std::string evidence = folder.path() + "/evidence.db";
  tests::fs::copy_file(real.file("report/evidence.db"), evidence);
  base::Database::create(evidence).execute("UPDATE provider SET version = '" + version +
                                           "' WHERE module = 'openssl:fips'");
  tests::Assay again;
  again.options = {"--snapshot", "built-in", evidence};
  again.as_of = date;
  const Checked checked = again.check();
  INFO(checked.errors);
  CHECK_THAT(certificates(checked), StartsWith(certificate + " exact\n"));
  CHECK_THAT(checked.finding(kRule, "openssl:fips"),
             StartsWith("pass: Exact match " + certificate));
  CHECK(checked.rung("openssl:fips", "certificate-active") == active);
}
