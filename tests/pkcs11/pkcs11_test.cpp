// The module here is ours (tests/pkcs11/fake_module.c); what it answers is written down there.
#include "tests/catch.h"
#include "tests/pkcs11/fake_module.h"

namespace {

using tests::check;
using tests::check_unharmed;
using tests::Checked;
using tests::kFakeModule;
using tests::Texts;

const std::string kModule = kFakeModule;
const std::string kKey = "pkcs11:" + kModule;
const std::string kToken = "pkcs11:token=A%20label;serial=0042";

std::string oddities(const Checked& checked) {
  std::string all;
  for (const std::string& line : checked.query("SELECT call, oddity FROM pkcs11_oddity"))
    all += line + "\n";
  return all;
}

bool passes(const std::string& finding) { return finding.starts_with("pass"); }

}  // namespace

TEST_CASE("a well-behaved module is on record with slots, token and mechanisms") {
  const Checked checked = check("");
  INFO(checked.all("error"));
  CHECK(checked.cell("SELECT description, manufacturer, library_version, cryptoki_version,"
                     " function_list_version, initialized FROM pkcs11_library") ==
        "Fake module,Assay,1.7,2.40,2.40,1");
  CHECK(checked.query("SELECT slot, token_flagged, token_listed, firmware_version FROM pkcs11_slot"
                      " ORDER BY slot") == Texts{"5,1,1,1.2", "6,0,0,1.2"});
  CHECK(checked.cell("SELECT token, slot, label, manufacturer, model, serial, hardware_version,"
                     " firmware_version FROM pkcs11_token") ==
        kToken + ",5,A label,Assay,Fake,0042,2.10,3.4");
  CHECK(checked.cell("SELECT max_sessions, sessions, total_public_memory, free_public_memory,"
                     " min_pin_length, max_pin_length, login_required, clock FROM pkcs11_token") ==
        ",0,,4096,4,64,1,");
  CHECK(checked.query("SELECT mechanism, name, vendor_defined FROM pkcs11_mechanism"
                      " ORDER BY position") ==
        Texts{"0x00000250,CKM_SHA256,0", "0x00000210,CKM_MD5,0", "0x80000001,,1"});
  CHECK(oddities(checked).empty());
  CHECK(checked.rung(kKey, "present") == "pass");
  CHECK(checked.rung(kKey, "certificate") == "unknown");
  CHECK_THAT(checked.finding("pkcs11-approved-mechanisms"),
             Catch::Contains("fail: 1 mechanisms") && Catch::Contains("CKM_MD5"));
}

TEST_CASE("the report of a PKCS#11 module has its tokens and mechanisms") {
  const std::string report = check("").report().dump();
  for (const char* words : {"PKCS#11 tokens", "PKCS#11 mechanisms", "CKM_SHA256", "A label"})
    CHECK_THAT(report, Catch::Contains(words));
}

TEST_CASE("a look at a PKCS#11 module does not look at OpenSSL and tries nothing") {
  const Checked checked = check("");
  CHECK(checked.cell("SELECT count(*) FROM source WHERE probe LIKE 'openssl%'") == "0");
  CHECK(checked.cell("SELECT exercised FROM run") == "0");
  CHECK(checked
            .query("SELECT name FROM step WHERE name LIKE '%Session%' OR name LIKE '%Login%' OR"
                   " name LIKE '%Random%' OR name LIKE '%Object%'")
            .empty());
}

TEST_CASE("a module that ends its process is on record by the call that did it") {
  const auto [misbehaviour, ending, step] = GENERATE(table<std::string, std::string, std::string>({
      {"initialize crashes", "signalled,11", "C_Initialize"},
      {"slot list hangs", "timed out,0", "C_GetSlotList(with token)"},
      {"token info exits", "exited,3", "C_GetTokenInfo(slot 5)"},
      {"one mechanism crashes", "signalled,6", "C_GetMechanismInfo(slot 5, 0x00000210)"},
  }));
  INFO(misbehaviour);
  const Checked checked = check(misbehaviour);
  check_unharmed(checked);
  CHECK(checked.cell("SELECT ending, code FROM probe_run WHERE probe = 'pkcs11'") == ending);
  CHECK(checked.cell("SELECT last_step = '" + step + "' FROM probe_run WHERE probe = 'pkcs11'") ==
        "1");
  CHECK_THAT(checked.finding("pkcs11-behaves"), Catch::Contains("fail") && Catch::Contains(step));
}

TEST_CASE("a crash in C_Initialize leaves no question answered with pass that needs it") {
  const Checked checked = check("initialize crashes");
  for (const char* rule : {"pkcs11-initialises", "pkcs11-well-formed", "pkcs11-token-present",
                           "pkcs11-versions-agree", "pkcs11-presence-agrees"}) {
    INFO(rule);
    CHECK_FALSE(passes(checked.finding(rule)));
  }
}

TEST_CASE("a mechanism that crashes costs only what it would have told") {
  const Checked checked = check("one mechanism crashes");
  CHECK(checked.query("SELECT mechanism, info_result FROM pkcs11_mechanism ORDER BY position") ==
        Texts{"0x00000250,CKR_OK", "0x00000210,", "0x80000001,CKR_OK"});
  CHECK_FALSE(passes(checked.finding("pkcs11-mechanisms-sense")));
}

TEST_CASE("a module that fails to initialise is on record with what it returned") {
  const Checked checked = check("initialize fails");
  check_unharmed(checked);
  CHECK(checked.cell("SELECT error FROM pkcs11_library") ==
        "C_Initialize returned CKR_FIPS_SELF_TEST_FAILED");
  CHECK(checked.rung(kKey, "present") == "fail");
}

