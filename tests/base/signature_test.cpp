// Keys and signatures were made with OpenSSL's own tool (openssl genpkey, pkeyutl, dgst); the
// Ed25519 case is TEST 2 of RFC 8032, section 7.1.
#include "evidence/base/signature.h"

#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "tests/catch.h"

namespace {

constexpr const char* kEd25519 =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=\n"
    "-----END PUBLIC KEY-----\n";
constexpr const char* kP256 =
    "-----BEGIN PUBLIC KEY-----\n"
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE7D7UmVsaYZAI+OUwUwc0GMQxpdpE\n"
    "Hza5Per7Dw70aoxN2zLpWBeBCMA0sQRcZtgEVMAWxqdItfX/oLRBt/+2mw==\n"
    "-----END PUBLIC KEY-----\n";
constexpr const char* kP384 =
    "-----BEGIN PUBLIC KEY-----\n"
    "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEfYsAQrgXavA+Qf9bBnMgECtANZJCRXI7\n"
    "yqCl0DqEZtj+wwSyAoKlVNr69+2t4hpgnAo7s9mlS7TP6Flg48sEqBIWIdDs8Q8G\n"
    "HJva7hKwWx6r9BvqWGTZDLbSmNtI4krF\n"
    "-----END PUBLIC KEY-----\n";
constexpr const char* kRsa =
    "-----BEGIN PUBLIC KEY-----\n"
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAzxDyf3w+qVBw+3GLUrpn\n"
    "kSgKQNnuYILQtTXSNQITqLJzfEIoe6mtco9OvpJkZMEUo8PhoHIOPff/eA6qusQs\n"
    "GO1x7H9p1/2Q7MzurSI/YqKkJcymnxi3yhwTLAmCUYeEGNY3Ud6kFPDyEZcsWQ0y\n"
    "bFugab0PoYG1HWkVyIBJlVw4e+kOcRGm3nSljYsEg3cKJ7tyAlX5y9IY95Eko0QX\n"
    "KORztJlw0eF1g5qQskAQ1OjD8xPtwSFlw3FMDxtUKjmdQIfXNjXZx415+CuLmosj\n"
    "N5IlunvJ6gHlalWKqKCdfgBIGKbNBXT5OwKoSytrsBJNbzuPsd99Jp/DRrCO2eZi\n"
    "dwIDAQAB\n"
    "-----END PUBLIC KEY-----\n";
constexpr const char* kP256Signature =
    "304402205ab2fb112c3c56719df0761f1271c760f6229ba6864f47f703a36f0cc3a0f77302207efe"
    "994e583a40cb7031879853e3f0bd90284dc77974e1908f22ab1c8b4c5f9d";
constexpr const char* kP384Signature =
    "30660231009293ced19b13c8ce556b1ef21edb5db1cccbcd059a193ff38f0d98f71526a6b2dd2000"
    "6a22a5578e737fc087b377fb8e023100ef5fecde7e60bff8fcb446ce7ac717f4becd7354dd845e62"
    "66615f1c5d2029f4ad32cd97efab55d10b887077121b0c38";

std::string bytes(const char* hex) { return base::from_hex(hex).value(); }

}  // namespace

TEST_CASE("a signature of RFC 8032 verifies, and no other message, signature or key") {
  const auto key = base::read_public_key(kEd25519, "key.pem");
  CHECK(key.algorithm == "Ed25519");
  CHECK(key.fingerprint == "deb2ded39dc26fce0e6085b6fc34bf6b5941913bbfe2ea614113cff9e004c170");
  const std::string signature = bytes(
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
      "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  CHECK(base::verifies(key, "\x72", signature));
  CHECK_FALSE(base::verifies(key, "\x73", signature));
  CHECK_FALSE(base::verifies(key, "\x72", signature.substr(1)));
  CHECK_FALSE(base::verifies(key, "\x72", ""));
  CHECK_FALSE(base::verifies(base::read_public_key(kP256, "key.pem"), "\x72", signature));
}

TEST_CASE("ECDSA signatures of OpenSSL verify, each with the digest of its curve") {
  const auto p256 = base::read_public_key(kP256, "key.pem");
  CHECK(p256.algorithm == "ECDSA P-256 with SHA-256");
  CHECK(base::verifies(p256, "abc", bytes(kP256Signature)));
  CHECK_FALSE(base::verifies(p256, "abd", bytes(kP256Signature)));
  const auto p384 = base::read_public_key(kP384, "key.pem");
  CHECK(p384.algorithm == "ECDSA P-384 with SHA-384");
  CHECK(base::verifies(p384, "abc", bytes(kP384Signature)));
  CHECK_FALSE(base::verifies(p384, "abd", bytes(kP384Signature)));
  CHECK_FALSE(base::verifies(p384, "abc", bytes(kP256Signature)));
}

TEST_CASE("what is no public key of these kinds is refused") {
  CHECK_THROWS_WITH(base::read_public_key("hello", "k"),
                    "k: no public key in PEM; write it with openssl pkey -in KEY -pubout");
  CHECK_THROWS_AS(base::read_public_key("", "k"), base::Error);
  CHECK_THROWS_WITH(base::read_public_key(kRsa, "k"),
                    "k: a key of another kind; it has to be Ed25519, P-256 or P-384");
  CHECK_THROWS_AS(base::read_public_key(std::string(100000, 'x'), "k"), base::Error);
}
