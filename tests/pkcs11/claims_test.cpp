// What each key is, this test decides when it makes it; the attributes are those of PKCS #11 v3.1,
// 4.9 and 4.10. What NSS says of its validation is in docs/pkcs11-modules.md.
#include "tests/pkcs11/soft_token.h"

namespace {

using namespace evidence::drivers::cryptoki;
using tests::Checked;
using tests::SoftToken;

const std::string kClaims =
    "[[claim]]\nsays = \"No key can leave\"\nkind = \"keys-not-extractable\"\n"
    "[[claim]]\nsays = \"All keys were made here\"\nkind = \"keys-made-in-token\"\n"
    "[[claim]]\nsays = \"We use FIPS-validated cryptography\"\nkind = \"modules-validated\"\n";

std::string verdict(const Checked& checked, const std::string& claim) {
  for (const auto& one : checked.report()["claims"])
    if (one["claim"] == claim) return one["verdict"];
  return "no such claim";
}

Checked check(SoftToken& token) {
  const base::TemporaryFolder folder;
  const std::string file = folder.path() + "/claims.toml";
  tests::write(file, kClaims);
  return token.check({"--pack", "claims", "--claims", file});
}

}  // namespace

TEST_CASE("claims about keys are supported by a real token whose keys are careful") {
  if (!SoftToken::is_there()) return;
  SoftToken token;
  token.generate(SoftToken::secret("data").flag(CKA_ENCRYPT, true));
  const Checked checked = check(token);
  CHECK(verdict(checked, "No key can leave") == "supported");
  CHECK(verdict(checked, "All keys were made here") == "supported");
  CHECK(verdict(checked, "All keys were made in the token and never left it") == "supported");
  CHECK(verdict(checked, "We use FIPS-validated cryptography") != "supported");
}

TEST_CASE("claims about keys are refuted by a real token whose keys can leave or came in") {
  if (!SoftToken::is_there()) return;
  SoftToken token;
  token.generate(SoftToken::secret("data").flag(CKA_EXTRACTABLE, true));
  token.create(SoftToken::careful("brought")
                   .number(CKA_CLASS, CKO_SECRET_KEY)
                   .number(CKA_KEY_TYPE, CKK_AES)
                   .bytes(CKA_VALUE, "0123456789abcdef"));
  const Checked checked = check(token);
  CHECK(verdict(checked, "No key can leave") == "refuted");
  CHECK(verdict(checked, "All keys were made here") == "refuted");
  CHECK(verdict(checked, "All keys were made in the token and never left it") == "refuted");
  CHECK(checked.exit_code == 1);
}
