// The saved pages of the Common Criteria portal and NIAP's profiles are those of ../shared/data/cc;
// what the profiles hold is compared with ../shared/facts/niap_selections.csv, which another reader
// made. The small ones are of our own making in the same markup.
#include "cmvp/common_criteria_page.h"

#include <fstream>
#include <map>
#include <sstream>

#include "cmvp/entropy_page.h"
#include "cmvp/import_files.h"
#include "cmvp/profile_xml.h"
#include "evidence/base/csv.h"
#include "evidence/base/error.h"
#include "tests/catch.h"
#include "tests/cmvp/evidence_fixture.h"
#include "tests/cmvp/pages.h"

namespace {

constexpr const char* kData = ASSAY_SOURCE_DIR "/../shared/data/cc/";
constexpr const char* kSelections = ASSAY_SOURCE_DIR "/../shared/facts/niap_selections.csv";

// The bytes of a file that is not in the repository; nothing, with a warning, where it is not.
std::optional<std::string> shared(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    WARN("not there, so not read: " << path);
    return std::nullopt;
  }
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string product_table(const std::string& rows) {
  return "<html><body><table class=\"gridTable\"><thead><tr><th>Product</th><th>Vendor</th>"
         "<th>Product<br />Certificate</th><th>Date&nbsp;Certificate<br />Issued</th>"
         "<th>Certificate<br />Validity<br />Expiration<br />Date</th><th>Compliance</th>"
         "<th>Scheme</th></tr></thead><caption>Smart Cards &ndash; 2 Certified Products</caption>"
         "<tbody>" +
         rows + "</tbody></table></body></html>";
}

std::string product_row(const std::string& name, const std::string& issued,
                        const std::string& more = {}) {
  return "<tr><td>" + name + "<a name=\"x\">&nbsp;</a><div class=\"none\">" + more +
         "</div></td><td><a href=\"v\">Vendor Ltd</a></td><td></td><td>" + issued +
         "</td><td>2030-01-02</td><td>EAL4+<br />ALC_FLR.2</td><td><img alt=\"DE\"/><br />DE</td>"
         "</tr>";
}

std::string xml(const std::string& components) {
  return "<?xml version=\"1.0\"?><Package xmlns=\"https://niap-ccevs.org/cc/v1\"><PPReference>"
         "<ReferenceTable><PPTitle>Example Package</PPTitle><PPVersion>1.0</PPVersion>"
         "<PPPubDate>2026-01-02</PPPubDate></ReferenceTable></PPReference>" +
         components + "</Package>";
}

const std::string kComponent =
    "<f-component cc-id=\"fcs_cop.1\" iteration=\"Hash\" name=\"Hashing\" status=\"sel-based\">"
    "<f-element><title>It shall hash with <selectables><selectable id=\"h1\">SHA-256</selectable>"
    "<selectable id=\"h2\" exclusive=\"yes\">with <selectables><selectable>SHA-384</selectable>"
    "</selectables></selectable></selectables> of <assignable>sizes</assignable></title>"
    "<aactivity><selectable>not this</selectable></aactivity></f-element></f-component>";

}  // namespace

TEST_CASE("a product has its category, days, maintenance and protection profiles") {
  const cmvp::Page page(
      product_table(product_row(
          "Card 1.0", "2025-01-02",
          "<a href=\"/files/ppfiles/pp.pdf\">PP for Cards</a><ol><li>2025-03-04 &ndash; Card 1.1"
          "<br/><a href=\"m\">Maintenance Report</a></li></ol>")),
      "products.html");
  REQUIRE(cmvp::is_product_page(page));
  const auto list = cmvp::read_product_page(page);
  REQUIRE(list.products.size() == 1);
  const auto& p = list.products[0];
  CHECK(p.category == "Smart Cards");
  CHECK(p.name == "Card 1.0");
  CHECK(p.vendor == "Vendor Ltd");
  CHECK(p.certified == "2025-01-02");
  CHECK(p.archived == "2030-01-02");
  CHECK(p.assurance == "EAL4+,ALC_FLR.2");
  CHECK(p.scheme == "DE");
  CHECK(p.protection_profiles == "PP for Cards");
  REQUIRE(p.maintenance.size() == 1);
  CHECK(p.maintenance[0].date == "2025-03-04");
  CHECK(p.maintenance[0].title == "Card 1.1");
}

