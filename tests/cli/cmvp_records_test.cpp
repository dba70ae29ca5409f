// Vendors, products and numbers are invented; certificate #4985 is NIST's, with an entropy
// certificate and a CAVP number that the test gives it.
#include "cli/cmvp_subcommand.h"
#include "cli/exit_code.h"
#include "cmvp/built_in.h"
#include "cmvp/lookup.h"
#include "cmvp/snapshot.h"
#include "cmvp/store.h"
#include "evidence/base/error.h"
#include "evidence/base/temporary_folder.h"
#include "tests/catch.h"
#include "tests/cli/cmvp_said.h"

namespace {

using cmvp_said::run;
using cmvp_said::Said;
using cmvp_said::says;

// A stored snapshot with one certificate and one record of each other kind; its path.
std::string store(const base::TemporaryFolder& folder) {
  cmvp::SnapshotContents contents;
  contents.header = {"2026-11-01", "a test", 0};
  auto certificate = cmvp::find_certificate(cmvp::built_in_snapshot(), 4985).value();
  certificate.entropy = {"ESV Cert. #E47", "E48"};
  certificate.cavp_numbers = {"A4809", "A1"};
  contents.certificates = {certificate};
  contents.in_process = {{"modules in process", "New module", "V", "FIPS 140-3", "Coordination",
                          "2026-01-02", "2026-11-01"}};
  contents.entropy_certificates = {
      {47, "Vendor Ltd", "Source", "SP 800-90B", "", "Physical", "Open", {"2026-01-02"}}};
  contents.algorithm_validations = {
      {"A4809", 77, 9, "Vendor Ltd", "Engine", "1.0", "Software", "2026-01-02", "", "AES-CBC"}};
  contents.products = {
      {"Smart Cards", "Card", "Vendor Ltd", "DE", "EAL4+", "", "2025-01-02", "", {}}};
  cmvp::ProfileDocument document;
  document.profile.name = "Example Package";
  document.profile.version = "1.0";
  document.requirements = {{"FCS_COP.1", 1, "Hashing", "sel-based", "It shall hash: [selection]"}};
  document.selections = {{"FCS_COP.1", 1, "h1", true, "SHA-256"}};
  contents.documents = {document};
  return cmvp::store_snapshot(folder.path(), contents);
}

}  // namespace

TEST_CASE("cmvp show joins the entropy certificates and algorithm validations that are held") {
  const base::TemporaryFolder folder;
  const std::string file = store(folder);
  const Said page = run({"show", "4985"}, {{"snapshot", {file}}});
  CHECK(says(page, "E47: Source; Vendor Ltd; noise source Physical; Open; 2026-01-02"));
  CHECK(says(page, "E48: not in the snapshot"));
  CHECK(says(page, "A4809: Engine 1.0; Vendor Ltd; 2026-01-02"));
  const Said json = run({"show", "4985"}, {{"snapshot", {file}}, {"format", {"json"}}});
  CHECK(says(json, "\"noise_source\": \"Physical\""));
  CHECK(says(json, "\"in_snapshot\": false"));
  CHECK(says(json, "\"product\": \"Engine\""));
}

TEST_CASE("a CAVP validation is asked for by its number, with the certificates that name it") {
  const base::TemporaryFolder folder;
  const std::map<std::string, std::vector<std::string>> held = {{"snapshot", {store(folder)}}};
  const Said found = run({"cavp", "a4809"}, held);
  CHECK(found.code == cli::kHolds);
  CHECK(says(found, "A4809\n  product              Engine"));
  CHECK(says(found, "a4809 is named by #4985"));
  auto json = held;
  json["format"] = {"json"};
  CHECK(says(run({"cavp", "A4809"}, json), "\"certificates\": [\n      4985"));
  const Said named = run({"cavp", "A1"}, held);
  CHECK(named.code == cli::kUndetermined);
  CHECK(says(named, "A1 is named by #4985"));
}

TEST_CASE("what was imported besides certificates can be printed") {
  const base::TemporaryFolder folder;
  const std::map<std::string, std::vector<std::string>> held = {{"snapshot", {store(folder)}}};
  CHECK(says(run({"in-process", "new"}, held), "status               Coordination"));
  CHECK(says(run({"entropy", "E47"}, held), "E47\n  name                 Source"));
  CHECK(says(run({"cavp", "engine"}, held), "algorithms           AES-CBC"));
  const Said product = run({"products", "card"}, held);
  CHECK(product.code == cli::kHolds);
  CHECK(says(product, "Card\n  vendor               Vendor Ltd"));
  CHECK(says(product, "1 Common Criteria products found in the CMVP snapshot of 2026-11-01"));
  const Said profile = run({"profiles", "example", "package"}, held);
  CHECK(says(profile, "FCS_COP.1.1  Hashing (sel-based)\n  It shall hash: [selection]\n"));
  CHECK(says(profile, "  - SHA-256 (alone)"));
}

TEST_CASE("profiles as JSON have their requirements and choices") {
  const base::TemporaryFolder folder;
  const Said json = run({"profiles"}, {{"snapshot", {store(folder)}}, {"format", {"json"}}});
  CHECK(says(json, "\"component\": \"FCS_COP.1\""));
  CHECK(says(json, "\"exclusive\": true"));
}

TEST_CASE("a snapshot without such records says so, and what has not the words is not found") {
  const Said none = run({"products"}, {{"snapshot", {"built-in"}}});
  CHECK(none.code == cli::kUndetermined);
  CHECK(none.err.find("this snapshot holds no Common Criteria products; assay cmvp import") !=
        std::string::npos);
  const base::TemporaryFolder folder;
  const Said other = run({"products", "printer"}, {{"snapshot", {store(folder)}}});
  CHECK(other.code == cli::kUndetermined);
  CHECK(other.err.empty());
  CHECK_THROWS_AS(run({"products"}, {{"format", {"ics"}}}), base::Error);
  CHECK_THROWS_AS(run({"products"}, {{"limit", {"0"}}}), base::Error);
}
