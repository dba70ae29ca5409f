// Real modules of Debian 12 and 13, set up by others (docs/testing.md); what each is, its packages
// say.
#include "tests/traps/fixture.h"

namespace {

using Catch::Contains;
using Catch::StartsWith;
using tests::Checked;
using tests::has_target;
using tests::Texts;
namespace fs = std::filesystem;

const std::string kLibraries = "/usr/lib/x86_64-linux-gnu";
const std::string kTrixie = "roots/trixie";

// Softoken without any database of its own: nothing is written.
const std::string kNoDatabase =
    "configdir='' certPrefix='' keyPrefix='' secmod='' "
    "flags=readOnly,noCertDB,noModDB,forceOpen,optimizeSpace";

Checked check(const Texts& options, const Texts& environment = {}) {
  tests::Assay assay;
  assay.options = options;
  assay.environment = environment;
  return assay.check();
}

Checked check_trixie(const std::string& module, const Texts& options = {}) {
  Texts words = {"--root", tests::targets() + "/" + kTrixie, kLibraries + "/" + module};
  words.insert(words.end(), options.begin(), options.end());
  return check(words);
}

std::string run_of(const Checked& checked) {
  return checked.cell("SELECT ending, last_step, restarts FROM probe_run WHERE probe = 'pkcs11'");
}

std::string library_of(const Checked& checked) {
  return checked.cell("SELECT description, library_version, initialized FROM pkcs11_library");
}

// A small system of Debian 13 with SoftHSM2 and nothing else, so that its token folder is ours.
void copy_softhsm(const std::string& from, const std::string& to) {
  fs::create_directories(to + kLibraries);
  for (const auto& entry : fs::directory_iterator(from + kLibraries)) {
    const std::string name = entry.path().filename();
    for (const char* wanted :
         {"libc.so", "libm.so", "libdl.so", "libpthread.so", "ld-linux", "libcrypto.so", "libz.so",
          "libzstd.so", "libstdc++.so", "libgcc_s.so", "libsqlite3.so", "softhsm"})
      if (name.starts_with(wanted))
        fs::copy(entry.path(), to + kLibraries + "/" + name,
                 fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  }
  fs::create_directories(to + "/usr/lib64");
  fs::create_symlink(kLibraries + "/ld-linux-x86-64.so.2", to + "/usr/lib64/ld-linux-x86-64.so.2");
  fs::create_symlink("usr/lib", to + "/lib");
  fs::create_symlink("/usr/lib64", to + "/lib64");
  fs::create_directories(to + "/tokens");
  tests::write(to + "/etc/softhsm/softhsm2.conf",
               "directories.tokendir = /tokens\nobjectstore.backend = file\n");
}

}  // namespace

TEST_CASE("SoftHSM2 shows its token by label and serial number, and every mechanism") {
  const std::string module = "roots/bookworm" + kLibraries + "/softhsm/libsofthsm2.so";
  const std::string configuration = "state/softhsm2-bookworm/softhsm2.conf";
  if (!has_target(module) || !has_target(configuration)) return;
  const Checked checked = check({tests::targets() + "/" + module},
                                {"SOFTHSM2_CONF=" + tests::targets() + "/" + configuration});
  CHECK(library_of(checked) == "Implementation of PKCS11,2.6,1");
  CHECK(run_of(checked) == "finished,,0");
  CHECK_THAT(checked.cell("SELECT token FROM pkcs11_token WHERE label = 'assay'"),
             StartsWith("pkcs11:token=assay;serial="));
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_mechanism WHERE token LIKE '%token=assay%'") ==
        "70");
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_mechanism WHERE info_result <> 'CKR_OK'") == "0");
  const std::string token = checked.cell("SELECT token FROM pkcs11_token WHERE label = 'assay'");
  CHECK_THAT(checked.finding("pkcs11-token-initialised", token), StartsWith("pass"));
  CHECK_THAT(checked.finding("pkcs11-pin-tries", "pkcs11:slot-id=1"), StartsWith("notapplicable"));
}

TEST_CASE("SoftHSM2 of another system sees that system's files") {
  if (!has_target(kTrixie + kLibraries + "/softhsm/libsofthsm2.so")) return;
  const base::TemporaryFolder root;
  copy_softhsm(tests::targets() + "/" + kTrixie, root.path());
  const Checked checked = check(
      {"--root", root.path(), "pkcs11:module-path=" + kLibraries + "/softhsm/libsofthsm2.so"});
  INFO(checked.errors);
  CHECK(library_of(checked) == "Implementation of PKCS11,2.6,1");
  CHECK(checked.cell("SELECT initialized FROM pkcs11_token") == "0");
  CHECK(checked.cell("SELECT module FROM pkcs11_token") ==
        "pkcs11:" + kLibraries + "/softhsm/libsofthsm2.so");
  CHECK(fs::is_empty(root.path() + "/tokens"));
}

