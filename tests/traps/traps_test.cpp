// Providers: built by others (OpenSSL 3.0.20 from Debian's source, 3.5.9 of Debian 13). The
// verdicts are those of docs/traps.md.
#include <algorithm>
#include <sstream>

#include "tests/traps/fixture.h"

namespace {

using Catch::Contains;
using Catch::StartsWith;
using tests::Checked;
using tests::has_target;
using tests::Installation;
using tests::Texts;

constexpr const char* kFips = "openssl:fips";
constexpr const char* kBuilt = "state/openssl30-fips30/fips.so";

std::int64_t line_of(const std::string& text, const std::string& part) {
  const auto at = text.find(part);
  return 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
}

void flip_byte(const std::string& file, std::size_t at) {
  std::string bytes = tests::contents(file);
  bytes.at(at) = static_cast<char>(bytes.at(at) ^ 1);
  tests::write(file, bytes);
}

// As fipsinstall -self_test_onload leaves the settings: every known-answer test runs at each load.
void test_at_load(const Installation& installation) {
  std::string kept;
  std::istringstream settings(tests::contents(installation.settings()));
  for (std::string line; std::getline(settings, line);)
    if (!line.starts_with("install-mac") && !line.starts_with("install-status"))
      kept += line + "\n";
  tests::write(installation.settings(), kept);
}

void check_fails(const Checked& checked) {
  INFO(checked.errors);
  CHECK(checked.exit_code == 1);
  CHECK(checked.report()["exit"]["code"] == 1);
}

void check_found(const Checked& checked, std::initializer_list<const char*> rules) {
  for (const char* rule : rules) {
    INFO(rule);
    CHECK_THAT(checked.finding(rule), StartsWith("fail: ") || Contains("\nfail: "));
  }
}

void check_no_pass(const Checked& checked, std::initializer_list<const char*> rungs) {
  for (const char* rung : rungs) {
    INFO(rung);
    CHECK(checked.rung(kFips, rung) != "pass");
  }
}

}  // namespace

TEST_CASE("a provider that no certificate covers holds every rung but the certificate") {
  if (!has_target(kBuilt)) return;
  const Installation installation;
  test_at_load(installation);
  const Checked checked = installation.check();
  check_fails(checked);
  INFO(checked.all("fail") << checked.all("unknown") << checked.all("error"));
  for (const char* rung : {"present", "integrity", "self-tests", "approved-mode"})
    CHECK(checked.rung(kFips, rung) == "pass");
  CHECK(checked.rung(kFips, "certificate") == "fail");
  check_found(checked, {"certificate-covers-module"});
  CHECK_THAT(checked.all("fail"), Contains("3.0.20"));
  CHECK(checked.cell(
            "SELECT count(*) FROM self_test WHERE occasion = 'load' AND result = 'pass'") != "0");
  CHECK(checked.query("SELECT way, matches FROM module_integrity WHERE module = 'openssl:fips'"
                      " GROUP BY way ORDER BY way") == Texts{"module,1", "recomputed,1"});
}

TEST_CASE("a weakened policy is named by key, file and line, and shows in the services") {
  if (!has_target(kBuilt)) return;
  const Installation installation;
  installation.change(installation.settings(), "security-checks = 1", "security-checks = 0");
  installation.change(installation.settings(), "conditional-errors = 1", "conditional-errors = 0");
  const Checked checked = installation.check();
  check_fails(checked);
  CHECK(checked.rung(kFips, "integrity") == "pass");
  CHECK(checked.rung(kFips, "policy") == "fail");
  check_found(checked, {"short-rsa-signing-refused"});
  const std::string settings = tests::contents(installation.settings());
  for (const auto& [rule, key] : {std::pair{"security-checks-on", "security-checks"},
                                  std::pair{"conditional-errors-on", "conditional-errors"}})
    CHECK_THAT(checked.finding(rule, kFips), StartsWith("fail: ") && Contains(key) &&
                                                 Contains(installation.settings() + ":" +
                                                          std::to_string(line_of(settings, key))));
  CHECK(checked.query("SELECT DISTINCT outcome FROM service WHERE service = 'sign-rsa-1024-sha256'"
                      " AND module = 'openssl:fips'") == Texts{"performed"});
}

