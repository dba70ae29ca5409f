// Expected behaviour: what `openssl list -providers` of OpenSSL 3.0.22, 3.5.9 and 3.6.5 does with
// the same configurations; the last test asks the openssl of this machine.
#include "evidence/probes/openssl_configuration.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/catch.h"
#include "tests/probes/fake_host.h"
#include "tests/probes/recording.h"

using evidence::Outcome;
using evidence::probes::OpensslConfiguration;
using evidence::probes::probe_openssl_configuration;
using tests::FakeHost;
using tests::Recording;

namespace {

const evidence::probes::LibraryFacts kLibrary = {"/usr/lib/ssl", "/usr/lib/ossl-modules"};
const std::string kFile = "/usr/lib/ssl/openssl.cnf";
const std::string kGood =
    "openssl_conf = i\n.include /etc/fipsmodule.cnf\n[i]\nproviders = p\nalg_section = a\n"
    "[p]\nfips = fips_sect\nbase = b\n[b]\nactivate = 1\n[a]\ndefault_properties = fips=yes\n";
const std::string kModule = "[fips_sect]\nactivate = 1\nmodule-mac = 00:FF\n";

FakeHost machine(const std::string& text) {
  FakeHost host;
  host.files = {{kFile, text}, {"/etc/fipsmodule.cnf", kModule}};
  return host;
}

// The problems of a configuration as "line silent fips problem".
std::vector<std::string> problems(const FakeHost& host) {
  Recording recording(host);
  probe_openssl_configuration(recording.recorder, kLibrary);
  std::vector<std::string> result;
  for (const auto& row : recording.rows("openssl_configuration_problem"))
    result.push_back(row.at("line") + " " + row.at("silent") + " " + row.at("concerns_fips") + " " +
                     row.at("problem"));
  return result;
}

std::string only_problem(const std::string& text) {
  const auto found = problems(machine(text));
  REQUIRE(found.size() == 1);
  return found[0];
}

}  // namespace

TEST_CASE("a good FIPS configuration has no problem, and all of it is on record") {
  const auto host = machine(kGood);
  Recording good(host);
  const auto configuration = probe_openssl_configuration(good.recorder, kLibrary);
  CHECK(good.rows("openssl_configuration_problem").empty());
  const auto row = good.rows("openssl_configuration").at(0);
  CHECK(row.at("file") == kFile);
  CHECK(row.at("chosen_by") == "OPENSSLDIR");
  CHECK(row.at("modules_folder") == "/usr/lib/ossl-modules");
  CHECK(row.at("modules_chosen_by") == "MODULESDIR");
  CHECK(row.at("init_section") == "i");
  CHECK(row.at("provider_section") == "p");
  CHECK(row.at("default_properties") == "fips=yes");
  CHECK(row.at("default_properties_line") == "12");
  CHECK(row.at("config_diagnostics") == "0");
  REQUIRE(configuration.find("fips") != nullptr);
  CHECK(configuration.find("fips")->find("module-mac")->file == "/etc/fipsmodule.cnf");
  CHECK(configuration.find("fips")->find("module-mac")->line == 3);
}

TEST_CASE("every setting is on record with its file and line") {
  const auto host = machine(kGood);
  Recording recording(host);
  probe_openssl_configuration(recording.recorder, kLibrary);
  const auto rows = recording.rows("openssl_setting");
  REQUIRE(rows.size() == 9);
  CHECK(rows[1].at("file") == "/etc/fipsmodule.cnf");
  CHECK(rows[1].at("section") == "fips_sect");
  CHECK(rows[1].at("name") == "activate");
  CHECK(rows[1].at("line") == "2");
  CHECK(rows[8].at("position") == "9");
}

TEST_CASE("the environment chooses the file and the modules folder") {
  auto host = machine(kGood);
  host.files["/x.cnf"] = "a = 1\n";
  host.variables = {{"OPENSSL_CONF", "/x.cnf"}, {"OPENSSL_MODULES", "/m"}};
  Recording recording(host);
  probe_openssl_configuration(recording.recorder, kLibrary);
  const auto row = recording.rows("openssl_configuration").at(0);
  CHECK(row.at("file") == "/x.cnf");
  CHECK(row.at("chosen_by") == "OPENSSL_CONF");
  CHECK(row.at("modules_folder") == "/m");
  CHECK(row.at("modules_chosen_by") == "OPENSSL_MODULES");
}

