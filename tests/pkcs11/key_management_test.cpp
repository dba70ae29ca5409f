// Each configuration is made on a real token: SoftHSM2 of Debian 12 in a store of the test's own.
// What each attack needs is in the papers that its rule cites.
#include <functional>

#include "tests/pkcs11/soft_token.h"

namespace {

using namespace evidence::drivers::cryptoki;
using Catch::Contains;
using Catch::StartsWith;
using tests::Checked;
using tests::SoftToken;
using tests::Template;
using Make = std::function<void(SoftToken&)>;

const std::string kExponent("\1\0\1", 3);

Template open_rsa(const std::string& label, unsigned long bits = 2048) {
  Template result;
  result.flag(CKA_TOKEN, true).flag(CKA_PRIVATE, false).bytes(CKA_LABEL, label);
  result.bytes(CKA_ID, label).number(CKA_MODULUS_BITS, bits);
  return result.bytes(CKA_PUBLIC_EXPONENT, kExponent).flag(CKA_WRAP, false);
}

void rsa_pair(SoftToken& token, const Template& open, const Template& secret) {
  token.generate_pair(CKM_RSA_PKCS_KEY_PAIR_GEN, open, secret);
}

Template exportable(const std::string& label) {
  return SoftToken::secret(label).flag(CKA_EXTRACTABLE, true);
}

Template imported(const std::string& label) {
  Template result = SoftToken::careful(label).number(CKA_CLASS, CKO_SECRET_KEY);
  return result.number(CKA_KEY_TYPE, CKK_AES).bytes(CKA_VALUE, "0123456789abcdef");
}

std::string list_of(unsigned long mechanism) {
  return {reinterpret_cast<const char*>(&mechanism), sizeof mechanism};
}

Checked check(const Make& make) {
  SoftToken token;
  make(token);
  return token.check({"--pack", "key-management"});
}

}  // namespace

TEST_CASE("a token whose keys are careful fails no rule about attacks") {
  if (!SoftToken::is_there()) return;
  const Checked checked = check([](SoftToken& token) {
    token.generate(SoftToken::secret("data").flag(CKA_ENCRYPT, true).flag(CKA_DECRYPT, true));
    rsa_pair(token, open_rsa("sign"), SoftToken::careful("sign").flag(CKA_SIGN, true));
  });
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_key") == "3");
  CHECK_THAT(checked.all("fail"), !Contains("attack-"));
  CHECK_THAT(checked.all("error"), !Contains("attack-"));
  CHECK_THAT(checked.finding("attack-wrap-decrypt"), StartsWith("pass"));
}

