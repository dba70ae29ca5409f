// The keys here are made by SoftHSM2 of Debian 12 in a token store of the test's own; what they are
// is what the test asked it for.
#include "evidence/base/text.h"
#include "tests/pkcs11/soft_token.h"

namespace {

using namespace evidence::drivers::cryptoki;
using Catch::Contains;
using Catch::StartsWith;
using tests::SoftToken;
using tests::Template;
using tests::Texts;

// DER of the object identifiers of P-256 and P-384 (RFC 5480).
const std::string kP256 = std::string("\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07", 10);

Template open_key(const std::string& label) {
  Template result;
  result.flag(CKA_TOKEN, true).flag(CKA_PRIVATE, false).bytes(CKA_LABEL, label);
  result.bytes(CKA_ID, label).flag(CKA_VERIFY, true).flag(CKA_ENCRYPT, false);
  result.flag(CKA_WRAP, false).flag(CKA_MODIFIABLE, false).flag(CKA_COPYABLE, false);
  return result;
}

}  // namespace

TEST_CASE("a secret key is on record with its type, size and policy, never with its value") {
  if (!SoftToken::is_there()) return;
  SoftToken token;
  token.generate(SoftToken::secret("data key").flag(CKA_ENCRYPT, true).flag(CKA_DECRYPT, true));
  Template imported = SoftToken::careful("from outside").number(CKA_CLASS, CKO_SECRET_KEY);
  token.create(imported.number(CKA_KEY_TYPE, CKK_AES).bytes(CKA_VALUE, "0123456789abcdef"));
  const auto checked = token.check();
  INFO(checked.errors);
  CHECK(checked.cell("SELECT class, key_type, size_bits, id, private, on_token, modifiable,"
                     " copyable, key_gen_mechanism FROM pkcs11_key"
                     " WHERE label = 'data key'") ==
        "CKO_SECRET_KEY,CKK_AES,256,64617461206b6579,1,1,0,0,CKM_AES_KEY_GEN");
  CHECK(checked.cell("SELECT sensitive, always_sensitive, extractable, never_extractable, local,"
                     " encrypt, decrypt, sign, wrap, unwrap, derive FROM pkcs11_key"
                     " WHERE label = 'data key'") == "1,1,0,1,1,1,1,0,0,0,0");
  CHECK(checked.cell("SELECT size_bits, local, always_sensitive, never_extractable,"
                     " key_gen_mechanism FROM pkcs11_key WHERE label = 'from outside'") ==
        "128,0,0,0,");
  CHECK(checked.cell(
            "SELECT key LIKE 'pkcs11:token=keys;serial=%;id=%64%61%74%61%20%6b%65%79;"
            "object=data%20key;type=secret-key' FROM pkcs11_key WHERE label = 'data key'") == "1");
  CHECK(checked.cell("SELECT objects, private_objects FROM pkcs11_object_class") == "2,2");
  CHECK(checked.everything().find("0123456789abcdef") == std::string::npos);
  CHECK(checked.everything().find(base::hex("0123456789abcdef")) == std::string::npos);
}

TEST_CASE("a pair of keys shows its modulus or curve, and the same public value") {
  if (!SoftToken::is_there()) return;
  SoftToken token;
  const std::string exponent("\1\0\1", 3);
  token.generate_pair(
      CKM_RSA_PKCS_KEY_PAIR_GEN,
      open_key("rsa").number(CKA_MODULUS_BITS, 2048).bytes(CKA_PUBLIC_EXPONENT, exponent),
      SoftToken::careful("rsa").flag(CKA_SIGN, true));
  token.generate_pair(CKM_EC_KEY_PAIR_GEN, open_key("ec").bytes(CKA_EC_PARAMS, kP256),
                      SoftToken::careful("ec").flag(CKA_SIGN, true));
  const auto checked = token.check();
  CHECK(checked.query("SELECT class, key_type, size_bits, curve, public_exponent FROM pkcs11_key"
                      " ORDER BY label, class") ==
        Texts{"CKO_PRIVATE_KEY,CKK_EC,256,P-256,", "CKO_PUBLIC_KEY,CKK_EC,256,P-256,",
              "CKO_PRIVATE_KEY,CKK_RSA,2048,,010001", "CKO_PUBLIC_KEY,CKK_RSA,2048,,010001"});
  CHECK(checked.cell("SELECT count(DISTINCT public_value) FROM pkcs11_key WHERE label = 'rsa'") ==
        "1");
  CHECK(checked.cell("SELECT substr(public_value, 1, 2), length(public_value) FROM pkcs11_key"
                     " WHERE label = 'ec' AND class = 'CKO_PUBLIC_KEY'") == "04,130");
}

