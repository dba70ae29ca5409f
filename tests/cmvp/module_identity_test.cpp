// What modules tell is what the real ones here tell: NSS ("Mozilla Foundation", "NSS Internal
// Crypto Services"), SoftHSM 2.6 ("Implementation of PKCS11"), and a YubiKey as public transcripts
// of pkcs11-tool show it. Certificates are NIST's, by number; invented ones are called so.
#include "cmvp/module_identity.h"

#include "cmvp/built_in.h"
#include "cmvp/certificates.h"
#include "cmvp/match.h"
#include "evidence/base/error.h"
#include "tests/catch.h"
#include "tests/cmvp/evidence_fixture.h"

namespace {

constexpr const char* kModule = "pkcs11:/usr/lib/hsm.so";
constexpr const char* kToday = "2026-11-23";
constexpr const char* kNss = "NSS Internal Crypto Services";

void add_library(base::Database& db, const std::string& manufacturer, const std::string& words,
                 const std::string& version) {
  db.prepare(
        "INSERT INTO pkcs11_library (source, basis, module, loaded, initialized, manufacturer,"
        " description, library_version) VALUES (1, 'listed', ?, 1, 1, ?, ?, ?)")
      .bind(1, kModule)
      .bind(2, manufacturer)
      .bind(3, words)
      .bind(4, version)
      .step();
}

void add_token(base::Database& db, const std::string& manufacturer, const std::string& model,
               const std::string& firmware, const std::string& token = "pkcs11:token=a") {
  db.prepare(
        "INSERT INTO pkcs11_token (source, basis, token, module, slot, manufacturer, model,"
        " hardware_version, firmware_version) VALUES (1, 'listed', ?, ?, '0', ?, ?, '1.0', ?)")
      .bind(1, token)
      .bind(2, kModule)
      .bind(3, manufacturer)
      .bind(4, model)
      .bind(5, firmware)
      .step();
}

void add_system(base::Database& db, const std::string& id, const std::string& version) {
  db.prepare(
        "INSERT INTO operating_system (source, basis, host, id, version_id, name, host_name)"
        " VALUES (1, 'declared', 'host', ?, ?, 'x', 'x')")
      .bind(1, id)
      .bind(2, version)
      .step();
}

base::Database nss_on(const std::string& id, const std::string& version) {
  auto db = fixture::evidence();
  add_system(db, id, version);
  add_library(db, "Mozilla Foundation", kNss, "3.90");
  cmvp::match_certificates(cmvp::built_in_snapshot(), db, kToday);
  return db;
}

// How a module that tells `version` stands to a certificate, invented, with `certified`.
cmvp::ModuleMatch matched(const std::string& version, const std::string& kind,
                          const std::string& certified_kind, const std::string& certified) {
  cmvp::Certificate certificate;
  certificate.number = 6001;
  certificate.vendor = "Example Vendor";
  certificate.name = "Example HSM";
  certificate.versions = {{certified, certified_kind, "certificate page"}};
  cmvp::ReportedModule module;
  module.module = kModule;
  module.name = module.words = "Example HSM";
  module.part = "library";
  module.version = version;
  module.version_kind = kind;
  module.version_cut = true;
  module.manufacturer = "Example Vendor";
  return cmvp::match_module(module, certificate);
}

}  // namespace

