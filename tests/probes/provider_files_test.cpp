// Expected values: computed with Python's hmac module over the same bytes and OpenSSL's published
// key; for real modules, the module-mac that openssl fipsinstall wrote for them.
#include "evidence/probes/provider_files.h"

#include <cstdlib>
#include <filesystem>

#include "evidence/base/text.h"
#include "tests/catch.h"
#include "tests/probes/fake_host.h"
#include "tests/probes/recording.h"

using namespace evidence::probes;
using tests::FakeHost;
using tests::Recording;

namespace {

std::vector<evidence::probes::ProviderFile> probe_files(
    evidence::Recorder& record, const evidence::probes::OpensslConfiguration& configuration) {
  return evidence::probes::probe_provider_files(record, configuration,
                                                evidence::probes::PackageDatabase(record.host()));
}

const std::string kFolder = "/usr/lib/ossl-modules";
// HMAC-SHA-256 of "module" under OpenSSL's key.
const std::string kMac = "367d40da853514bd3b195a562b47219ba228208f07fa66ba3e72e0a5ecf71f19";

std::string configuration_text(const std::string& mac) {
  return "openssl_conf = i\n[i]\nproviders = p\n[p]\nfips = f\n[f]\nactivate = 1\n" +
         (mac.empty() ? "" : "module-mac = " + mac + "\n");
}

FakeHost machine(const std::string& mac) {
  FakeHost host;
  host.files = {{"/openssl.cnf", configuration_text(mac)}, {kFolder + "/fips.so", "module"}};
  host.variables = {{"OPENSSL_CONF", "/openssl.cnf"}};
  return host;
}

Recording::Row integrity(const FakeHost& host) {
  Recording recording(host);
  const auto configuration =
      probe_openssl_configuration(recording.recorder, {"/usr/lib/ssl", kFolder});
  probe_files(recording.recorder, configuration);
  const auto rows = recording.rows("module_integrity");
  REQUIRE(rows.size() == 1);
  return rows[0];
}

std::filesystem::path targets() {
  const char* named = std::getenv("ASSAY_TARGETS");
  return named == nullptr ? "/tmp/assay-targets" : named;
}

// The rows of one table for the modules in `folder` under the configuration `file`.
std::vector<Recording::Row> real_rows(const std::string& file, const std::string& folder,
                                      const std::string& table) {
  const base::SystemHost host({}, {{"OPENSSL_CONF", file}, {"OPENSSL_MODULES", folder}});
  Recording recording(host);
  const auto configuration = probe_openssl_configuration(recording.recorder, {"/none", "/none"});
  probe_files(recording.recorder, configuration);
  return recording.rows(table);
}

}  // namespace

TEST_CASE("the integrity value of a module is recomputed and compared with the one on record") {
  const auto row = integrity(machine(kMac));
  CHECK(row.at("module") == "openssl:fips");
  CHECK(row.at("way") == "recomputed");
  CHECK(row.at("computed") == kMac);
  CHECK(row.at("recorded") == kMac);
  CHECK(row.at("matches") == "1");
  CHECK(row.at("file") == "/openssl.cnf");
  CHECK(row.at("line") == "8");
}

TEST_CASE("the integrity value of a module brings no provider file into this process") {
  CHECK(integrity(machine(kMac)).at("matches") == "1");
  const auto maps = base::SystemHost().read_file("/proc/self/maps");
  REQUIRE(maps.text.find("libcrypto") != std::string::npos);
  CHECK(maps.text.find("ossl-modules") == std::string::npos);
}

TEST_CASE("a module that was changed does not match") {
  auto host = machine(kMac);
  host.files[kFolder + "/fips.so"] = "Module";
  CHECK(integrity(host).at("matches") == "0");
}

TEST_CASE("a truncated integrity value never matches") {
  CHECK(integrity(machine(kMac.substr(0, 62))).at("matches") == "0");
  CHECK(integrity(machine("00")).at("matches") == "0");
  CHECK(integrity(machine("none")).at("matches") == "0");
}

TEST_CASE("without an integrity value on record there is nothing to compare") {
  CHECK(integrity(machine("")).at("matches") == "NULL");
  CHECK(integrity(machine("")).at("recorded") == "NULL");
}

TEST_CASE("a configuration that OpenSSL drops never makes a match") {
  auto host = machine(kMac);
  host.files["/openssl.cnf"] += "garbage\n";
  CHECK(integrity(host).at("matches") == "NULL");
}

TEST_CASE("an unreadable or binary fipsmodule.cnf never makes a match") {
  auto host = machine("");
  host.files["/openssl.cnf"] =
      "openssl_conf = i\n.include /f.cnf\n[i]\nproviders = p\n[p]\nfips = f\n";
  host.refused["/f.cnf"] = "larger than 16 MiB";
  CHECK(integrity(host).at("matches") == "NULL");
  host.refused.clear();
  host.files["/f.cnf"] = "";
  CHECK(integrity(host).at("matches") == "NULL");
  host.files["/f.cnf"] = std::string(
      "\x7F"
      "ELF\x02\x01\0\0[\xFF",
      10);
  CHECK(integrity(host).at("matches") == "NULL");
}