TEST_CASE("rows of one product are one product, and a row that makes no sense is rejected") {
  const auto list = cmvp::read_product_page(cmvp::Page(
      product_table(product_row("Card", "2025-01-02") + product_row("Card", "2025-01-02") +
                    product_row("", "2025-01-02") + product_row("Other", "2025-02-31") +
                    product_row("US day", "3/4/2025") + "<tr><td>short</td></tr>"),
      "products.html"));
  REQUIRE(list.products.size() == 2);
  CHECK(list.products[1].certified == "2025-03-04");
  REQUIRE(list.rejected.size() == 3);
  CHECK(list.rejected[0].line == 3);
  CHECK(list.rejected[0].text == "no product name");
  CHECK(list.rejected[1].text == "certification date is no date: 2025-02-31");
  CHECK(list.rejected[2].text == "1 cells where there are 7 columns");
}

TEST_CASE("a page of products without an expected column is refused") {
  std::string page = product_table(product_row("Card", "2025-01-02"));
  page.replace(page.find("Compliance"), 10, "Conformity");
  CHECK_THROWS_WITH(cmvp::read_product_page(cmvp::Page(page, "products.html")),
                    Catch::Contains("the page no longer looks as expected") &&
                        Catch::Contains("a table has no column \"compliance\""));
}

TEST_CASE("the saved page of products is read") {
  const auto bytes = shared(std::string(kData) + "products_active.sample.html");
  if (!bytes) return;
  const auto list = cmvp::read_product_page(cmvp::Page(*bytes, "products.html"));
  CHECK(list.rejected.empty());
  REQUIRE(list.products.size() >= 3);
  CHECK(list.products[0].name == "NetIQ Identity Manager 4.7");
  CHECK(list.products[0].certified == "2020-06-15");
  CHECK(list.products[0].archived == "2025-06-15");
  CHECK(list.products[0].assurance == "EAL3+,ALC_FLR.2");
  CHECK(list.products[0].scheme == "SE");
  CHECK(list.products[0].category == "Access Control Devices and Systems");
  const auto gate = std::find_if(list.products.begin(), list.products.end(), [](const auto& p) {
    return p.name.starts_with("Fortinet FortiGate");
  });
  REQUIRE(gate != list.products.end());
  CHECK(gate->maintenance.at(0).date == "2019-08-26");
  CHECK(gate->protection_profiles.starts_with("collaborative Protection Profile"));
}

TEST_CASE("the saved list of protection profiles is read, but not the table a script fills") {
  const auto bytes = shared(std::string(kData) + "protection_profiles.sample.html");
  if (!bytes) return;
  const cmvp::Page page(*bytes, "profiles.html");
  REQUIRE(cmvp::is_profile_page(page));
  const auto list = cmvp::read_profile_page(page);
  CHECK(list.rejected.empty());
  REQUIRE_FALSE(list.profiles.empty());
  CHECK(list.profiles[0].name == "Korean National Protection Profile for Single Sign On V1.0");
  CHECK(list.profiles[0].version == "V1.0");
  CHECK(list.profiles[0].issued == "2017-08-18");
  CHECK(list.profiles[0].assurance == "EAL1+,ATE_FUN.1");
  CHECK(list.profiles[0].scheme == "KR");
  for (const auto& each : list.profiles) CHECK_FALSE(each.name.empty());
}

TEST_CASE("a requirement has its choices, those inside of others too, and not the evaluator's") {
  const auto document = cmvp::read_profile_xml(xml(kComponent), "p.xml");
  CHECK(document.profile.name == "Example Package");
  CHECK(document.profile.issued == "2026-01-02");
  REQUIRE(document.requirements.size() == 1);
  CHECK(document.requirements[0].component == "FCS_COP.1/Hash");
  CHECK(document.requirements[0].text == "It shall hash with [selection] of [assignment]");
  REQUIRE(document.selections.size() == 3);
  CHECK(document.selections[0].text == "SHA-256");
  CHECK(document.selections[1].selectable == "h2");
  CHECK(document.selections[1].exclusive);
  CHECK(document.selections[1].text == "with [selection]");
  CHECK(document.selections[2].text == "SHA-384");
}