TEST_CASE("NSS has the name that the certificates of its distribution have") {
  struct Expected {
    const char *id, *version, *name, *certificates;
  };
  const Expected expected[] = {
      {"rhel", "9.4", "Red Hat Enterprise Linux 9 NSS Cryptographic Module", "4774 5022"},
      {"rhel", "8", "Red Hat Enterprise Linux 8 NSS Cryptographic Module",
       "3839 3946 4413 4458 5513"},
      {"ol", "9.3", "Oracle Linux 9 NSS Cryptographic Module", "4801 5339"},
      {"amzn", "2023", "Amazon Linux 2023 NSS Cryptographic Module", "5014"},
      {"almalinux", "9.2", "NSS cryptography module for AlmaLinux 9", "5031"},
      {"rocky", "8.10", "Rocky Linux 8 and 9 NSS Cryptographic Module", "5337"},
      {"rocky", "9.2", "Rocky Linux 8 and 9 NSS Cryptographic Module", "5337"},
      {"sles", "15.4", "SUSE Linux Enterprise NSS Cryptographic Module", "4728 5435 5514"},
  };
  for (const Expected& each : expected) {
    CAPTURE(each.id, each.version);
    const auto db = nss_on(each.id, each.version);
    CHECK(fixture::cell(db, "SELECT name FROM reported_module") == each.name);
    CHECK(fixture::cell(db, "SELECT name_source IS NOT NULL FROM reported_module") == "1");
    CHECK(fixture::column(db, "SELECT certificate FROM certificate_match ORDER BY 1") ==
          each.certificates);
    CHECK(fixture::cell(db, "SELECT count(*) FROM certificate_match WHERE grade = 'exact'") == "0");
  }
}

TEST_CASE("NSS of a system that the table does not know matches nothing") {
  for (const auto& [id, version] :
       {std::pair{"debian", "12"}, {"rhel", "10.0"}, {"rhel", "90"}, {"fedora", "9"}, {"", ""}}) {
    CAPTURE(id, version);
    const auto db = nss_on(id, version);
    CHECK(fixture::cell(db, "SELECT name FROM reported_module") == kNss);
    CHECK(fixture::cell(db, "SELECT count(*) FROM certificate_match") == "0");
  }
}

TEST_CASE("a certificate of NSS whose versions are other ones does not cover it") {
  // #4774 names 4.34.0-a20cd33fbbe14357, which is not how softoken counts; #5022's are not known.
  const auto db = nss_on("rhel", "9.4");
  CHECK(fixture::cell(
            db, "SELECT version_matches FROM certificate_match WHERE certificate = 4774") == "0");
  CHECK(fixture::cell(
            db, "SELECT version_matches IS NULL FROM certificate_match WHERE certificate = 5022") ==
        "1");
}

TEST_CASE("the manufacturer must be the one of the table, character for character") {
  auto db = fixture::evidence();
  add_system(db, "rhel", "9.4");
  add_library(db, "mozilla foundation", kNss, "3.90");
  cmvp::match_certificates(cmvp::built_in_snapshot(), db, kToday);
  CHECK(fixture::cell(db, "SELECT count(*) FROM certificate_match") == "0");
}

TEST_CASE("SoftHSM is on no certificate, and its words are told") {
  auto db = fixture::evidence();
  add_library(db, "SoftHSM", "Implementation of PKCS11", "2.6");
  add_token(db, "SoftHSM project", "SoftHSM v2", "2.6");
  cmvp::match_certificates(cmvp::built_in_snapshot(), db, kToday);
  CHECK(fixture::cell(db, "SELECT count(*) FROM certificate_match") == "0");
  CHECK(fixture::cell(db,
                      "SELECT group_concat(part || '=' || words || ' ' || version, '; ') FROM"
                      " reported_module") ==
        "library=Implementation of PKCS11 2.6; token model SoftHSM v2=SoftHSM v2 2.6");
}

TEST_CASE("a YubiKey is looked for under the name of its certificate, its version not known") {
  auto db = fixture::evidence();
  add_library(db, "Yubico (www.yubico.com)", "PKCS#11 PIV Library (SP-800-73)", "2.30");
  add_token(db, "Yubico (www.yubico.com)", "YubiKey YK5", "5.74");
  cmvp::match_certificates(cmvp::built_in_snapshot(), db, kToday);
  CHECK(fixture::cell(db, "SELECT certificate || part FROM certificate_match") ==
        "5291token model YubiKey YK5");
  CHECK(fixture::cell(db, "SELECT version_matches IS NULL FROM certificate_match") == "1");
  CHECK(fixture::cell(db, "SELECT reasons_against FROM certificate_match")
            .starts_with("the manufacturer it tells is Yubico (www.yubico.com), the vendor of the "
                         "certificate Yubico, Inc."));
}