TEST_CASE("a default provider beside the FIPS provider serves what is not approved") {
  if (!has_target(kBuilt)) return;
  const Installation installation;
  installation.change(installation.configuration(), "base = base_sect",
                      "base = base_sect\ndefault = base_sect");
  installation.change(installation.configuration(), "default_properties = fips=yes\n", "");
  const Checked checked = installation.check();
  check_fails(checked);
  CHECK(checked.rung(kFips, "integrity") == "pass");
  CHECK(checked.rung(kFips, "approved-mode") == "fail");
  CHECK(checked.query("SELECT algorithm, provider FROM default_fetch WHERE performed = 1"
                      " AND algorithm IN ('MD5', 'ChaCha20-Poly1305') ORDER BY 1") ==
        Texts{"ChaCha20-Poly1305,default", "MD5,default"});
  CHECK_THAT(checked.all("fail"), Contains("MD5") || Contains("ChaCha20"));
  check_found(checked,
              {"no-default-provider-beside", "default-fetch-md5", "default-fetch-chacha20"});
}

TEST_CASE("the property fips=yes over a broken FIPS section is a failure") {
  if (!has_target(kBuilt)) return;
  const Installation installation;
  const std::string breakage = GENERATE(as<std::string>(), "section missing", "not activated");
  INFO(breakage);
  if (breakage == "section missing")
    installation.change(installation.settings(), "[fips_sect]", "[other_sect]");
  else
    installation.change(installation.settings(), "activate = 1\n", "");
  const Checked checked = installation.check();
  check_fails(checked);
  CHECK(checked.rung(kFips, "approved-mode") == "fail");
  check_found(checked, {"configured-fips-provider-runs"});
  // A section that is missing makes OpenSSL drop the property with all the rest.
  if (breakage == "not activated") check_found(checked, {"mode-has-module-behind"});
  CHECK(checked.cell(
            "SELECT count(*) FROM provider WHERE module = 'openssl:fips' AND active = 1") == "0");
}

TEST_CASE("a provider that is activated with 0 is told to depend on the version of OpenSSL") {
  if (!has_target(kBuilt)) return;
  const Installation installation;
  installation.change(installation.settings(), "activate = 1\n", "activate = 0\n");
  const Checked checked = installation.check();
  check_fails(checked);
  CHECK_THAT(checked.finding("fips-configuration-takes-effect"),
             Contains(installation.settings() + ":2: activate is \"0\""));
}

TEST_CASE("the property fips=yes over a module that is not there is a failure") {
  if (!has_target(kBuilt)) return;
  const Installation installation;
  tests::fs::remove(installation.module());
  const Checked checked = installation.check();
  check_fails(checked);
  CHECK(checked.rung(kFips, "approved-mode") == "fail");
  check_found(checked, {"configured-fips-provider-runs", "mode-has-module-behind"});
  check_no_pass(checked, {"present", "integrity", "self-tests", "certificate"});
}

TEST_CASE("one changed byte is found without executing the module") {
  if (!has_target(kBuilt)) return;
  const Installation installation;
  // Byte 0 makes a file that no loader takes: what is found then was found by reading alone.
  const std::size_t at = GENERATE(std::size_t{0}, std::size_t{0x40000}, std::size_t{0x100000});
  INFO("byte " << at);
  flip_byte(installation.module(), at);
  const Checked checked = installation.check();
  check_fails(checked);
  CHECK(checked.rung(kFips, "integrity") == "fail");
  CHECK_THAT(checked.finding("integrity-value-recomputed", kFips),
             StartsWith("fail: ") && Contains("fipsmodule.cnf:"));
  CHECK(checked.cell("SELECT matches, recorded = computed FROM module_integrity"
                     " WHERE way = 'recomputed'") == "0,0");
  check_no_pass(checked, {"self-tests", "approved-mode"});
}

TEST_CASE("an integrity value of another build is found without executing the module") {
  if (!has_target(kBuilt) || !has_target("state/openssl35/fipsmodule.cnf")) return;
  const Installation installation;
  const std::string other = tests::contents(tests::targets() + "/state/openssl35/fipsmodule.cnf");
  tests::write(installation.settings(), other);
  const Checked checked = installation.check();
  check_fails(checked);
  CHECK(checked.rung(kFips, "integrity") == "fail");
  CHECK_THAT(checked.finding("integrity-value-recomputed", kFips),
             StartsWith("fail: ") &&
                 Contains("fipsmodule.cnf:" + std::to_string(line_of(other, "module-mac"))));
}

