// Names and versions are those of NIST's certificates (number beside each case), of the Security
// Policies, of Debian's and OpenSSL's releases, and of Red Hat's UBI 9 image
// (3.0.7-cda111b5812c30d4).
#include "cmvp/match.h"

#include "cmvp/tables.h"
#include "evidence/base/error.h"
#include "tests/catch.h"
#include "tests/cmvp/evidence_fixture.h"

namespace {

constexpr const char* kToday = "2026-11-23";
constexpr const char* kUpstream = "OpenSSL FIPS Provider";
constexpr const char* kRedHat = "Red Hat Enterprise Linux 9 - OpenSSL FIPS Provider";
constexpr const char* kOracle = "Oracle Linux 9 OpenSSL FIPS Provider";
constexpr const char* kAmazon = "Amazon Linux 2023 OpenSSL FIPS Provider";
constexpr const char* kChainguard = "Chainguard FIPS Provider for OpenSSL";
constexpr const char* kAlma = "OpenSSL FIPS Provider for AlmaLinux 9";
constexpr const char* kSafeLogic = "CryptoComply 140-3 FIPS Provider";
constexpr const char* kSusePlain = "SUSE Linux Enterprise OpenSSL 3 Cryptographic Module";

struct Case {
  const char* name;
  const char* version;
  const char* as_of;
  const char* exact;    // certificates that match exactly, nearest first
  const char* nearest;  // the nearest miss, "-" if there is none
  const char* status;   // of the first exact match, else of the nearest miss
  const char* source;
};

// Same-name certificates whose versions the snapshot does not know are misses with no word on the
// version: 4811 and its like come after those that can be compared.
const Case kCases[] = {
    {kUpstream, "3.1.2", kToday, "4985", "4811", "Active", "#4985, Security Policy"},
    {kUpstream, "3.1.2", "2026-01-01", "4985", "4811", "Active", "#4985 validated 2025-03-11"},
    {kUpstream, "3.1.2", "2026-09-21", "4985", "4811", "Active", "#4985"},
    {kUpstream, "3.1.2", "2025-03-10", "4985", "4811", "not yet validated", "day before #4985"},
    {kUpstream, "3.0.8", kToday, "4282", "4811", "Historical", "#4282, certificate page"},
    {kUpstream, "3.0.9", kToday, "4282", "4811", "Historical", "#4282, certificate page"},
    {kUpstream, "3.0.9", "2026-01-01", "4282", "4811", "Active", "#4282 Active on 2026-04-15"},
    {kUpstream, "3.0.9", "2026-09-21", "4282", "4811", "Active", "last day of FIPS 140-2"},
    {kUpstream, "3.0.9", "2026-09-22", "4282", "4811", "Historical", "first day after FIPS 140-2"},
    {kUpstream, "3.0.20", kToday, "", "4985", "Active", "OpenSSL 3.0.20"},
    {kUpstream, "3.0.20", "2026-09-21", "", "4282", "Active", "3.0.9 is nearer than 3.1.2"},
    {kUpstream, "3.0.7", kToday, "", "4985", "Active", "OpenSSL 3.0.7"},
    {kUpstream, "3.5.9", kToday, "", "4985", "Active", "OpenSSL 3.5.9"},
    {kUpstream, "3.1.3", kToday, "", "4985", "Active", "OpenSSL 3.1.3"},
    {kUpstream, "3.1.2-dev", kToday, "", "4985", "Active", "build from OpenSSL's sources"},
    {kUpstream, "3.1.2 ", kToday, "", "4985", "Active", "one character more"},
    {kUpstream, "unknown", kToday, "", "4985", "Active", "no version at all"},
    {"openssl  fips PROVIDER", "3.1.2", kToday, "4985", "4811", "Active", "#4985, other case"},
    {kRedHat, "3.0.7-395c1a240fbfffd8", kToday, "4857", "-", "Active", "#4857, Security Policy"},
    {kRedHat, "3.0.7-cda111b5812c30d4", kToday, "", "4857", "Active", "UBI 9 image"},
    {kRedHat, "3.0.1-3f45e68ee408cd9c", kToday, "4746", "-", "Historical",
     "#4746, Security Policy"},
    {kRedHat, "3.0.1-3f45e68ee408cd9c", "2026-01-01", "4746", "-", "Active", "#4746"},
    {kRedHat, "3.0.1-0000000000000000", kToday, "", "4746", "Historical", "another build of #4746"},
    {kRedHat, "3.0.5-1111111111111111", kToday, "", "4857", "Active", "between #4746 and #4857"},
    {"Red Hat Enterprise Linux 10 - OpenSSL FIPS Provider", "3.2.2-622cc79c634cbbef", kToday, "",
     "-", "-", "no such name in the snapshot"},
    {kOracle, "3.0.7-b27cdeb3ba51be46", kToday, "4779", "5294", "Historical", "#4779 and #5294"},
    {kAmazon, "3.0.8-d694bfa693b76001", kToday, "5021", "5438", "Active", "#5021, Security Policy"},
    {kAmazon, "3.0.8-ffffffffffffffff", kToday, "", "5021", "Active", "another build of #5021"},
    {kChainguard, "3.1.2", kToday, "5102", "5523", "Active", "#5102, Security Policy"},
    {kChainguard, "3.4.0-r4", kToday, "5132", "5523", "Active", "#5132, Security Policy"},
    {kChainguard, "3.4.0-r5", kToday, "", "5132", "Active", "another build of #5132"},
    {kAlma, "3.0.7-1d2bd88ee26b3c90", kToday, "4823", "5482", "Historical", "#4823 and #5482"},
    {kSafeLogic, "3.0.0-FIPS 140-3", kToday, "5040 4781", "-", "Active", "#4781 and #5040"},
    {kSafeLogic, "3.0.1-FIPS 140-3", "2026-01-01", "5040 4781", "-", "Active", "#4781 and #5040"},
    {kSusePlain, "1.0", kToday, "5096", "-", "Active", "#5096, Security Policy"},
    {"OpenSSL FIPS Object Module", "2.0.16", kToday, "", "1747", "Historical",
     "#1747 and its like"},
    {"OpenSSL Default Provider", "3.1.2", kToday, "", "-", "-", "OpenSSL 3.1.2"},
    {"OpenSSL Base Provider", "3.1.2", kToday, "", "-", "-", "OpenSSL 3.1.2"},
    {"", "3.1.2", kToday, "", "-", "-", "no name reported"},
    {"OpenSSL FIPS Provider%", "3.1.2", kToday, "", "-", "-", "a sign that SQL knows"},
};

std::string exact(const base::Database& db) {
  return fixture::column(
      db, "SELECT certificate FROM certificate_match WHERE grade = 'exact' ORDER BY nearness");
}

std::string nearest(const base::Database& db) {
  return fixture::cell(
      db, "SELECT certificate FROM certificate_match WHERE grade = 'near' AND nearness = 1");
}

std::string against(const base::Database& db, std::int64_t certificate) {
  return fixture::cell(db, "SELECT reasons_against FROM certificate_match WHERE certificate = " +
                               std::to_string(certificate));
}

}  // namespace

