// Counts are those of NIST's list of 2026-09-30: 709 Active certificates, all of FIPS 140-3.
#include "cmvp/snapshot.h"

#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "cmvp/built_in.h"
#include "cmvp/embedded.h"
#include "cmvp/lookup.h"
#include "evidence/base/csv.h"
#include "evidence/base/digest.h"
#include "evidence/base/error.h"
#include "tests/catch.h"
#include "tests/cmvp/evidence_fixture.h"

namespace {

constexpr const char* kSnapshot = ASSAY_SOURCE_DIR "/cmvp/snapshots/2026-09-30";

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("the built-in snapshot holds every certificate of the list") {
  const auto db = cmvp::built_in_snapshot();
  CHECK(fixture::cell(db, "SELECT count(*) FROM certificate") == "5516");
  CHECK(fixture::cell(db, "SELECT count(*) FROM certificate WHERE status = 'Active'") == "709");
  CHECK(fixture::cell(db,
                      "SELECT count(*) FROM certificate WHERE status = 'Active'"
                      " AND standard <> 'FIPS 140-3'") == "0");
  CHECK(fixture::cell(db, "SELECT count(*) FROM certificate WHERE status = 'Revoked'") == "22");
}

TEST_CASE("the built-in snapshot names the digest of the text that it was made from") {
  const auto info = cmvp::snapshot_info(cmvp::built_in_snapshot());
  CHECK(info.digest == base::sha256(file_text(std::string(kSnapshot) + ".csv")));
  CHECK(info.taken_at == "2026-09-30");
  CHECK(info.certificates == 5516);
  CHECK_FALSE(info.source.empty());
}

TEST_CASE("the same text gives the same database image, byte for byte") {
  const std::string path = ASSAY_BINARY_DIR "/cmvp_image_test.db";
  std::remove(path.c_str());
  {
    auto target = base::Database::create(path);
    const std::string text = kSnapshot;
    cmvp::build_snapshot(cmvp::read_header(file_text(text + ".txt"), "header"),
                         file_text(text + ".csv"), "snapshot", target);
  }
  const bool same = file_text(path) == base::find_resource(cmvp::embedded(), "snapshot.db");
  CHECK(same);
  std::remove(path.c_str());
}

TEST_CASE("the built-in snapshot is sound and cannot be written to") {
  auto db = cmvp::built_in_snapshot();
  CHECK(db.integrity() == "ok");
  CHECK_THROWS_AS(db.execute("UPDATE certificate SET status = 'Active'"), base::Error);
}

TEST_CASE("opening the snapshot and one lookup take less than ten milliseconds") {
  auto best = std::chrono::nanoseconds::max();
  for (int i = 0; i < 5; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const auto found = cmvp::find_certificate(cmvp::built_in_snapshot(), 4985);
    const std::chrono::nanoseconds taken = std::chrono::steady_clock::now() - start;
    REQUIRE(found);
    best = std::min(best, taken);
  }
  INFO("best of five: " << best.count() << " ns");
  CHECK(best < std::chrono::milliseconds(10));
}

TEST_CASE("the Active list of the day has the same numbers as the snapshot") {
  const std::string path = ASSAY_SOURCE_DIR "/../shared/data/cmvp/active-2026-09-30.csv";
  if (!std::ifstream(path)) {
    WARN("the Active list is not there, so the snapshot is not compared with it: " << path);
    return;
  }
  const auto csv = base::parse_csv(file_text(path), path);
  std::string listed;
  for (const auto& row : csv.rows) listed += (listed.empty() ? "" : " ") + row[0];
  CHECK(fixture::column(cmvp::built_in_snapshot(),
                        "SELECT number FROM certificate WHERE status = 'Active' ORDER BY number") ==
        listed);
}

TEST_CASE("a certificate is found by its number with all that is known of it") {
  const auto db = cmvp::built_in_snapshot();
  const auto found = cmvp::find_certificate(db, 4282);
  REQUIRE(found);
  CHECK(found->vendor == "The OpenSSL Project");
  CHECK(found->name == "OpenSSL FIPS Provider");
  CHECK(found->standard == "FIPS 140-2");
  CHECK(found->overall_level == 1);
  CHECK(found->validation_dates.front() == "2022-08-23");
  REQUIRE(found->versions.size() == 2);
  CHECK(found->versions[1].text == "3.0.9");
  CHECK(found->versions[1].origin == "certificate page");
  CHECK(found->recorded_versions.at(0).text == "3.0.8, 3.0.9");
  CHECK_FALSE(cmvp::find_certificate(db, 99999));
  CHECK_FALSE(cmvp::find_certificate(db, -1));
}

TEST_CASE("a search puts the certificate that has the name first") {
  const auto db = cmvp::built_in_snapshot();
  const auto found = cmvp::search(db, "openssl fips provider", {});
  REQUIRE(found.size() > 5);
  CHECK(found[0].number == 4985);
  for (std::size_t i = 0; i < 5; ++i) CHECK(found[i].name == "OpenSSL FIPS Provider");
  CHECK(found[5].name != "OpenSSL FIPS Provider");
}

TEST_CASE("a search finds numbers, vendors and versions") {
  const auto db = cmvp::built_in_snapshot();
  CHECK(cmvp::search(db, "#4985", {}).at(0).number == 4985);
  CHECK(cmvp::search(db, "4985", {}).at(0).number == 4985);
  CHECK(cmvp::search(db, "395c1a240fbfffd8", {}).at(0).number == 4857);
  CHECK(cmvp::search(db, "chainguard 3.4.0", {}).at(0).number == 5132);
}

TEST_CASE("a slip of the hand finds near names, and says what was looked for") {
  const auto db = cmvp::built_in_snapshot();
  const auto found = cmvp::fuzzy_search(db, "opnessl fips provder", {});
  REQUIRE(found.corrections.size() == 2);
  CHECK(found.corrections[0].word == "opnessl");
  CHECK(found.corrections[0].instead == "openssl");
  CHECK(found.corrections[1].instead == "provider");
  REQUIRE_FALSE(found.certificates.empty());
  CHECK(found.certificates[0].name == "OpenSSL FIPS Provider");
  CHECK(cmvp::fuzzy_search(db, "boringcrytpo", {}).certificates.at(0).name == "BoringCrypto");
}

TEST_CASE("what has the words is never replaced by near names") {
  const auto db = cmvp::built_in_snapshot();
  CHECK(cmvp::fuzzy_search(db, "openssl fips provider", {}).corrections.empty());
  CHECK(cmvp::fuzzy_search(db, "qqqqqqqqqq", {}).certificates.empty());
  CHECK(cmvp::fuzzy_search(db, "qq", {}).corrections.empty());
  // Both words stand somewhere, though nowhere together.
  CHECK(cmvp::fuzzy_search(db, "boringcrypto luna", {}).certificates.empty());
}

TEST_CASE("a search keeps sunset dates before a date") {
  const auto db = cmvp::built_in_snapshot();
  cmvp::SearchFilter filter;
  filter.status = "Active";
  filter.sunset_before = "2026-10-21";
  const auto found = cmvp::search(db, "gnutls", filter);
  REQUIRE(found.size() == 1);
  CHECK(found[0].number == 4846);
}

TEST_CASE("what relates to a certificate is found from the other end") {
  const auto found = cmvp::relations_to(cmvp::built_in_snapshot(), 4725);
  REQUIRE(found.size() == 1);
  CHECK(found[0].first == 4822);
  CHECK(found[0].second == "operates_with");
}

TEST_CASE("a search keeps what the filter keeps") {
  const auto db = cmvp::built_in_snapshot();
  cmvp::SearchFilter filter;
  filter.status = "active";
  filter.limit = 10000;
  CHECK(cmvp::search(db, "", filter).size() == 709);
  filter.standard = "140-2";
  CHECK(cmvp::search(db, "", filter).empty());
  filter = {};
  filter.vendor = "openssl project";
  CHECK(cmvp::search(db, "", filter).size() == 3);
  filter.limit = 2;
  CHECK(cmvp::search(db, "", filter).size() == 2);
  filter = {};
  filter.overall_level = 4;
  filter.module_type = "hardware";
  filter.status = "Active";
  for (const auto& each : cmvp::search(db, "", filter)) CHECK(each.overall_level == 4);
}

TEST_CASE("signs that SQL knows mean themselves in a search") {
  const auto db = cmvp::built_in_snapshot();
  CHECK(cmvp::search(db, "%", {}).empty());
  CHECK(cmvp::search(db, "'; DROP TABLE certificate; --", {}).empty());
}