TEST_CASE("the module's own version decides, not the version of the library that loads it") {
  if (!has_target("state/openssl30-fips35/fips.so")) return;
  const std::string folder = tests::targets() + "/state/openssl30-fips35";
  tests::Assay assay;
  assay.environment = {"OPENSSL_CONF=" + folder + "/openssl.cnf", "OPENSSL_MODULES=" + folder};
  const Checked checked = assay.check();
  check_fails(checked);
  CHECK_THAT(checked.cell("SELECT version FROM provider WHERE module = 'openssl:fips'"),
             StartsWith("3.5."));
  CHECK_THAT(checked.cell("SELECT version FROM libcrypto WHERE preferred = 1 LIMIT 1"),
             StartsWith("3.0."));
  CHECK(checked.rung(kFips, "integrity") == "pass");
  CHECK(checked.rung(kFips, "certificate") == "fail");
  CHECK_THAT(checked.all("fail"), Contains("3.5."));
  CHECK(checked.cell("SELECT compiled_default FROM fips_setting WHERE setting ="
                     " 'pbkdf2-lower-bound-check' AND known = 1") != "0 rows");
}

TEST_CASE("FIPS mode that is on with no module behind it is a failure") {
  const Installation installation("none");
  tests::write(installation.configuration(),
               "openssl_conf = init\n[init]\nproviders = list\nalg_section = algorithms\n"
               "[list]\nbase = base_sect\n[base_sect]\nactivate = 1\n"
               "[algorithms]\ndefault_properties = fips=yes\n");
  const Checked checked = installation.check();
  check_fails(checked);
  CHECK(checked.cell("SELECT fips_by_default, providers FROM default_context") == "1,base");
  CHECK(checked.query("SELECT performed FROM default_fetch WHERE performed = 1").empty());
  check_found(checked, {"mode-has-module-behind", "fips-provider-installed"});
}

TEST_CASE("a machine without a FIPS provider is told so in as many words") {
  const Installation installation("none");
  tests::write(installation.configuration(), "");
  const Checked checked = installation.check();
  check_fails(checked);
  CHECK_THAT(checked.report()["headline"].get<std::string>(), Contains("No FIPS provider"));
  CHECK_FALSE(checked.report()["next"].empty());
  CHECK(checked.report()["next"][0]["remedy"].get<std::string>().size() > 20);
}

TEST_CASE("this machine as it is gets an answer") {
  const Checked checked = tests::Assay().check();
  INFO(checked.errors);
  CHECK((checked.exit_code == 0 || checked.exit_code == 1 || checked.exit_code == 3));
  CHECK(checked.cell("SELECT count(*) FROM probe_run WHERE ending <> 'finished'") == "0");
  if (checked.cell("SELECT count(*) FROM provider_file WHERE fips = 1") == "0")
    CHECK(checked.exit_code == 1);
}

TEST_CASE("settings that are no settings are never a pass") {
  if (!has_target(kBuilt)) return;
  const Installation installation;
  const std::string kind = GENERATE(as<std::string>(), "empty", "large", "garbage", "folder");
  INFO(kind);
  if (kind == "empty") tests::write(installation.settings(), "");
  if (kind == "large")
    tests::write(installation.settings(), std::string(std::size_t{100} << 20U, '#'));
  if (kind == "garbage") {
    std::string bytes;
    for (unsigned i = 0, state = 1; i < 65536; ++i, state = state * 1103515245U + 12345U)
      bytes += static_cast<char>(state >> 16U);
    tests::write(installation.settings(), bytes);
  }
  if (kind == "folder") {
    tests::fs::remove(installation.settings());
    tests::fs::create_directory(installation.settings());
  }
  const Checked checked = installation.check();
  INFO(checked.errors);
  CHECK((checked.exit_code == 1 || checked.exit_code == 3));
  CHECK(checked.took < std::chrono::seconds(60));
  check_no_pass(checked, {"integrity", "policy", "self-tests", "approved-mode"});
  CHECK(checked.cell("SELECT count(*) FROM probe_run WHERE ending <> 'finished'") == "0");
}

TEST_CASE("settings that may not be read are unknown with the reason, not absent") {
  if (!has_target(kBuilt)) return;
  const Installation installation;
  const base::TemporaryFolder binaries;
  for (const char* program : {"assay", "assay-probe-openssl"})
    tests::fs::copy_file(std::string(ASSAY_BINARY_DIR "/bin/") + program,
                         binaries.path() + "/" + program);
  tests::fs::permissions(binaries.path(), tests::fs::perms(0755));
  tests::fs::permissions(installation.settings(), tests::fs::perms::none);
  tests::Assay assay = installation.assay();
  assay.binaries = binaries.path();
  assay.as_nobody = geteuid() == 0;  // The superuser may read everything.
  const Checked checked = assay.check();
  INFO(checked.errors);
  CHECK((checked.exit_code == 1 || checked.exit_code == 3));
  check_no_pass(checked, {"integrity", "policy", "self-tests", "approved-mode"});
  CHECK(checked.cell("SELECT count(*) > 0 FROM source WHERE outcome = 'unreadable'"
                     " AND reason LIKE '%permission denied%'") == "1");
}