TEST_CASE("modules match the certificates that have their name and version") {
  for (const Case& each : kCases) {
    CAPTURE(each.name, each.version, each.as_of, each.source);
    const auto db = fixture::judged(each.name, each.version, each.as_of);
    CHECK(exact(db) == each.exact);
    CHECK(nearest(db) == each.nearest);
    CHECK(fixture::cell(db,
                        "SELECT status FROM certificate_match JOIN certificate_status"
                        " USING (certificate) ORDER BY grade, nearness") == each.status);
  }
}

TEST_CASE("a provider that is no FIPS provider matches nothing, whatever it is called") {
  for (const char* name : {"OpenSSL Default Provider", "OpenSSL FIPS Provider"}) {
    const auto db = fixture::judged(name, "3.1.2", kToday, 0);
    CHECK(fixture::cell(db, "SELECT count(*) FROM certificate_match") == "0");
    CHECK(fixture::cell(db, "SELECT count(*) FROM environment_match") == "0");
    CHECK(fixture::cell(db, "SELECT count(*) FROM certificate") == "0");
    CHECK(fixture::cell(db, "SELECT certificates FROM snapshot") == "5516");
  }
}

TEST_CASE("a provider that could not be loaded reports no name and matches nothing") {
  auto db = fixture::evidence();
  db.execute(
      "INSERT INTO provider (source, basis, module, fips, load_error)"
      " VALUES (1, 'listed', 'openssl:fips', 1, 'self test failure')");
  cmvp::match_certificates(cmvp::built_in_snapshot(), db, kToday);
  CHECK(fixture::cell(db, "SELECT count(*) FROM certificate_match") == "0");
}