TEST_CASE("a token whose model is the name of a certificate is looked for by it") {
  auto db = fixture::evidence();
  add_token(db, "Thales", "Thales Luna K7 Cryptographic Module", "7.7");
  add_token(db, "Thales", "Thales Luna K7 Cryptographic Module", "7.7", "pkcs11:token=b");
  cmvp::match_certificates(cmvp::built_in_snapshot(), db, kToday);
  CHECK(fixture::column(db, "SELECT certificate FROM certificate_match WHERE certificate = 4684") ==
        "4684");
  CHECK(fixture::cell(db, "SELECT count(*) FROM reported_module") == "1");
}

TEST_CASE("a version of two numbers is equal, cut short, another one, or of another kind") {
  CHECK(matched("7.7", "firmware", "firmware", "7.7").exact);
  CHECK(matched("7.7", "firmware", "firmware", "7.8").version_matches == false);
  CHECK(matched("7.7", "firmware", "firmware", "7.70").version_matches == false);
  const auto cut = matched("7.7", "firmware", "firmware", "7.7.0");
  CHECK_FALSE(cut.exact);
  CHECK_FALSE(cut.version_matches);
  CHECK(cut.reasons_against.at(0) ==
        "the library tells only 7.7, the certificate has 7.7.0; whether that is the one that runs "
        "is not told");
  CHECK_FALSE(matched("7.7", "software", "firmware", "7.7").exact);
  CHECK_FALSE(matched("7.7", "firmware", "hardware", "7.7").exact);
  CHECK_FALSE(matched("", "firmware", "firmware", "7.7").version_matches);
}

TEST_CASE("the vendor and the hardware version speak for or against, and decide nothing") {
  const auto same = matched("7.7", "firmware", "firmware", "7.7");
  CHECK(same.reasons_for.at(1) == "the manufacturer it tells is the vendor of the certificate");
  cmvp::Certificate certificate;
  certificate.name = "Example HSM";
  certificate.vendor = "Another Vendor";
  certificate.versions = {{"7.7", "firmware", "certificate page"},
                          {"4.0", "hardware", "certificate page"}};
  cmvp::ReportedModule module;
  module.name = "Example HSM";
  module.version = "7.7";
  module.manufacturer = "Example Vendor";
  module.hardware_version = "3.0";
  const auto other = cmvp::match_module(module, certificate);
  CHECK(other.exact);
  CHECK(other.reasons_against ==
        std::vector<std::string>{
            "the manufacturer it tells is Example Vendor, the vendor of the certificate Another "
            "Vendor",
            "hardware version 3.0 is not on the certificate, which has 4.0"});
  module.hardware_version = "4.0";
  CHECK(cmvp::match_module(module, certificate).reasons_for.back().starts_with("version 7.7"));
}

TEST_CASE("every name of the table is that of a certificate, and has a source") {
  const auto snapshot = cmvp::built_in_snapshot();
  const auto names = cmvp::known_names();
  REQUIRE(names.size() >= 10);
  for (const auto& each : names) {
    CAPTURE(each.certificate_name);
    CHECK_FALSE(cmvp::certificates_named(snapshot, each.certificate_name).empty());
    CHECK(each.source.find('#') != std::string::npos);
  }
}

TEST_CASE("a table of names that is not one is refused with its line") {
  const std::string header =
      "manufacturer,part,words,system,system_version,certificate_name,source\n";
  CHECK(cmvp::read_known_names(header + "A,token,B,,,C,D\n", "n.csv").at(0).words == "B");
  CHECK_THROWS_WITH(cmvp::read_known_names(header + "A,slot,B,,,C,D\n", "n.csv"),
                    "n.csv:2: part is library or token, not \"slot\"");
  CHECK_THROWS_WITH(cmvp::read_known_names(header + "A,token,B,,,C,\n", "n.csv"),
                    "n.csv:2: words, name or source is missing");
  CHECK_THROWS_AS(cmvp::read_known_names("a,b\n", "n.csv"), base::Error);
}