TEST_CASE("a provider file is on record with size, digest, owner and mode") {
  auto host = machine(kMac);
  host.statuses[kFolder + "/fips.so"] = {base::Seen::ok, {}, false, 6, 0755, 7};
  Recording recording(host);
  probe_files(recording.recorder,
              probe_openssl_configuration(recording.recorder, {"/usr/lib/ssl", kFolder}));
  const auto row = recording.rows("provider_file").at(0);
  CHECK(row.at("path") == kFolder + "/fips.so");
  CHECK(row.at("size") == "6");
  CHECK(row.at("sha256") == "120970d812836f19888625587a4606a5ad23cef31c8684e601771552548fc6b9");
  CHECK(row.at("owner") == "7");
  CHECK(row.at("mode") == std::to_string(0755));
  CHECK(row.at("package") == "NULL");
  CHECK(row.at("package_unknown") == "/var/lib/dpkg/info: there is no package database here");
  CHECK(row.at("fips_shown_by") == "file name");
}

TEST_CASE("a provider file is on record with the package that owns it, or that none does") {
  auto host = machine(kMac);
  host.files["/var/lib/dpkg/info/vendor-fips.list"] = kFolder + "/fips.so\n";
  host.files["/var/lib/dpkg/status"] = "Package: vendor-fips\nVersion: 1.2\n";
  host.files[kFolder + "/own.so"] = "own";
  Recording recording(host);
  probe_files(recording.recorder,
              probe_openssl_configuration(recording.recorder, {"/usr/lib/ssl", kFolder}));
  const auto rows = recording.rows("provider_file");
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].at("package") == "vendor-fips");
  CHECK(rows[0].at("package_version") == "1.2");
  CHECK(rows[1].at("package") == "NULL");
  CHECK(rows[1].at("package_unknown") == "NULL");
}

TEST_CASE("a file that the configuration names comes before one of the same name in the folder") {
  auto host = machine(kMac);
  host.files["/opt/fips.so"] = "other";
  host.files["/openssl.cnf"] += "module = /opt/fips.so\n";
  Recording recording(host);
  const auto files =
      probe_files(recording.recorder,
                  probe_openssl_configuration(recording.recorder, {"/usr/lib/ssl", kFolder}));
  REQUIRE(files.size() == 2);
  CHECK(files[0].module == "openssl:fips");
  CHECK(files[0].path == "/opt/fips.so");
  CHECK(files[1].module == "openssl:" + kFolder + "/fips.so");
}

TEST_CASE("a provider says by its contents that it is a FIPS provider") {
  FakeHost host;
  host.files = {{kFolder + "/vendor.so", "xx Vendor OpenSSL FIPS Provider xx"},
                {kFolder + "/legacy.so", "legacy"}};
  Recording recording(host);
  OpensslConfiguration configuration;
  configuration.modules_folder = kFolder;
  const auto files = probe_files(recording.recorder, configuration);
  REQUIRE(files.size() == 2);
  CHECK_FALSE(files[0].fips);
  CHECK(files[1].fips);
  CHECK(recording.rows("provider_file").at(1).at("fips_shown_by") == "contents");
  CHECK(recording.rows("provider_file").at(0).at("fips_shown_by") == "NULL");
}

TEST_CASE("a missing modules folder and a missing module are absent") {
  FakeHost host;
  host.files["/openssl.cnf"] = configuration_text(kMac) + "module = other.so\n";
  host.variables = {{"OPENSSL_CONF", "/openssl.cnf"}};
  Recording recording(host);
  probe_files(recording.recorder,
              probe_openssl_configuration(recording.recorder, {"/usr/lib/ssl", kFolder}));
  CHECK(recording.sources().at(kFolder).outcome == evidence::Outcome::absent);
  CHECK(recording.sources().at(kFolder + "/other.so").outcome == evidence::Outcome::absent);
  CHECK(recording.rows("provider_file").empty());
}

TEST_CASE("real FIPS modules match what openssl fipsinstall wrote for them") {
  const std::string state = targets() / "state", roots = targets() / "roots";
  const std::string modules = "/usr/lib/x86_64-linux-gnu/ossl-modules";
  if (!std::filesystem::exists(state + "/openssl35/openssl-fips.cnf")) {
    WARN("no real modules in " << targets() << ": set ASSAY_TARGETS");
    return;
  }
  for (const auto& [file, folder] : std::vector<std::pair<std::string, std::string>>{
           {state + "/openssl35/openssl-fips.cnf", roots + "/trixie" + modules},
           {state + "/openssl36/openssl-fips.cnf", roots + "/forky" + modules},
           {state + "/openssl30-fips30/openssl.cnf", state + "/openssl30-fips30"}}) {
    const auto rows = real_rows(file, folder, "module_integrity");
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].at("matches") == "1");
  }
  const auto tampered = state + "/openssl-fips-tampered";
  CHECK(real_rows(tampered + "/openssl.cnf", tampered, "module_integrity").at(0).at("matches") ==
        "0");
}
