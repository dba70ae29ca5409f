// Vendors, products and numbers are invented; certificate #4985 is NIST's, with entropy
// certificates and CAVP numbers that the test gives it. The name of the system is that of Red Hat's
// os-release.
#include "cmvp/joined_records.h"

#include "cmvp/built_in.h"
#include "cmvp/lookup.h"
#include "cmvp/snapshot.h"
#include "tests/catch.h"
#include "tests/cmvp/evidence_fixture.h"

namespace {

cmvp::CommonCriteriaProduct product(const std::string& name, const std::string& vendor) {
  return {"Operating Systems", name, vendor, "US", "EAL1", "PP", "2025-01-02", "2030-01-02", {}};
}

// What a snapshot with one certificate and a few other records says of a provider on RHEL 9.2.
base::Database judged() {
  cmvp::SnapshotContents contents;
  contents.header = {"2026-11-01", "a test", 0};
  auto certificate = cmvp::find_certificate(cmvp::built_in_snapshot(), 4985).value();
  certificate.entropy = {"ENT (P)", "ESV Cert. #E47", "E48"};
  certificate.cavp_numbers = {"A4809", "A1"};
  contents.certificates = {certificate};
  contents.entropy_certificates = {
      {47, "Vendor Ltd", "Source", "SP 800-90B", "", "Physical", "Open", {"2026-01-02"}}};
  contents.algorithm_validations = {
      {"A4809", 77, 9, "Vendor Ltd", "Engine", "1.0", "Software", "2026-01-02", "", "AES-CBC"}};
  contents.products = {product("OpenSSL FIPS Provider v3.1.2", "The OpenSSL Project"),
                       product("OpenSSL FIPS Provider 3.5.4", "The OpenSSL Project"),
                       product("OpenSSL FIPS Provider", "The OpenSSL Project"),
                       product("OpenSSL FIPS Provider Plus", "The OpenSSL Project"),
                       product("Red Hat Enterprise Linux 9.2", "Red Hat")};
  auto snapshot = base::Database::in_memory();
  cmvp::build_snapshot(contents, snapshot);
  auto db = fixture::evidence();
  fixture::add_provider(db, "openssl:fips", "OpenSSL FIPS Provider", "3.1.2");
  db.execute(
      "INSERT INTO operating_system VALUES (1, 'declared', 'host', 'rhel', '9.2',"
      " 'Red Hat Enterprise Linux 9.2 (Plow)', 'box')");
  cmvp::match_certificates(snapshot, db, "2026-11-23");
  return db;
}

}  // namespace

TEST_CASE("the entropy certificates that a certificate names stand in the judgement") {
  const auto db = judged();
  CHECK(fixture::column(db,
                        "SELECT words || ':' || coalesce(entropy, '-') || ':' ||"
                        " coalesce(in_snapshot, '-') || ':' || coalesce(reuse_status, '-')"
                        " FROM certificate_entropy WHERE certificate = 4985 ORDER BY rowid") ==
        "ENT (P):-:-:- ESV Cert. #E47:47:1:Open E48:48:0:-");
  CHECK(fixture::cell(db,
                      "SELECT vendor || noise_source || validation_dates"
                      " FROM certificate_entropy WHERE entropy = 47") ==
        "Vendor LtdPhysical2026-01-02");
}

TEST_CASE("the CAVP validations that a certificate names stand in the judgement") {
  const auto db = judged();
  CHECK(fixture::column(db,
                        "SELECT number || ':' || in_snapshot || ':' || coalesce(product, '-')"
                        " FROM certificate_algorithm_validation ORDER BY rowid") ==
        "A4809:1:Engine A1:0:-");
}

TEST_CASE("products of the name of a module or of the system are matched by version and vendor") {
  const auto db = judged();
  CHECK(
      fixture::column(db,
                      "SELECT module || ':' || product || ':' || coalesce(version_matches, '-')"
                      " || ':' || coalesce(vendor_matches, '-') || ';'"
                      " FROM common_criteria_match ORDER BY rowid") ==
      "openssl:fips:OpenSSL FIPS Provider v3.1.2:1:-; openssl:fips:OpenSSL FIPS Provider "
      "3.5.4:0:-; openssl:fips:OpenSSL FIPS Provider:-:-; host:Red Hat Enterprise Linux 9.2:1:-;");
}
