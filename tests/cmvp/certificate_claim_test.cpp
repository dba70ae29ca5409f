// The claims are those of real modules where they are named: NSS 3.131 says "Unvalidated", Kryoptic
// "Pending" (../shared/facts/STANDARDS.md, C.3). Certificates are NIST's.
#include "cmvp/certificate_claim.h"

#include "tests/catch.h"
#include "tests/cmvp/evidence_fixture.h"

namespace {

constexpr const char* kAddress =
    "https://csrc.nist.gov/projects/cryptographic-module-validation-program/certificate/";

// What becomes of a claim, the columns of certificate_claim after words.
std::string looked_up(const std::string& module_id, const std::string& words,
                      const std::string& address = {}, std::int64_t level = 1) {
  auto db = fixture::evidence();
  db.execute(
      "CREATE TABLE IF NOT EXISTS pkcs11_validation (source INTEGER, basis TEXT, token TEXT,"
      " module TEXT, slot TEXT, position INTEGER, module_id TEXT, version TEXT, level INTEGER,"
      " certificate TEXT, certificate_uri TEXT)");
  db.prepare(
        "INSERT INTO pkcs11_validation (source, basis, token, module, slot, position, module_id,"
        " version, level, certificate, certificate_uri)"
        " VALUES (1, 'listed', 'pkcs11:token=a', 'pkcs11:/m.so', '0', 1, ?, '3.0', ?, ?, ?)")
      .bind(1, module_id)
      .bind(2, level)
      .bind(3, words)
      .bind(4, address)
      .step();
  cmvp::match_certificates(cmvp::built_in_snapshot(), db, "2026-11-23");
  return fixture::cell(db,
                       "SELECT coalesce(certificate, '-') || ' ' || coalesce(in_snapshot, '-') ||"
                       " ' ' || coalesce(name_agrees, '-') || ' ' || coalesce((SELECT status FROM"
                       " certificate_status AS s WHERE s.certificate = c.certificate), '-')"
                       " FROM certificate_claim AS c");
}

}  // namespace

TEST_CASE("a certificate number stands alone, behind a mark, or at the end of an address") {
  CHECK(cmvp::claimed_number("4985", "") == 4985);
  CHECK(cmvp::claimed_number("#4985", "") == 4985);
  CHECK(cmvp::claimed_number("Cert. #4985", "") == 4985);
  CHECK(cmvp::claimed_number("Certificate 4985", "") == 4985);
  CHECK(cmvp::claimed_number("", std::string(kAddress) + "4985") == 4985);
  for (const char* words : {"", "Unvalidated", "Pending", "A4985", "4985 and 4986", "0", "-1",
                            "4985.", "100000", "99999999999999999999"})
    CHECK_FALSE(cmvp::claimed_number(words, ""));
  CHECK_FALSE(cmvp::claimed_number("", "https://example.org/4985"));
}

TEST_CASE("a claimed certificate is looked up, with its status on the date") {
  CHECK(looked_up("OpenSSL FIPS Provider", "4985") == "4985 1 1 Active");
  CHECK(looked_up("OpenSSL FIPS Provider", "4282") == "4282 1 1 Historical");
  CHECK(looked_up("", "#4985") == "4985 1 - Active");
  CHECK(looked_up("Another Module", "4985") == "4985 1 0 Active");
}

TEST_CASE("a number that no certificate has is told apart from one newer than the snapshot") {
  CHECK(looked_up("X", "5331") == "5331 0 - -");
  CHECK(looked_up("X", "99999") == "99999 - - -");
}

TEST_CASE("words that are no number are no certificate") {
  CHECK(looked_up("NSS", "Unvalidated") == "- - - -");
  CHECK(looked_up("Kryoptic FIPS Module - v1", "Pending") == "- - - -");
}

TEST_CASE("evidence without the table of claims has none") {
  auto db = base::Database::in_memory();
  CHECK(cmvp::certificate_claims(db).empty());
}