TEST_CASE("a document that cannot be read is refused, and a component without sense is rejected") {
  const auto document = cmvp::read_profile_xml(
      xml("<f-component/><f-component cc-id=\"fcs_x.1\"/>" + kComponent), "p.xml");
  REQUIRE(document.rejected.size() == 2);
  CHECK(document.rejected[0].text == "a component: has no cc-id");
  CHECK(document.rejected[1].text == "FCS_X.1: has no element");
  CHECK_THROWS_WITH(cmvp::read_profile_xml("<a>\n<b>", "p.xml"), Catch::StartsWith("p.xml:2: "));
  CHECK_THROWS_WITH(cmvp::read_profile_xml(xml(""), "p.xml"),
                    Catch::Contains("no longer looks as expected"));
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "<a>";
  for (int i = 0; i < 300; ++i) deep += "</a>";
  CHECK_THROWS_WITH(cmvp::read_profile_xml(xml(deep + kComponent), "p.xml"),
                    "p.xml: elements nested deeper than 200");
}

TEST_CASE("the choices of NIAP's profiles are those that another reader found") {
  const auto csv = shared(kSelections);
  if (!csv) return;
  const auto facts = base::parse_csv(*csv, "niap_selections.csv");
  const std::map<std::string, std::string> files = {
      {"Application Software PP", "application.xml"},
      {"General Purpose OS PP", "operatingsystem.xml"},
      {"TLS Functional Package", "tls-package.xml"}};
  std::size_t compared = 0;
  for (const auto& [profile, file] : files) {
    const auto bytes = shared(kData + file);
    if (!bytes) return;
    CAPTURE(file);
    REQUIRE(cmvp::is_profile_xml(*bytes));
    const auto document = cmvp::read_profile_xml(*bytes, file);
    CHECK(document.rejected.empty());
    std::multimap<std::string, std::string> ours;
    for (const auto& each : document.selections)
      ours.emplace(each.component + " " + std::to_string(each.element) + " " + each.selectable +
                       (each.exclusive ? " yes" : " "),
                   each.text);
    for (const auto& row : facts.rows) {
      if (row[0] != profile) continue;
      ++compared;
      CAPTURE(row[2], row[4], row[5], row[7]);
      const auto [begin, end] =
          ours.equal_range(row[2] + " " + row[4] + " " + row[5] + " " + row[6]);
      CHECK(begin != end);
    }
  }
  CHECK(compared == 1022);
}

TEST_CASE("an entropy certificate is read by its labels, its number from the heading or the file") {
  std::string text = pages::detail("47", {{"Implementation Name", "Example Source"},
                                          {"Standard", "SP 800-90B"},
                                          {"Noise Source", "Physical"},
                                          {"Reuse Status", "Open for reuse"},
                                          {"Validation Date", "1/2/2026<br/>13/13/2026"}});
  text.replace(text.find("Certificate #47"), 15, "Entropy Certificate #E47");
  const cmvp::Page page(text, "47.html");
  REQUIRE(cmvp::is_entropy_page(page));
  const auto read = cmvp::read_entropy_page(page, "E99.html");
  CHECK(read.certificate.number == 47);
  CHECK(read.certificate.name == "Example Source");
  CHECK(read.certificate.noise_source == "Physical");
  CHECK(read.certificate.reuse_status == "Open for reuse");
  CHECK(read.certificate.validation_dates == std::vector<std::string>{"2026-01-02"});
  CHECK(read.left_out.size() == 1);
  const cmvp::Page bare(
      "<div class=\"row padrow\"><div class=\"col-md-3\">Noise Source</div>"
      "<div class=\"col-md-9\">Non-Physical</div></div>",
      "p");
  CHECK(cmvp::read_entropy_page(bare, "E12.html").certificate.number == 12);
  CHECK_THROWS_WITH(cmvp::read_entropy_page(bare, "page.html"),
                    Catch::Contains("the page no longer looks as expected"));
}