TEST_CASE("text for C_Initialize reaches the module") {
  CHECK(check("initialize wants text").cell("SELECT error FROM pkcs11_library") ==
        "C_Initialize returned CKR_ARGUMENTS_BAD");
  const Checked checked =
      check("initialize wants text", kModule, {"--pkcs11-init-args", "open sesame"});
  CHECK(checked.cell("SELECT initialized FROM pkcs11_library") == "1");
  CHECK(checked.cell("SELECT init_args FROM pkcs11_module") == "1");
}

TEST_CASE("a variable that is named for the module reaches it and nobody else's is lost") {
  const Checked checked = check("", kModule, {"--pkcs11-env", "ASSAY_FAKE=initialize fails"});
  CHECK(checked.cell("SELECT initialized FROM pkcs11_library") == "0");
  CHECK(check("", kModule, {"--pkcs11-env", "=x"}).exit_code == 2);
}

TEST_CASE("a count that lies is on record, and no value is made up for it") {
  const Checked checked = check("slot count lies");
  check_unharmed(checked);
  CHECK(checked.query("SELECT slot FROM pkcs11_slot") == Texts{"5"});
  CHECK_THAT(oddities(checked), Catch::Contains("the count was 2 when asked for it and "
                                                "4611686018427387904 when the values were given") &&
                                    Catch::Contains("were never written"));
}

TEST_CASE("a mechanism count that changes between the calls is on record") {
  const auto [misbehaviour, count, oddity] = GENERATE(table<std::string, std::string, std::string>({
      {"mechanism count shrinks", "2", "the count was 3 when asked for it and 2"},
      {"mechanism count is absurd", "3", "the count was no count at all when asked"},
  }));
  INFO(misbehaviour);
  const Checked checked = check(misbehaviour);
  check_unharmed(checked);
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_mechanism") == count);
  CHECK_THAT(oddities(checked), Catch::Contains(oddity));
  CHECK_THAT(checked.finding("pkcs11-well-formed"), Catch::Contains("fail"));
}

TEST_CASE("texts that are no text become printable text and are on record as odd") {
  const Checked checked = check("garbage strings");
  check_unharmed(checked);
  CHECK(checked.cell("SELECT description FROM pkcs11_library") == "ends");
  CHECK_THAT(oddities(checked), Catch::Contains("manufacturerID is no printable UTF-8 text") &&
                                    Catch::Contains("libraryDescription holds a NUL byte"));
}

TEST_CASE("PIN flags and key sizes that make no sense are findings") {
  CHECK_THAT(check("pin trouble").finding("pkcs11-pin-tries", kToken),
             Catch::Contains("fail: The PIN of the user is locked."));
  CHECK_THAT(check("pin trouble").finding("pkcs11-so-pin-changed", kToken),
             Catch::Contains("fail: "));
  CHECK_THAT(check("key sizes lie").finding("pkcs11-mechanisms-sense", kToken),
             Catch::Contains("the smallest key size, 256, is over the largest, 128"));
  CHECK_THAT(check("key sizes lie").finding("pkcs11-hardware-claims", kToken),
             Catch::Contains("3 mechanisms claim to be performed by hardware"));
}

TEST_CASE("what a module prints is an artifact and a finding, never part of the report") {
  const Checked checked = check("initialize prints");
  CHECK(checked.cell("SELECT content FROM artifact WHERE name = 'pkcs11.stdout'") != "0 rows");
  CHECK_THAT(checked.finding("pkcs11-prints-nothing"), Catch::Contains("fail: It printed 22"));
}

TEST_CASE("a module without functions and a library that is no module are on record") {
  const Checked bare = check("no functions");
  check_unharmed(bare);
  CHECK_THAT(bare.cell("SELECT error FROM pkcs11_library"), Catch::Contains("no C_Initialize"));
  const std::string other = ASSAY_BINARY_DIR "/tests/hostile/fips.so";
  CHECK_THAT(check("", other).cell("SELECT error FROM pkcs11_library"),
             Catch::Contains("it is no PKCS #11 module"));
  const Checked missing = check("", "/no/such/module.so");
  CHECK(missing.rung("pkcs11:/no/such/module.so", "present") == "fail");
}

TEST_CASE("a module without slots has no token, which is a finding") {
  CHECK_THAT(check("no slots").finding("pkcs11-token-present"), Catch::Contains("fail"));
}

TEST_CASE("a URI chooses the token, and one that fits none finds none") {
  const auto uri = [](const std::string& path) {
    return "pkcs11:" + path + "?module-path=" + kModule;
  };
  CHECK(check("", uri("token=A%20label;slot-id=5")).cell("SELECT count(*) FROM pkcs11_token") ==
        "1");
  const Checked none = check("", uri("token=Another"));
  CHECK(none.cell("SELECT count(*) FROM pkcs11_token") == "0");
  CHECK(none.cell("SELECT count(*) FROM pkcs11_slot") == "2");
  CHECK_THAT(none.finding("pkcs11-token-present"),
             Catch::Contains("fail") && Catch::Contains("token"));
  CHECK(none.exit_code == 1);
}

TEST_CASE("a PIN in the URI is refused and not repeated") {
  const Checked checked = check("", "pkcs11:?module-path=" + kModule + "&pin-value=secret1");
  CHECK(checked.exit_code == 2);
  CHECK_THAT(checked.errors,
             Catch::Contains("pin-value is refused") && !Catch::Contains("secret1"));
}
