// The list of modules in process is NIST's of 2021-12-19 (../shared/data/cmvp/nist-html), on which
// "Red Hat Enterprise Linux 8 OpenSSL Cryptographic Module" stands; the other one is of our own
// making in its markup.
#include <fstream>
#include <sstream>

#include "cmvp/import_files.h"
#include "cmvp/match.h"
#include "cmvp/snapshot.h"
#include "tests/catch.h"
#include "tests/cmvp/evidence_fixture.h"

namespace {

constexpr const char* kRealList =
    ASSAY_SOURCE_DIR "/../shared/data/cmvp/nist-html/fips_mip_2021-12-19T06_01_00.html";

std::string list_of(const std::string& name) {
  return "<html><body><table><thead><tr><th>Module Name</th><th>Vendor Name</th><th>Standard</th>"
         "<th>Status</th></tr></thead><tbody><tr><td>" +
         name +
         "</td><td>The OpenSSL Project</td><td>FIPS 140-3</td><td>Review Pending  (10/2/2026)</td>"
         "</tr></tbody></table></body></html>";
}

// What a snapshot of the one page, taken at `day` on top of the built-in one, says of a provider.
base::Database judged_with(const std::string& page, const std::string& day, const std::string& name,
                           const std::string& version) {
  cmvp::FileImport import({day, "a test", false, {}});
  import.add("list.html", page);
  auto snapshot = base::Database::in_memory();
  const auto known = cmvp::read_snapshot(cmvp::built_in_snapshot());
  cmvp::build_snapshot(import.finish(&known).contents, snapshot);
  auto db = fixture::evidence();
  fixture::add_provider(db, "openssl:fips", name, version);
  cmvp::match_certificates(snapshot, db, "2026-11-23");
  return db;
}

}  // namespace

TEST_CASE("a module in process is told with its list, standard, status and days") {
  const auto db = judged_with(list_of("OpenSSL FIPS Provider 3.5"), "2026-11-01",
                              "OpenSSL FIPS Provider", "3.5.4");
  CHECK(fixture::cell(db,
                      "SELECT module || '|' || list || '|' || list_as_of || '|' || name || '|' ||"
                      " vendor || '|' || standard || '|' || status || '|' || status_date"
                      " FROM module_in_process") ==
        "openssl:fips|modules in process|2026-11-01|OpenSSL FIPS Provider 3.5|The OpenSSL Project|"
        "FIPS 140-3|Review Pending|2026-10-02");
  CHECK(fixture::cell(db, "SELECT in_process_as_of FROM snapshot") == "2026-11-01");
}

TEST_CASE("a module in process is no match, and another name is not told") {
  const auto same = judged_with(list_of("New Module"), "2026-11-01", "New Module", "1.0");
  CHECK(fixture::cell(same, "SELECT count(*) FROM module_in_process") == "1");
  CHECK(fixture::cell(same, "SELECT count(*) FROM certificate_match") == "0");
  const auto other = judged_with(list_of("New Module Plus"), "2026-11-01", "New Module", "1.0");
  CHECK(fixture::cell(other, "SELECT count(*) FROM module_in_process") == "0");
  CHECK(fixture::cell(other, "SELECT in_process_as_of FROM snapshot") == "2026-11-01");
}

TEST_CASE("the built-in snapshot holds no list of modules in process, and says so") {
  const auto db = fixture::judged("OpenSSL FIPS Provider", "3.5.9", "2026-11-23");
  CHECK(fixture::cell(db, "SELECT in_process_as_of IS NULL FROM snapshot") == "1");
}

TEST_CASE("a module on NIST's saved list is found by its name") {
  std::ifstream file(kRealList, std::ios::binary);
  if (!file) {
    WARN("NIST's list is not there, so it is not read: " << kRealList);
    return;
  }
  std::ostringstream page;
  page << file.rdbuf();
  const auto db = judged_with(page.str(), "2026-10-01",
                              "Red Hat Enterprise Linux 8 OpenSSL Cryptographic Module", "rhel8");
  CHECK(fixture::column(db, "SELECT DISTINCT standard FROM module_in_process") == "FIPS 140-2");
  CHECK(
      fixture::column(db, "SELECT DISTINCT vendor FROM module_in_process").starts_with("Red Hat"));
}