TEST_CASE("NSS softoken works without any configuration, and what it was given is on record") {
  const std::string folder = "roots/bookworm" + kLibraries;
  if (!has_target(folder + "/libsoftokn3.so")) return;
  const std::string libraries = tests::targets() + "/" + folder;
  const Checked checked =
      check({libraries + "/libsoftokn3.so"}, {"LD_LIBRARY_PATH=" + libraries, "NSS_FIPS=0"});
  CHECK_THAT(checked.finding("pkcs11-initialises"), StartsWith("pass"));
  CHECK_THAT(checked.cell("SELECT oddity FROM pkcs11_oddity WHERE call = 'C_Initialize'"),
             Contains("it was given the text for no databases"));
}

TEST_CASE("NSS softoken lists its mechanisms and the versions of its interface") {
  if (!has_target(kTrixie + kLibraries + "/libsoftokn3.so")) return;
  const Checked checked = check_trixie("libsoftokn3.so", {"--pkcs11-init-args", kNoDatabase});
  CHECK_THAT(library_of(checked), StartsWith("NSS Internal Crypto Services,3."));
  CHECK(run_of(checked) == "finished,,0");
  CHECK(checked.query("SELECT version FROM pkcs11_interface WHERE name = 'PKCS 11'") ==
        Texts{"3.0", "2.40"});
  CHECK(checked.cell("SELECT count(*) > 200 FROM pkcs11_mechanism WHERE token LIKE '%Generic%'") ==
        "1");
  CHECK(checked.cell("SELECT count(*) > 0 FROM pkcs11_mechanism WHERE vendor_defined = 1") == "1");
  CHECK_THAT(checked.finding("pkcs11-approved-mechanisms"), Contains("CKM_MD5"));
}

TEST_CASE("p11-kit's trust module has a token and no mechanism") {
  if (!has_target(kTrixie + kLibraries + "/pkcs11/p11-kit-trust.so")) return;
  const Checked checked = check_trixie("pkcs11/p11-kit-trust.so");
  CHECK_THAT(library_of(checked), StartsWith("PKCS#11 Kit Trust Module,0."));
  CHECK(checked.cell("SELECT label FROM pkcs11_token") == "System Trust");
  CHECK_THAT(checked.finding("pkcs11-approved-mechanisms"), StartsWith("unknown"));
}

TEST_CASE("OpenSC without a reader is a finding, not a failure of the probe") {
  if (!has_target(kTrixie + kLibraries + "/pkcs11/opensc-pkcs11.so")) return;
  const Checked checked = check_trixie("pkcs11/opensc-pkcs11.so");
  CHECK_THAT(library_of(checked), StartsWith("OpenSC smartcard framework,0."));
  CHECK(run_of(checked) == "finished,,0");
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_token") == "0");
  CHECK_THAT(checked.finding("pkcs11-token-present"), StartsWith("fail"));
}

TEST_CASE("YubiHSM's module without a device says why it does not start") {
  if (!has_target(kTrixie + kLibraries + "/pkcs11/yubihsm_pkcs11.so")) return;
  const Checked checked = check_trixie("pkcs11/yubihsm_pkcs11.so");
  CHECK_THAT(checked.cell("SELECT error FROM pkcs11_library"), StartsWith("C_Initialize returned"));
  CHECK_THAT(checked.finding("pkcs11-token-present"), !StartsWith("pass"));
}

TEST_CASE("pkcs11-spy with nothing behind it prints, and what it prints is kept") {
  if (!has_target(kTrixie + kLibraries + "/pkcs11/pkcs11-spy.so")) return;
  const Checked checked = check_trixie("pkcs11/pkcs11-spy.so");
  CHECK(checked.cell("SELECT error FROM pkcs11_library") ==
        "C_GetFunctionList returned CKR_DEVICE_ERROR");
  CHECK_THAT(checked.finding("pkcs11-prints-nothing"), StartsWith("fail"));
}

TEST_CASE("pkcs11-spy shows the module behind it") {
  if (!has_target(kTrixie + kLibraries + "/pkcs11/pkcs11-spy.so")) return;
  const Checked checked =
      check_trixie("pkcs11/pkcs11-spy.so",
                   {"--pkcs11-env", "PKCS11SPY=" + kLibraries + "/pkcs11/p11-kit-trust.so"});
  INFO(checked.all("fail"));
  CHECK_THAT(library_of(checked), StartsWith("PKCS#11 Kit Trust Module,0."));
  CHECK_THAT(checked.finding("pkcs11-prints-nothing"), StartsWith("fail"));
}
