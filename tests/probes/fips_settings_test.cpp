// Expected values: the keys that the fips.so of OpenSSL 3.0, 3.5 and 3.6 hold, fips_config(5), and
// providers/fips/include/fips_indicator_params.inc of OpenSSL 3.5.
#include "evidence/probes/fips_settings.h"

#include <cstdlib>
#include <filesystem>

#include "tests/catch.h"
#include "tests/probes/fake_host.h"
#include "tests/probes/recording.h"

using namespace evidence::probes;
using tests::FakeHost;
using tests::Recording;

namespace {

using Rows = std::map<std::string, Recording::Row>;

Rows settings(const std::string& section, const std::optional<std::string>& version,
              const std::map<std::string, std::string>& reported = {}) {
  FakeHost host;
  host.files["/o.cnf"] =
      "openssl_conf = i\n[i]\nproviders = p\n[p]\nfips = f\n[f]\nactivate = 1\n" + section;
  host.variables = {{"OPENSSL_CONF", "/o.cnf"}};
  Recording recording(host);
  const auto configuration = probe_openssl_configuration(recording.recorder, {"/s", "/m"});
  record_fips_settings(recording.recorder, "openssl:fips", version, configuration, reported);
  Rows rows;
  for (const auto& row : recording.rows("fips_setting")) rows[row.at("setting")] = row;
  return rows;
}

}  // namespace

TEST_CASE("a key that is set is recorded with file, line and value") {
  const auto row = settings("security-checks = 0\n", "3.5.9").at("security-checks");
  CHECK(row.at("present") == "1");
  CHECK(row.at("value") == "0");
  CHECK(row.at("effective") == "0");
  CHECK(row.at("compiled_default") == "1");
  CHECK(row.at("strict") == "1");
  CHECK(row.at("file") == "/o.cnf");
  CHECK(row.at("line") == "8");
  CHECK(row.at("kind") == "policy");
}

TEST_CASE("a key that is not set has the compiled default of its version in force") {
  const auto rows = settings("", "3.5.9");
  CHECK(rows.at("no-short-mac").at("effective") == "1");
  CHECK(rows.at("hmac-key-check").at("effective") == "0");
  CHECK(rows.at("hmac-key-check").at("present") == "0");
  CHECK(rows.at("activate").at("effective") == "1");
}

TEST_CASE("a key that the version does not know has nothing in force") {
  const auto row = settings("no-short-mac = 1\n", "3.0.20").at("no-short-mac");
  CHECK(row.at("known") == "0");
  CHECK(row.at("value") == "1");
  CHECK(row.at("effective") == "NULL");
  CHECK(row.at("compiled_default") == "NULL");
}

TEST_CASE("for an unknown version what depends on it is not known") {
  for (const std::optional<std::string>& version :
       {std::optional<std::string>(), {"new"}, {"9.1.0"}}) {
    const auto row = settings("no-short-mac = 1\n", version).at("no-short-mac");
    CHECK(row.at("known") == "NULL");
    CHECK(row.at("effective") == "NULL");
    CHECK(row.at("value") == "1");
  }
}

TEST_CASE("a vendor's suffix does not hide the version") {
  CHECK(settings("", "3.0.7-395c1a240fbfffd8").at("install-mac").at("known") == "1");
}

TEST_CASE("keys of installation are known up to 3.0 and gone by 3.5") {
  CHECK(settings("", "3.0.20").at("install-status").at("known") == "1");
  CHECK(settings("", "3.2.1").at("install-status").at("known") == "NULL");
  CHECK(settings("", "3.5.9").at("install-status").at("known") == "0");
}

TEST_CASE("a value that is neither 0 nor 1 is the default up to 3.3 and none from 3.4 on") {
  CHECK(settings("security-checks = no\n", "3.0.20").at("security-checks").at("effective") == "1");
  CHECK(settings("security-checks = no\n", "3.5.9").at("security-checks").at("effective") ==
        "NULL");
  CHECK(settings("conditional-errors = no\n", "3.5.9").at("conditional-errors").at("effective") ==
        "1");
}

TEST_CASE("what the provider reports stands beside what is configured") {
  const auto rows = settings("security-checks = 1\n", "3.5.9", {{"security-checks", "0"}});
  CHECK(rows.at("security-checks").at("reported") == "0");
  CHECK(rows.at("hmac-key-check").at("reported") == "NULL");
}

TEST_CASE("of a configuration that could not be read no setting is said to be absent") {
  FakeHost host;
  host.refused["/o.cnf"] = "permission denied";
  host.variables = {{"OPENSSL_CONF", "/o.cnf"}};
  Recording recording(host);
  const auto configuration = probe_openssl_configuration(recording.recorder, {"/s", "/m"});
  record_fips_settings(recording.recorder, "openssl:fips", "3.5.9", configuration, {});
  CHECK(recording.rows("fips_setting").empty());
  CHECK(recording.sources().at("/o.cnf").outcome == evidence::Outcome::unreadable);
}

TEST_CASE("real FIPS modules hold just the keys that their version is said to know") {
  const char* named = std::getenv("ASSAY_TARGETS");
  const std::string targets = named == nullptr ? "/tmp/assay-targets" : named;
  const std::string modules = "/usr/lib/x86_64-linux-gnu/ossl-modules/fips.so";
  if (!std::filesystem::exists(targets + "/state/openssl30-fips30/fips.so")) {
    WARN("no real modules in " << targets << ": set ASSAY_TARGETS");
    return;
  }
  for (const auto& [version, file] :
       std::map<std::string, std::string>{{"3.0", targets + "/state/openssl30-fips30/fips.so"},
                                          {"3.5", targets + "/roots/trixie" + modules},
                                          {"3.6", targets + "/roots/forky" + modules}}) {
    const auto module = base::SystemHost().read_file(file);
    REQUIRE(module.seen == base::Seen::ok);
    for (const auto& [name, row] : settings("", version)) {
      if (name == "activate") continue;  // libcrypto reads this one.
      INFO(version << " " << name);
      CHECK((module.text.find(name + '\0') != std::string::npos) == (row.at("known") == "1"));
    }
  }
}