TEST_CASE("a near miss says what speaks for it and what against") {
  const auto red_hat = fixture::judged(kRedHat, "3.0.7-cda111b5812c30d4", kToday);
  CHECK(fixture::cell(red_hat,
                      "SELECT reasons_for FROM certificate_match WHERE certificate = 4857") ==
        "the module reports the name of the certificate; same upstream version 3.0.7");
  CHECK(against(red_hat, 4857) ==
        "another build hash: 3.0.7-cda111b5812c30d4 runs, 3.0.7-395c1a240fbfffd8 is on the "
        "certificate");
  const auto upstream = fixture::judged(kUpstream, "3.0.20", kToday);
  CHECK(against(upstream, 4985) ==
        "version 3.0.20 is not on the certificate; it lies below 3.1.2, the lowest there");
  CHECK(against(upstream, 4282) ==
        "version 3.0.20 is not on the certificate; it lies above 3.0.9, the highest there");
  CHECK(against(upstream, 4811) ==
        "the snapshot knows no version of certificate #4811 to compare with, which shows neither a "
        "match nor a mismatch");
}

TEST_CASE("an exact match says where the version of the certificate was read") {
  const auto db = fixture::judged(kUpstream, "3.0.9", kToday);
  CHECK(fixture::cell(db, "SELECT reasons_for FROM certificate_match WHERE grade = 'exact'") ==
        "the module reports the name of the certificate; version 3.0.9 is the certificate's, "
        "character for character (from the certificate page)");
}

TEST_CASE("an unknown version is neither a match nor a mismatch") {
  const auto db = fixture::judged(kUpstream, "3.1.2", kToday);
  CHECK(fixture::column(db,
                        "SELECT certificate FROM certificate_match"
                        " WHERE version_matches IS NULL ORDER BY certificate") == "4619 4706 4811");
  CHECK(fixture::column(db, "SELECT certificate FROM certificate_match WHERE version_matches = 0")
            .empty());
}

TEST_CASE("a number that may be the version of the document is no match") {
  // #4725 has 4.4 and 1.3 without a label; one of them is the version of its Security Policy.
  const auto db =
      fixture::judged("SUSE Linux Enterprise OpenSSL Cryptographic Module", "1.3", kToday);
  CHECK(exact(db).empty());
  CHECK(fixture::cell(db,
                      "SELECT version_matches IS NULL FROM certificate_match"
                      " WHERE certificate = 4725") == "1");
  CHECK(against(db, 4725) ==
        "the security policy has the number 1.3 but does not say that it is the version of the "
        "module");
}

TEST_CASE("two modules are matched each for itself") {
  auto db = fixture::evidence();
  fixture::add_provider(db, "openssl:a", kUpstream, "3.1.2");
  fixture::add_provider(db, "openssl:a", kUpstream, "3.1.2");
  fixture::add_provider(db, "openssl:b", kRedHat, "3.0.7-395c1a240fbfffd8");
  cmvp::match_certificates(cmvp::built_in_snapshot(), db, kToday);
  CHECK(fixture::column(db,
                        "SELECT module || '=' || certificate FROM certificate_match"
                        " WHERE grade = 'exact' ORDER BY module") ==
        "openssl:a=4985 openssl:b=4857");
}

