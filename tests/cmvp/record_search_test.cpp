// Pages are of our own making in the markup of NIST and the Common Criteria portal; vendors and
// numbers are invented. The forms of an entropy certificate's number are those of NIST's pages.
#include "cmvp/record_search.h"

#include "cmvp/entropy_certificates.h"
#include "cmvp/import_files.h"
#include "cmvp/snapshot.h"
#include "evidence/base/error.h"
#include "tests/catch.h"
#include "tests/cmvp/evidence_fixture.h"
#include "tests/cmvp/pages.h"

namespace {

constexpr const char* kProfile =
    "<?xml version=\"1.0\"?><Package xmlns=\"https://niap-ccevs.org/cc/v1\" "
    "xmlns:h=\"http://www.w3.org/1999/xhtml\"><PPReference>"
    "<ReferenceTable><PPTitle>Example Package</PPTitle><PPVersion>1.0</PPVersion>"
    "<PPPubDate>2026-01-02</PPPubDate></ReferenceTable></PPReference>"
    "<f-component cc-id=\"fcs_cop.1\" name=\"Hashing\"><f-element><title>It shall not use<h:ul>"
    "<h:li>MD5</h:li><h:li>SHA-1</h:li></h:ul>but <selectables><selectable>SHA-256</selectable>"
    "</selectables></title></f-element></f-component></Package>";

base::Database snapshot_of(const cmvp::SnapshotContents& contents) {
  auto db = base::Database::in_memory();
  cmvp::build_snapshot(contents, db);
  return db;
}

cmvp::SnapshotContents contents() {
  cmvp::SnapshotContents contents;
  contents.header = {"2026-11-01", "a test", 0};
  contents.products = {{"Smart Cards",
                        "Card 100% A",
                        "Vendor Ltd",
                        "DE",
                        "EAL4+",
                        "",
                        "2025-01-02",
                        "",
                        {{"2025-03-04", "Minor changes"}}},
                       {"Smart Cards", "Other card", "Someone", "FR", "EAL5+", "", "", "", {}}};
  contents.entropy_certificates = {
      {47, "Vendor Ltd", "Source", "SP 800-90B", "", "Physical", "Open", {"2026-01-02"}}};
  contents.algorithm_validations = {
      {"A4809", 77, 9, "Vendor Ltd", "Engine", "1.0", "Software", "2026-01-02", "", ""}};
  return contents;
}

std::string cell(const cmvp::FoundRecord& record, const std::string& column) {
  for (const auto& [name, value] : record.columns)
    if (name == column) return std::get<std::string>(value);
  return "-";
}

}  // namespace

TEST_CASE("the number of an entropy certificate stands behind an E, and nothing else is one") {
  using Numbers = std::vector<std::int64_t>;
  CHECK(cmvp::entropy_numbers("E47") == Numbers{47});
  CHECK(cmvp::entropy_numbers("ESV Cert. #E47, #E48 and E47") == Numbers{47, 48});
  CHECK(cmvp::entropy_numbers("ENT (P)").empty());
  CHECK(cmvp::entropy_numbers("SP 800-90B, Xeon E5-2680").empty());
  CHECK(cmvp::entropy_numbers("RE47 E47a E E0 E99999999999999999999").empty());
}

TEST_CASE("records are found by words in any column, in any case, and signs mean themselves") {
  const auto db = snapshot_of(contents());
  const auto& products = cmvp::record_kind("products");
  CHECK(cmvp::find_records(db, products, "", 50).size() == 2);
  CHECK(cmvp::find_records(db, products, "", 1).size() == 1);
  const auto found = cmvp::find_records(db, products, "CARD eal4+", 50);
  REQUIRE(found.size() == 1);
  CHECK(found[0].columns[0].first == "name");
  CHECK(cell(found[0], "certified") == "2025-01-02");
  CHECK(cell(found[0], "maintenance") == "2025-03-04 Minor changes");
  CHECK(cell(found[0], "archived") == "-");
  CHECK(cmvp::find_records(db, products, "100%", 50).size() == 1);
  CHECK(cmvp::find_records(db, products, "c%d", 50).empty());
  CHECK(cmvp::find_records(db, cmvp::record_kind("entropy"), "e47", 50).size() == 1);
  CHECK(cmvp::count_records(db, cmvp::record_kind("cavp")) == 1);
  CHECK(cmvp::count_records(db, cmvp::record_kind("profiles")) == 0);
  CHECK_THROWS_AS(cmvp::record_kind("certificates"), base::Error);
}

