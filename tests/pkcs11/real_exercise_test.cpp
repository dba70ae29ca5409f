// Real modules of Debian 13 and forky, set up by others (docs/testing.md); what is odd about each
// was found with programs of their own, as docs/pkcs11-modules.md says.
#include "tests/pkcs11/real_row.h"

namespace {

using Catch::Contains;
using Catch::StartsWith;
using tests::Checked;
using tests::RealDaemon;
using tests::RealSystem;
using tests::Row;
using tests::Texts;
namespace fs = std::filesystem;

// Tries the services of a real module on a copy of its store, logged in.
class Exercise {
 public:
  Exercise(const std::string& name, const std::string& pin, const std::string& token = {},
           const Texts& more = {})
      : row_(tests::real_row(name)), system_(row_.suite), daemon_(row_.daemon) {
    possible_ = tests::may_enter_roots() && tests::is_there(row_) && daemon_.is_up();
    if (!possible_) return;
    tests::prepare(system_, row_);
    if (name.starts_with("opencryptoki")) system_.cover("/var/lib/opencryptoki");
    tests::write(system_.shared() + "/pin", pin);
    fs::permissions(system_.shared() + "/pin", fs::perms(0600));
    Texts options = tests::options_of(row_);
    options.insert(options.end(),
                   {"--exercise", "--login", "--pin-file", system_.shared() + "/pin"});
    options.insert(options.end(), more.begin(), more.end());
    const std::string target =
        token.empty() ? row_.module : "pkcs11:token=" + token + "?module-path=" + row_.module;
    checked_ = system_.assay(target, options).check();
  }

  bool possible() const { return possible_; }
  const Checked& checked() const { return checked_; }

  std::string service(const std::string& id) const {
    return checked_.cell("SELECT DISTINCT outcome, result FROM pkcs11_service WHERE service = '" +
                         id + "'");
  }

  /// How many services ended like this.
  int count(const std::string& outcome) const {
    return std::stoi(
        checked_.cell("SELECT count(*) FROM pkcs11_service WHERE outcome = '" + outcome + "'"));
  }

  /// The findings of a rule that are no "unknown" of a token without a PIN.
  std::string finding(const std::string& rule) const {
    return checked_.finding(rule, checked_.cell("SELECT DISTINCT token FROM pkcs11_service"));
  }

  /// What holds of every token: nothing stays, and the login was tried once.
  void check_harmless() const {
    INFO(checked_.errors);
    CHECK(checked_.exit_code == 1);
    CHECK(checked_.all("error").empty());
    CHECK(checked_.left_behind.empty());
    CHECK(checked_.query("SELECT DISTINCT ending FROM probe_run WHERE probe IN"
                         " ('pkcs11', 'pkcs11-services')") == Texts{"finished"});
    CHECK(checked_.cell("SELECT count(DISTINCT objects) = count(DISTINCT token) FROM pkcs11_census"
                        " WHERE class = 'all'") == "1");
    CHECK(checked_.query("SELECT accepted FROM pkcs11_login WHERE tried = 1") == Texts{"1"});
    CHECK_THAT(finding("pkcs11-objects-unchanged"), StartsWith("pass"));
  }

 private:
  const Row& row_;
  RealSystem system_;
  RealDaemon daemon_;
  bool possible_ = false;
  Checked checked_;
};

const Texts kPostQuantum = {"keygen-ml-kem-512", "keygen-ml-kem-768", "keygen-ml-kem-1024",
                            "keygen-ml-dsa-44",  "keygen-ml-dsa-65",  "keygen-ml-dsa-87",
                            "sign-ml-dsa-44",    "sign-ml-dsa-65",    "sign-ml-dsa-87"};
const Texts kEncapsulation = {"kem-ml-kem-512", "kem-ml-kem-768", "kem-ml-kem-1024"};

void check_performed(const Exercise& exercise, const Texts& services) {
  for (const std::string& id : services) {
    INFO(id);
    CHECK(exercise.service(id) == "performed,");
  }
}

}  // namespace

TEST_CASE("SoftHSM2 does what it lists but DES, and refuses HMAC keys shorter than the digest") {
  const Exercise token("softhsm2", "1234");
  if (!token.possible()) return;
  token.check_harmless();
  check_performed(token, {"digest-sha2-256", "cipher-aes-256-cbc", "sign-rsa-2048-sha256"});
  CHECK(token.count("performed") > 70);
  CHECK(token.service("mac-hmac-sha2-384") == "refused,CKR_KEY_SIZE_RANGE");
  CHECK_THAT(token.finding("pkcs11-listed-works"), StartsWith("fail") && Contains("CKM_DES_CBC"));
  CHECK_THAT(token.finding("pkcs11-services-right"), StartsWith("pass"));
}

TEST_CASE("NSS in FIPS mode makes MD5 digests and DES keys, and approves of nothing") {
  const Exercise token("nss-trixie-fips", "assay-Pin-1234", "",
                       {"--pkcs11-entry", "FC_GetFunctionList"});
  if (!token.possible()) return;
  token.check_harmless();
  check_performed(token, {"digest-md5", "keygen-des", "cipher-aes-256-cbc"});
  CHECK(token.checked().query("SELECT DISTINCT indicator FROM pkcs11_service WHERE outcome ="
                              " 'performed'") == Texts{"not approved"});
  CHECK_THAT(token.finding("pkcs11-works-listed"), StartsWith("fail") && Contains("CKM_AES_GCM"));
}

TEST_CASE("NSS of forky does ML-KEM and ML-DSA") {
  const Exercise token("nss-forky", "assay-Pin-1234", "NSS%20Certificate%20DB");
  if (!token.possible()) return;
  token.check_harmless();
  check_performed(token, kPostQuantum);
  check_performed(token, kEncapsulation);
}

TEST_CASE("openCryptoki of forky does ML-KEM and ML-DSA, and says too long for CFB and OFB") {
  const Exercise token("opencryptoki-forky", "01234567");
  if (!token.possible()) return;
  token.check_harmless();
  check_performed(token, kPostQuantum);
  check_performed(token, kEncapsulation);
  CHECK(token.checked().query("SELECT mechanism_name FROM pkcs11_service WHERE wrong = 1") ==
        Texts{"CKM_AES_CFB128", "CKM_AES_OFB"});
  CHECK_THAT(token.finding("pkcs11-services-right"), StartsWith("fail"));
}

TEST_CASE("FreeHSM makes session objects that end with it, and lists what it has no function for") {
  const Exercise token("freehsm-fips", "123456");
  if (!token.possible()) return;
  token.check_harmless();
  check_performed(token, kPostQuantum);
  CHECK_THAT(token.finding("pkcs11-listed-works"),
             StartsWith("fail") && Contains("CKM_ML_KEM (C_EncapsulateKey"));
  CHECK_THAT(token.finding("pkcs11-works-listed"),
             StartsWith("fail") && Contains("CKM_SHA256_RSA_PKCS"));
}

TEST_CASE("tpm2-pkcs11 on a software TPM makes no keys in a session that only reads") {
  const Exercise token("tpm2-pkcs11", "123456", "assay");
  if (!token.possible()) return;
  token.check_harmless();
  check_performed(token, {"digest-sha2-256", "random-token"});
  CHECK(token.count("performed") >= 5);
  CHECK_THAT(token.finding("pkcs11-listed-works"),
             StartsWith("fail") && Contains("CKM_AES_KEY_GEN"));
}