TEST_CASE("each configuration that an attack needs is found on a real token") {
  if (!SoftToken::is_there()) return;
  const auto [rule, make] = GENERATE(table<std::string, Make>({
      {"attack-wrap-decrypt",
       [](SoftToken& token) {
         token.generate(SoftToken::secret("a").flag(CKA_WRAP, true).flag(CKA_DECRYPT, true));
       }},
      {"attack-unwrap-encrypt",
       [](SoftToken& token) {
         token.generate(SoftToken::secret("a").flag(CKA_UNWRAP, true).flag(CKA_ENCRYPT, true));
       }},
      {"attack-pair-wrap-decrypt",
       [](SoftToken& token) {
         rsa_pair(token, open_rsa("a").flag(CKA_WRAP, true),
                  SoftToken::careful("a").flag(CKA_DECRYPT, true));
       }},
      {"attack-trojan-public-key",
       [](SoftToken& token) {
         rsa_pair(token, open_rsa("a").flag(CKA_WRAP, true),
                  SoftToken::careful("a").flag(CKA_UNWRAP, true));
       }},
      {"attack-wrapped-by-any",
       [](SoftToken& token) { token.generate(exportable("a").flag(CKA_WRAP_WITH_TRUSTED, false)); }},
      {"attack-known-wrapping-key",
       [](SoftToken& token) { token.create(imported("a").flag(CKA_WRAP, true)); }},
      {"attack-weaker-wrapping-key",
       [](SoftToken& token) {
         token.generate(exportable("strong"));
         token.generate(
             SoftToken::secret("weak").number(CKA_VALUE_LEN, 16).flag(CKA_WRAP, true));
       }},
      {"attack-padding-oracle",
       [](SoftToken& token) {
         rsa_pair(token, open_rsa("a"), SoftToken::careful("a").flag(CKA_UNWRAP, true));
       }},
      {"attack-free-unwrap",
       [](SoftToken& token) { token.generate(SoftToken::secret("a").flag(CKA_UNWRAP, true)); }},
      {"attack-free-wrap",
       [](SoftToken& token) { token.generate(SoftToken::secret("a").flag(CKA_WRAP, true)); }},
      {"attack-change-attributes",
       [](SoftToken& token) { token.generate(SoftToken::secret("a").flag(CKA_MODIFIABLE, true)); }},
      {"attack-copy",
       [](SoftToken& token) { token.generate(SoftToken::secret("a").flag(CKA_COPYABLE, true)); }},
      {"attack-derive-by-encryption",
       [](SoftToken& token) {
         token.generate(SoftToken::secret("a").flag(CKA_DERIVE, true).flag(CKA_ENCRYPT, true));
       }},
      // SoftHSM2 lists CKM_AES_CBC for wrapping, which shows no change of what was wrapped.
      {"attack-unauthenticated-wrap",
       [](SoftToken& token) { token.generate(SoftToken::secret("a").flag(CKA_WRAP, true)); }},
      {"attack-two-objects",
       [](SoftToken& token) {
         token.generate(SoftToken::secret("a").flag(CKA_WRAP, true));
         token.generate(SoftToken::secret("a").flag(CKA_DECRYPT, true));
       }},
      {"key-pair-one-purpose",
       [](SoftToken& token) {
         rsa_pair(token, open_rsa("a"),
                  SoftToken::careful("a").flag(CKA_SIGN, true).flag(CKA_DECRYPT, true));
       }},
      {"key-needs-login",
       [](SoftToken& token) { token.generate(SoftToken::secret("a").flag(CKA_PRIVATE, false)); }},
  }));
  INFO(rule);
  const Checked checked = check(make);
  CHECK_THAT(checked.finding(rule), StartsWith("fail") && Contains("key \""));
}

TEST_CASE("a key that is confined to mechanisms is not open to the oracle of others") {
  if (!SoftToken::is_there()) return;
  const Checked checked = check([](SoftToken& token) {
    rsa_pair(token, open_rsa("a"),
             SoftToken::careful("a")
                 .flag(CKA_UNWRAP, true)
                 .bytes(CKA_ALLOWED_MECHANISMS, list_of(CKM_RSA_PKCS_OAEP)));
  });
  CHECK_THAT(checked.finding("attack-padding-oracle"), StartsWith("pass"));
}

TEST_CASE("keys that are weak, from outside, readable or alone are found on a real token") {
  if (!SoftToken::is_there()) return;
  const Checked checked = check([](SoftToken& token) {
    rsa_pair(token, open_rsa("old", 1024), SoftToken::careful("old").flag(CKA_SIGN, true));
    token.create(imported("brought"));
    token.generate(exportable("readable").flag(CKA_SENSITIVE, false));
    token.generate(
        SoftToken::secret("past").flag(CKA_PRIVATE, false).bytes(CKA_END_DATE, "20200101"));
  });
  const auto fails = [&](const char* rule, const char* label) {
    INFO(rule);
    CHECK_THAT(checked.finding(rule), StartsWith("fail") && Contains(label));
  };
  fails("key-strength", "\"old\"");
  fails("key-made-inside", "\"brought\"");
  fails("key-sensitive", "\"readable\"");
  fails("key-not-extractable", "\"readable\"");
  fails("key-not-past-end", "\"past\"");
}

TEST_CASE("without a login nothing that is said about keys is a pass") {
  if (!SoftToken::is_there()) return;
  SoftToken token;
  token.generate(SoftToken::secret("hidden").flag(CKA_WRAP, true).flag(CKA_DECRYPT, true));
  tests::Assay assay;
  assay.environment = {"SOFTHSM2_CONF=" + token.configuration()};
  assay.options = {"--objects", "pkcs11:token=keys?module-path=" + SoftToken::module(), "--pack",
                   "key-management"};
  const Checked checked = assay.check();
  for (const char* rule : {"attack-wrap-decrypt", "key-strength", "key-needs-login"})
    CHECK_THAT(checked.finding(rule), StartsWith("unknown") && Contains("--login"));
}