TEST_CASE("every kind of records can be asked of the built-in snapshot, which holds none") {
  const auto db = cmvp::built_in_snapshot();
  for (const cmvp::RecordKind& kind : cmvp::record_kinds()) {
    CAPTURE(kind.name);
    CHECK(cmvp::find_records(db, kind, "", 5).empty());
  }
}

TEST_CASE("a profile is found with its requirements, and items of a list stay apart") {
  cmvp::FileImport import({"2026-11-01", "a test", false, {}});
  import.add("p.xml", kProfile);
  const auto db = snapshot_of(import.finish(nullptr).contents);
  const auto found = cmvp::find_records(db, cmvp::record_kind("profiles"), "example", 50);
  REQUIRE(found.size() == 1);
  const auto document = cmvp::profile_requirements(db, found[0].id);
  REQUIRE(document.requirements.size() == 1);
  CHECK(document.requirements[0].text == "It shall not use MD5; SHA-1; but [selection]");
  CHECK(document.selections.at(0).text == "SHA-256");
}

TEST_CASE("entropy certificates and algorithm validations are found by their number") {
  const auto db = snapshot_of(contents());
  CHECK(cmvp::find_entropy_certificate(db, 47)->validation_dates ==
        std::vector<std::string>{"2026-01-02"});
  CHECK_FALSE(cmvp::find_entropy_certificate(db, 48));
  REQUIRE(cmvp::find_algorithm_validations(db, "A4809").size() == 1);
  CHECK(cmvp::find_algorithm_validations(db, "A4809")[0].product == "Engine");
  CHECK(cmvp::find_algorithm_validations(db, "A480").empty());
}

TEST_CASE("the list and the product page of a validation are one, and a later page keeps it") {
  const auto list = [](const char* id, const char* number) {
    return std::string(
               "<table><tr><td id=\"vendor-name-1\">Vendor A</td><td><a "
               "href=\"details?product=9\" id=\"product-name-1\">Product A</a></td><td>"
               "<a href=\"details?validation=") +
           id + "\" id=\"validation-number-1-0\">" + number +
           "</a></td><td id=\"validation-date-1-0\">1/15/2024</td></tr></table>";
  };
  cmvp::FileImport import({"2026-11-01", "a test", false, {}});
  import.add("list.html", list("77", "A4809"));
  import.add("again.html", list("77", "A4809"));
  const auto first = import.finish(nullptr).contents;
  CHECK(first.algorithm_validations.size() == 1);
  cmvp::FileImport later({"2026-11-02", "a test", false, {}});
  later.add("list.html", list("78", "A4810"));
  const auto second = later.finish(&first).contents;
  REQUIRE(second.algorithm_validations.size() == 2);
  CHECK(second.algorithm_validations[0].number == "A4809");
}

TEST_CASE("a number finds its record alone, not those that have it inside") {
  auto held = contents();
  held.algorithm_validations.push_back(
      {"A48091", 78, 9, "Vendor Ltd", "Engine", "2.0", "Software", "2026-01-02", "", "like A4809"});
  held.entropy_certificates.push_back(
      {470, "Vendor Ltd", "Other source", "SP 800-90B", "", "Physical", "Open", {}});
  const auto db = snapshot_of(held);
  const auto found = [&](const char* kind, const char* words) {
    std::string numbers;
    for (const auto& each : cmvp::find_records(db, cmvp::record_kind(kind), words, 9))
      numbers += cell(each, "number") + " ";
    return numbers;
  };
  CHECK(found("cavp", "a4809") == "A4809 ");
  CHECK(found("cavp", "A480") == "A4809 A48091 ");
  CHECK(found("cavp", "engine A4809") == "A4809 A48091 ");
  CHECK(found("entropy", "E47") == "E47 ");
  CHECK(found("entropy", "E4") == "E47 E470 ");
}

TEST_CASE("the certificates that name a CAVP validation are found by all of its number") {
  auto held = contents();
  cmvp::Certificate one, two, three;
  one.number = 1;
  one.cavp_numbers = {"A4808", "A4809"};
  two.number = 2;
  two.algorithms = {{"AES-CBC", "A1 A4809"}};
  three.number = 3;
  three.cavp_numbers = {"A48091"};
  for (auto* each : {&one, &two, &three})
    each->status = "Active", each->status_as_of = "2026-11-01";
  held.certificates = {one, two, three};
  const auto db = snapshot_of(held);
  using Numbers = std::vector<std::int64_t>;
  CHECK(cmvp::certificates_naming(db, "a4809") == Numbers{1, 2});
  CHECK(cmvp::certificates_naming(db, "A48") == Numbers{});
  CHECK(cmvp::certificates_naming(db, "A4_09") == Numbers{});
}