TEST_CASE("a missing configuration is absent, and a silent problem") {
  FakeHost host;
  Recording recording(host);
  probe_openssl_configuration(recording.recorder, kLibrary);
  CHECK(recording.sources().at(kFile).outcome == Outcome::absent);
  CHECK(recording.rows("openssl_configuration_problem").at(0).at("silent") == "1");
}

TEST_CASE("an unreadable configuration is unreadable, and says nothing") {
  FakeHost host;
  host.refused[kFile] = "permission denied";
  Recording recording(host);
  probe_openssl_configuration(recording.recorder, kLibrary);
  CHECK(recording.sources().at(kFile).outcome == Outcome::unreadable);
  CHECK(recording.sources().at(kFile).reason == "permission denied");
  CHECK(recording.rows("openssl_configuration").empty());
}

TEST_CASE("a configuration that OpenSSL drops is unreadable with its line") {
  const auto host = machine("openssl_conf = i\nfips fips\n");
  Recording recording(host);
  const auto configuration = probe_openssl_configuration(recording.recorder, kLibrary);
  REQUIRE(configuration.error);
  CHECK(recording.sources().at(kFile).outcome == Outcome::unreadable);
  CHECK(recording.rows("openssl_configuration_problem").at(0).at("line") == "2");
  CHECK(recording.rows("openssl_configuration_problem").at(0).at("concerns_fips") == "1");
}

TEST_CASE("a missing fipsmodule.cnf is passed over in silence and takes the rest with it") {
  auto host = machine(kGood);
  host.files.erase("/etc/fipsmodule.cnf");
  const auto found = problems(host);
  REQUIRE(found.size() == 2);
  CHECK(found[0] ==
        "2 1 1 the included \"/etc/fipsmodule.cnf\" does not exist: OpenSSL passes over it");
  CHECK(
      found[1] ==
      "7 1 1 the provider \"fips\" points to \"fips_sect\", and there is no such section; OpenSSL "
      "leaves out this and all that follows");
}

TEST_CASE("an unreadable fipsmodule.cnf is an unreadable source with its reason") {
  auto host = machine(kGood);
  host.files.erase("/etc/fipsmodule.cnf");
  host.refused["/etc/fipsmodule.cnf"] = "larger than 16 MiB";
  Recording recording(host);
  probe_openssl_configuration(recording.recorder, kLibrary);
  CHECK(recording.sources().at("/etc/fipsmodule.cnf").outcome == Outcome::unreadable);
  CHECK(recording.sources().at("/etc/fipsmodule.cnf").reason == "larger than 16 MiB");
}

TEST_CASE("with config_diagnostics a missing section is not silent") {
  CHECK(only_problem("config_diagnostics = 1\nopenssl_conf = i\n").substr(0, 4) == "2 0 ");
  CHECK(only_problem("config_diagnostics = 0\nopenssl_conf = i\n").substr(0, 4) == "2 1 ");
  CHECK(only_problem("config_diagnostics = yes\nopenssl_conf = i\n").substr(0, 4) == "2 1 ");
}

TEST_CASE("a file without openssl_conf configures nothing") {
  CHECK(only_problem("[fips_sect]\nmodule-mac = 00\n").substr(0, 9) == "NULL 1 1 ");
}

TEST_CASE("an unknown module stops OpenSSL before the providers that follow") {
  const auto host =
      machine("openssl_conf = i\n[i]\nwobble = x\nproviders = p\n[p]\nfips = f\n[f]\n");
  Recording recording(host);
  const auto configuration = probe_openssl_configuration(recording.recorder, kLibrary);
  CHECK_FALSE(configuration.find("fips")->reached);
  CHECK(recording.rows("openssl_configuration_problem").at(0).at("concerns_fips") == "1");
}

TEST_CASE("the words of activate that OpenSSL versions read differently are problems") {
  const std::string start =
      "openssl_conf = i\n[i]\nproviders = p\n[p]\ndefault = d\n[d]\nactivate = ";
  CHECK(problems(machine(start + "yes\n")).empty());
  CHECK(problems(machine(start + "0\n")).at(0).find("takes for yes and 3.5 for no") !=
        std::string::npos);
  CHECK(problems(machine(start + "maybe\n")).at(0).find("3.5 leaves out") != std::string::npos);
}