TEST_CASE("all of it is stored, kept by a later import, and read again as it was") {
  cmvp::FileImport import({"2026-11-01", "a test", false, {}});
  import.add("products.html", product_table(product_row("Card", "2025-01-02")));
  import.add("p.xml", xml(kComponent));
  import.add("E12.html", pages::detail("12", {{ "Noise Source", "Physical" }}));
  const auto first = import.finish(nullptr).contents;
  auto db = base::Database::in_memory();
  cmvp::build_snapshot(first, db);
  CHECK(fixture::cell(db, "SELECT noise_source FROM entropy_certificate WHERE number = 12") ==
        "Physical");
  CHECK(fixture::cell(db, "SELECT count(*) FROM requirement_selection") == "3");
  CHECK(fixture::cell(db, "SELECT name FROM common_criteria_product") == "Card");
  const auto known = cmvp::read_snapshot(db);
  auto again = base::Database::in_memory();
  cmvp::build_snapshot(known, again);
  const char* digest = "SELECT digest FROM snapshot";
  CHECK(fixture::cell(db, digest) == fixture::cell(again, digest));
  cmvp::FileImport later({"2026-11-02", "a test", false, {}});
  later.add("E13.html", pages::detail("13", {{"Noise Source", "Non-Physical"}}));
  const auto second = later.finish(&known).contents;
  CHECK(second.entropy_certificates.size() == 2);
  CHECK(second.documents.at(0).selections.size() == 3);
  CHECK(second.products.size() == 1);
}

TEST_CASE("a product in the portal's CSV and on its page of the same day is one product") {
  const std::string csv =
      "\"Category\",\"Name\",\"Manufacturer\",\"Scheme\",\"Assurance Level\",\"Protection "
      "Profile(s)\","
      "\"Certification Date\",\"Archived Date\",\"Certification Report URL\",\"Security Target "
      "URL\","
      "\"Maintenance Date\",\"Maintenance Title\",\"Maintenance Report\",\"Maintenance ST\"\n"
      "\"ICs, Smart Cards\",\"Card\u2122  One\",\"VENDOR "
      "Ltd\",\"\",\"EAL4+\",\"PP-1\",\"01/02/2025\","
      "\"\",\"r\",\"t\",\"03/04/2025\",\"Minor  changes\",\"\",\"\"\n"
      "\"ICs, Smart Cards\",\"Card One\",\"Vendor "
      "Ltd\",\"DE\",\"EAL5\",\"\",\"01/03/2025\",\"\",\"r\","
      "\"t\",\"\",\"\",\"\",\"\"\n";
  cmvp::FileImport import({"2026-11-01", "a test", false, {}});
  import.add("products.csv", csv);
  import.add("products.html",
             product_table(product_row("Card One", "2025-01-02",
                                       "<ul><li>2025-03-04 &ndash; minor changes</li>"
                                       "<li>2025-05-06 &ndash; More changes</li></ul>")));
  const auto products = import.finish(nullptr).contents.products;
  REQUIRE(products.size() == 2);
  CHECK(products[0].protection_profiles == "PP-1");
  CHECK(products[0].assurance == "EAL4+");
  CHECK(products[0].scheme == "DE");
  CHECK(products[0].archived == "2030-01-02");
  REQUIRE(products[0].maintenance.size() == 2);
  CHECK(products[0].maintenance[1].title == "More changes");
  CHECK(products[1].certified == "2025-01-03");
}

TEST_CASE("the same profile or entropy certificate twice in one import is refused") {
  cmvp::FileImport import({"2026-11-01", "a test", false, {}});
  import.add("a.xml", xml(kComponent));
  CHECK_THROWS_WITH(import.add("b.xml", xml(kComponent)),
                    "b.xml: Example Package 1.0 again; it was read before");
  import.add("E12.html", pages::detail("12", {{ "Noise Source", "Physical" }}));
  CHECK_THROWS_WITH(import.add("12.html", pages::detail("12", {{"Noise Source", "Physical"}})),
                    "12.html: entropy certificate E12 again; its page was read before");
}