TEST_CASE("certificates that a match relates to are copied with their status") {
  // #1330 operates with #1327 and #1328.
  const auto db = fixture::judged("Windows 7 Enhanced Cryptographic Provider (RSAENH)",
                                  "6.1.7600.16385", kToday);
  CHECK(nearest(db) == "1330");
  CHECK(fixture::column(db,
                        "SELECT number FROM certificate_relation JOIN certificate"
                        " ON number = other WHERE certificate = 1330 ORDER BY number") ==
        "1327 1328");
  CHECK(fixture::cell(db, "SELECT status FROM certificate_status WHERE certificate = 1327") ==
        "Historical");
  CHECK(fixture::cell(db, "SELECT count(*) FROM certificate_match") == "1");
}

TEST_CASE("a file digest that a record names speaks for or against, and decides nothing") {
  const std::string digest(64, 'a'), other(64, 'b');
  cmvp::Certificate certificate;
  certificate.name = kUpstream;
  certificate.versions = {{"3.1.2", "software", "certificate page"}};
  certificate.file_digests = {digest};
  cmvp::ReportedModule module{"openssl:fips", kUpstream, "3.1.2"};
  CHECK(cmvp::match_module(module, certificate).reasons_against.empty());
  module.file_digest = digest;
  const auto same = cmvp::match_module(module, certificate);
  CHECK(same.exact);
  CHECK(same.reasons_for.at(1) ==
        "its file has a SHA-256 that the record of the certificate names");
  module.file_digest = other;
  const auto different = cmvp::match_module(module, certificate);
  CHECK(different.exact);
  CHECK(different.reasons_against.at(0) ==
        "its file, SHA-256 bbbbbbbbbbbb…, is none of those that the record of the certificate "
        "names");
  module.version = "3.1.3";
  module.file_digest = digest;
  CHECK_FALSE(cmvp::match_module(module, certificate).exact);
}

TEST_CASE("the digest of a provider's file goes with what the provider reports") {
  auto db = fixture::evidence();
  fixture::add_provider(db, "openssl:fips", kUpstream, "3.1.2");
  db.execute(
      "INSERT INTO provider_file (source, basis, module, path, sha256)"
      " VALUES (1, 'observed', 'openssl:fips', '/x/fips.so', 'abc')");
  REQUIRE(cmvp::reported_modules(db).size() == 1);
  CHECK(cmvp::reported_modules(db)[0].file_digest == "abc");
}

TEST_CASE("a date that is none is refused before anything is written") {
  auto db = fixture::evidence();
  CHECK_THROWS_AS(cmvp::match_certificates(cmvp::built_in_snapshot(), db, "2026-02-30"),
                  base::Error);
  CHECK(fixture::cell(db, "SELECT name FROM sqlite_schema WHERE name = 'certificate'") == "-");
}

TEST_CASE("the same evidence, snapshot and date give the same rows") {
  const std::string all =
      "SELECT group_concat(module || certificate || grade || nearness || reasons_for ||"
      " reasons_against, '/') FROM certificate_match";
  CHECK(fixture::cell(fixture::judged(kUpstream, "3.0.20", kToday), all) ==
        fixture::cell(fixture::judged(kUpstream, "3.0.20", kToday), all));
}

TEST_CASE("every judgement table is described, and created with the columns it describes") {
  auto db = base::Database::in_memory();
  cmvp::create_judgement_tables(db);
  REQUIRE(cmvp::judgement_tables().size() == 16);
  for (const auto& table : cmvp::judgement_tables()) {
    CAPTURE(std::string(table.name));
    CHECK_FALSE(table.description.empty());
    auto row = db.prepare("SELECT * FROM " + std::string(table.name));
    REQUIRE(static_cast<std::size_t>(row.column_count()) == table.columns.size());
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      CHECK(row.column_name(static_cast<int>(i)) == table.columns[i].name);
      CHECK_FALSE(table.columns[i].description.empty());
    }
  }
}