TEST_CASE("a FIPS section without activate or module-mac is a silent problem of FIPS") {
  const std::string start = "openssl_conf = i\n[i]\nproviders = p\n[p]\nfips = f\n[f]\n";
  CHECK(only_problem(start) ==
        "5 1 1 the section \"f\" of the provider \"fips\" is empty: the provider is not activated");
  CHECK(only_problem(start + "module-mac = 00\n").find("has no activate") != std::string::npos);
  CHECK(problems(machine(start + "activate = 1\n")).at(0).find("no module-mac") !=
        std::string::npos);
  CHECK(problems(machine(start + "activate = 1\nmodule-mac = soon\n")).at(0).find("hexadecimal") !=
        std::string::npos);
}

TEST_CASE("without a FIPS and a default provider there are no algorithms") {
  CHECK(only_problem("openssl_conf = i\n[i]\nproviders = p\n[p]\nbase = b\n[b]\nactivate = 1\n")
            .find("there are no algorithms") != std::string::npos);
}

TEST_CASE("what is no property query is told from what is one") {
  for (const char* query : {"", "fips", "fips = yes , ?a.b=c", "fips='x y'", "-fips", "?fips=yes",
                            "fips!=no", "fips=a-b", "a=0x1F", "a=-5"})
    CHECK(evidence::probes::is_property_query(query));
  for (const char* query :
       {"fips=", "=yes", "fips=yes,", "fips=yes x", "1a=b", "a=12x", "a='x','b'", "fips==yes"})
    CHECK_FALSE(evidence::probes::is_property_query(query));
}

TEST_CASE("what is called silent is what the openssl of this machine passes over in silence") {
  if (std::system("openssl version 2>/dev/null | grep -q '^OpenSSL 3'") != 0) {
    WARN("no OpenSSL 3 program here");
    return;
  }
  const std::string diagnosed = "config_diagnostics = 1\nopenssl_conf = i\n";
  const std::string base = "[p]\nbase = b\n[b]\nactivate = 1\n";
  const std::vector<std::string> configurations = {
      diagnosed + ".include /does/not/exist.cnf\n[i]\nproviders = p\n" + base,
      diagnosed + "garbage\n[i]\n",
      diagnosed,
      diagnosed + "[i]\nproviders = p\n",
      diagnosed + "[i]\nproviders = p\n[p]\nfips = nowhere\n",
      diagnosed + "[i]\nprov.1 = p\n" + base,
      diagnosed + "[i]\nwobble = x\n",
      diagnosed + "[i]\nssl_conf = nowhere\n",
      diagnosed + "[i]\noid_section = nowhere\n",
      diagnosed + "[i]\nalg_section = a\n[a]\ndefault_properties = fips==yes\n",
      diagnosed + "[i]\nalg_section = a\n[a]\nother = 1\n",
      diagnosed + "[i]\nalg_section = a\nproviders = p\n[a]\nfips_mode = yes\n" + base,
      diagnosed +
          "[i]\nproviders = p\n[p]\nfips = f\nbase = b\n[f]\nactivate = 1\nmodule-mac = 00\n"
          "[b]\nactivate = 1\n",
      "openssl_conf = i\n[i]\nproviders = p\n[p]\nfips = nowhere\n",
  };
  const auto file = std::filesystem::path(ASSAY_BINARY_DIR) / "silent_test.cnf";
  for (const std::string& text : configurations) {
    std::ofstream(file) << text;
    const bool silent =
        std::system(("OPENSSL_CONF=" + file.string() + " openssl list -providers >/dev/null 2>&1")
                        .c_str()) == 0;
    const base::SystemHost host({}, {{"OPENSSL_CONF", file.string()}});
    Recording recording(host);
    probe_openssl_configuration(recording.recorder, kLibrary);
    bool said = true;
    for (const auto& row : recording.rows("openssl_configuration_problem"))
      said = said && row.at("silent") == "1";
    INFO(text);
    CHECK(said == silent);
  }
  std::filesystem::remove(file);
}