// SoftHSM2 2.6 keeps the dates of private objects in a form that it cannot read back, so that it
// does not tell them.
TEST_CASE("dates are on record, and a date that is not told is none") {
  if (!SoftToken::is_there()) return;
  SoftToken token;
  for (const bool hidden : {false, true})
    token.generate(SoftToken::secret(hidden ? "hidden" : "seen")
                       .flag(CKA_PRIVATE, hidden)
                       .bytes(CKA_START_DATE, "20260101")
                       .bytes(CKA_END_DATE, "20271231"));
  const auto checked = token.check();
  CHECK(checked.query("SELECT label, start_date, end_date, size_bits FROM pkcs11_key"
                      " ORDER BY label") ==
        Texts{"hidden,,,256", "seen,2026-01-01,2027-12-31,256"});
  CHECK_THAT(checked.cell("SELECT untold FROM pkcs11_key WHERE label = 'hidden'"),
             Contains("unavailable: CKA_START_DATE, CKA_END_DATE"));
}

TEST_CASE("what a key is confined to is on record") {
  if (!SoftToken::is_there()) return;
  SoftToken token;
  const unsigned long mechanism = CKM_AES_GCM;
  const std::string list(reinterpret_cast<const char*>(&mechanism), sizeof mechanism);
  token.generate(SoftToken::secret("confined").bytes(CKA_ALLOWED_MECHANISMS, list));
  token.generate(SoftToken::secret("free").flag(CKA_UNWRAP, true));
  const auto checked = token.check();
  CHECK(checked.query("SELECT label, allowed_mechanisms, unwrap_template FROM pkcs11_key"
                      " ORDER BY label") == Texts{"confined,1,", "free,0,0"});
  CHECK(checked.cell("SELECT mechanism, name FROM pkcs11_key_mechanism") ==
        "0x00001087,CKM_AES_GCM");
}

TEST_CASE("without a login only public objects are seen, which is on record as not enough") {
  if (!SoftToken::is_there()) return;
  SoftToken token;
  token.generate(SoftToken::secret("hidden"));
  token.generate(SoftToken::secret("seen by all").flag(CKA_PRIVATE, false));
  tests::Assay assay;
  assay.environment = {"SOFTHSM2_CONF=" + token.configuration()};
  assay.options = {"--objects", "pkcs11:token=keys?module-path=" + SoftToken::module()};
  const auto checked = assay.check();
  CHECK(checked.query("SELECT label FROM pkcs11_key") == Texts{"seen by all"});
  CHECK(checked.cell("SELECT outcome FROM source WHERE reason LIKE 'private objects are seen%'") ==
        "unreadable");
}

// 10,000 objects take longer to make than to read, so that many are measured by hand
// (docs/measurements.md); here it is enough of them that a search takes several batches.
TEST_CASE("many objects are all read") {
  if (!SoftToken::is_there()) return;
  SoftToken token;
  for (int i = 0; i < 600; ++i) token.generate(SoftToken::secret("key " + std::to_string(i)));
  const auto checked = token.check();
  CHECK(checked.cell("SELECT count(*), count(DISTINCT label), max(position) FROM pkcs11_key") ==
        "600,600,600");
}

// Asked for by name only (test_pkcs11 "[measure]"): to make 10,000 keys takes a while.
TEST_CASE("10,000 objects are read in the time that docs/measurements.md says", "[.][measure]") {
  if (!SoftToken::is_there()) return;
  SoftToken token;
  for (int i = 0; i < 10'000; ++i) token.generate(SoftToken::secret("key " + std::to_string(i)));
  const auto few = token.check({"--pack", "pkcs11"});
  WARN("assay check took " << few.took.count() << " ms");
  CHECK(few.cell("SELECT count(*) FROM pkcs11_key") == "10000");
}

TEST_CASE("the report shows sessions, keys and mechanisms, and in words what stands out") {
  if (!SoftToken::is_there()) return;
  SoftToken token;
  token.generate(SoftToken::secret("shown").flag(CKA_ENCRYPT, true));
  token.generate(SoftToken::secret("loose")
                     .flag(CKA_SENSITIVE, false)
                     .flag(CKA_EXTRACTABLE, true)
                     .flag(CKA_PRIVATE, false)
                     .flag(CKA_MODIFIABLE, true));
  const auto checked = token.check();
  const auto row = [&](const std::string& table, const std::string& words) {
    for (const auto& one : checked.report()["tables"])
      if (one["id"] == table)
        for (const auto& cells : one["rows"])
          if (cells.dump().find(words) != std::string::npos) return cells.dump();
    return std::string("no row");
  };
  CHECK_THAT(row("pkcs11_sessions", "CKR_OK"), Contains("CKS_RO_USER_FUNCTIONS"));
  CHECK_THAT(row("pkcs11_keys", "shown"),
             StartsWith(R"(["keys","secret","shown")") && Contains(R"("AES",256,"encrypt")"));
  CHECK_THAT(row("pkcs11_key_policies", "shown"),
             Contains(R"("","after login","never","never","on the token","neither")"));
  CHECK_THAT(row("pkcs11_key_policies", "loose"),
             Contains("seen without a login; value can be read; can leave; can be changed"));
  CHECK_THAT(row("pkcs11_mechanisms", "CKM_AES_KEY_WRAP\""),
             StartsWith(R"(["keys",)") && Contains(R"("yes","wrap, unwrap")"));
}
