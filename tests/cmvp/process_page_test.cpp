// The saved pages of 2020 and 2021 that are read here when they are there are of the sec-certs
// project; the number of their rows was counted with grep.
#include "cmvp/process_page.h"

#include "cmvp/algorithm_page.h"
#include "cmvp/common_criteria.h"
#include "evidence/base/error.h"
#include "tests/catch.h"
#include "tests/cmvp/shared_data.h"

namespace {

std::string table(const std::string& last_columns, const std::string& rows) {
  return "<html><body><table><thead><tr><th>Module Name</th><th>Vendor Name</th><th>Standard</th>" +
         last_columns + "</tr></thead><tbody>" + rows + "</tbody></table></body></html>";
}

cmvp::ProcessPage read(const std::string& html) {
  return cmvp::read_process_page(cmvp::Page(html, "mip.html"));
}

constexpr const char* kHeader =
    "\"Category\",\"Name\",\"Manufacturer\",\"Scheme\",\"Assurance Level\",\"Protection "
    "Profile(s)\",\"Certification Date\",\"Archived Date\",\"Certification Report URL\",\"Security "
    "Target URL\",\"Maintenance Date\",\"Maintenance Title\",\"Maintenance Report\",\"Maintenance "
    "ST\"\n";

cmvp::CommonCriteriaList products(const std::string& rows) {
  return cmvp::read_common_criteria_list(kHeader + rows, "cc.csv");
}

}  // namespace

TEST_CASE("a module in process has its status and since when") {
  const auto page = read(
      table("<th>Status</th>",
            "<tr><td>Module A</td><td>Vendor A <a class=\"btn\" id=\"a1\"><i><span "
            "class=\"element-invisible\">View Contacts</span></i></a><div class=\"collapse\"></div>"
            "</td><td>FIPS 140-3</td><td>Comment Resolution - Lab  (4/13/2026)</td></tr>"
            "<tr><td>Module B</td><td>Vendor B</td><td>FIPS 140-3</td><td>Coordination</td></tr>"));
  REQUIRE(page.modules.size() == 2);
  CHECK(page.modules[0].list == "modules in process");
  CHECK(page.modules[0].vendor == "Vendor A");
  CHECK(page.modules[0].status == "Comment Resolution - Lab");
  CHECK(page.modules[0].status_date == "2026-04-13");
  CHECK(page.modules[1].status == "Coordination");
  CHECK(page.modules[1].status_date.empty());
}

TEST_CASE("the older list has a column for each status") {
  const auto page = read(table("<th>Review Pending</th><th>In Review</th>",
                               "<tr><td>Module A</td><td>Vendor A</td><td>FIPS 140-2</td><td "
                               "class=\"\"></td><td class=\"mip-highlight\"></td></tr>"));
  REQUIRE(page.modules.size() == 1);
  CHECK(page.modules[0].status == "In Review");
}

TEST_CASE("an implementation under test has its day, and one without is rejected") {
  const auto page = read(table("<th>IUT Date</th>",
                               "<tr><td>A</td><td>V</td><td>FIPS 140-3</td><td>7/2/2021</td></tr>"
                               "<tr><td>B</td><td>V</td><td>FIPS 140-3</td><td>13/13/2021</td></tr>"
                               "<tr><td></td><td>V</td><td>FIPS 140-3</td><td>7/2/2021</td></tr>"));
  REQUIRE(page.modules.size() == 1);
  CHECK(page.modules[0].list == "implementation under test");
  CHECK(page.modules[0].status_date == "2021-07-02");
  REQUIRE(page.rejected.size() == 2);
  CHECK(page.rejected[0].text == "IUT date is no date: 13/13/2021");
  CHECK(page.rejected[1].text == "no module name");
}

TEST_CASE("a list of modules with other columns is refused") {
  CHECK_THROWS_WITH(
      read(table("<th>Laboratory</th>", "")),
      "mip.html: the page no longer looks as expected: the fourth column is \"Laboratory\", not "
      "Status or IUT Date");
  CHECK_THROWS_AS(read("<table><tr><th>Module</th></tr></table>"), base::Error);
}

TEST_CASE("the saved lists of modules in process and under test are read whole") {
  const std::string newest = shared_data::text("cmvp/nist-html/fips_mip_2021-12-19T06_01_00.html");
  if (newest.empty()) return;
  const auto page = read(newest);
  CHECK(page.rejected.empty());
  REQUIRE(page.modules.size() == 236);  // As its own foot says: "Displayed".
  CHECK(page.modules[0].vendor == "A10 Networks, Inc.");
  for (const auto& module : page.modules) {
    CHECK_FALSE(module.status.empty());
    CHECK(module.vendor.find("View Contacts") == std::string::npos);
  }
  const auto older = read(shared_data::text("cmvp/nist-html/fips_mip_2020-10-24T06_02_00.html"));
  CHECK(older.modules.at(0).status == "Review Pending");
  CHECK(older.modules.at(1).status == "In Review");
  CHECK(older.rejected.empty());
  for (const char* file :
       {"fips_iut_2020-10-25T06_01_00.html", "fips_iut_2021-12-10T06_01_00.html"}) {
    const auto iut = read(shared_data::text(std::string("cmvp/nist-html/") + file));
    CHECK(iut.rejected.empty());
    CHECK(iut.modules.size() > 100);
  }
}

TEST_CASE("a CAVP list gives each validation with its product") {
  const cmvp::Page html(
      "<table><tr><td rowspan=\"2\" id=\"vendor-name-1\">Vendor A</td><td><a "
      "href=\"details?product=9999\" id=\"product-name-1\">Product A</a></td><td><a "
      "href=\"details?validation=100\" id=\"validation-number-1-0\"> A4809 </a></td><td "
      "id=\"validation-date-1-0\">1/15/2024</td></tr><tr><td><a id=\"validation-number-1-1\">A1</a>"
      "</td></tr></table>",
      "cavp.html");
  CHECK(cmvp::is_algorithm_page(html));
  const auto page = cmvp::read_algorithm_page(html);
  REQUIRE(page.validations.size() == 1);
  CHECK(page.validations[0].number == "A4809");
  CHECK(page.validations[0].validation_id == 100);
  CHECK(page.validations[0].product_id == 9999);
  CHECK(page.validations[0].vendor == "Vendor A");
  CHECK(page.validations[0].date == "2024-01-15");
  REQUIRE(page.rejected.size() == 1);
  CHECK(page.rejected[0].text == "no number or address of the validation");
}

TEST_CASE("the CAVP pages that sec-certs wrote in today's markup are read") {
  const std::string product = shared_data::text("cmvp/nist-html/product_page.html");
  if (product.empty()) return;
  const auto page = cmvp::read_algorithm_page(cmvp::Page(product, "product.html"));
  REQUIRE(page.validations.size() == 2);
  CHECK(page.validations[0].number == "AES 123");
  CHECK(page.validations[0].version == "2.0.1");
  CHECK(page.validations[0].type == "SOFTWARE");
  CHECK(page.validations[0].algorithms == "AES-CBC AES-GCM");
  CHECK(page.validations[0].environments ==
        "Ubuntu 22.04 on x86_64; Windows Server 2022 on x86_64");
  CHECK(page.validations[1].environments.empty());
  const std::string list = shared_data::text("cmvp/nist-html/alg_list_page.html");
  const auto listed = cmvp::read_algorithm_page(cmvp::Page(list, "list.html"));
  REQUIRE(listed.validations.size() == 3);
  CHECK(listed.validations[1].number == "SHS 456");
  CHECK(listed.validations[1].vendor == "Test Vendor A");
  CHECK(listed.validations[2].product_id == 8888);
}

TEST_CASE("rows of one Common Criteria product are one product with its maintenance") {
  const auto list = products(
      "\"Cat\",\"Box w&#x2f; "
      "OS\",\"V\",\"CA\",\"None\",\"PP\",\"05/22/2019\",\"05/24/2024\",\"\",\"\","
      "\"08/26/2019\",\"Box 2\",\"\",\"\"\n"
      "\"Cat\",\"Box w&#x2f; "
      "OS\",\"V\",\"CA\",\"None\",\"PP\",\"05/22/2019\",\"05/24/2024\",\"\",\"\","
      "\"\",\"\",\"\",\"\"\n");
  REQUIRE(list.products.size() == 1);
  CHECK(list.products[0].name == "Box w/ OS");
  CHECK(list.products[0].certified == "2019-05-22");
  REQUIRE(list.products[0].maintenance.size() == 1);
  CHECK(list.products[0].maintenance[0].date == "2019-08-26");
}

TEST_CASE("a Common Criteria row that cannot be read is rejected and the next one is read") {
  const std::string rest = "\"\",\"\",\"\",\"\",\"\",\"\"\n";
  const auto list =
      products("\"Cat\",\"A\",\"V\",\"CA\",\"\",\"\",\"13/13/2019\",\"\"," + rest +
               "\"Cat\",\"open,\"V\",\"CA\"\n" + "\"Cat\",\"" +
               std::string(std::size_t{10} << 20U, 'x') + "\",\"V\",\"CA\",\"\",\"\",\"\",\"\"," +
               rest + "\"Cat\",\"B\xAE\",\"V\",\"CA\",\"\",\"\",\"05/22/2019\",\"\"," + rest);
  REQUIRE(list.products.size() == 1);
  CHECK(list.products[0].name == "B\xC2\xAE");
  REQUIRE(list.rejected.size() == 3);
  CHECK(list.rejected[0].line == 2);
  CHECK(list.rejected[0].text == "certification date is no date: 13/13/2019");
}

TEST_CASE("another table than the portal's is refused") {
  CHECK_THROWS_WITH(cmvp::read_common_criteria_list("a,b\n1,2\n", "cc.csv"),
                    "cc.csv: not the columns of the Common Criteria portal's list of products");
}

TEST_CASE("the rows of the Common Criteria portal are read") {
  const std::string sample = shared_data::text("cc/certified_products.sample.csv");
  if (sample.empty()) return;
  const auto list = cmvp::read_common_criteria_list(sample, "sample");
  CHECK(list.rejected.empty());
  REQUIRE(list.products.size() == 3);
  CHECK(list.products[2].name == "Fortinet FortiGate w/ FortiOS v5.6.7");
  CHECK(list.products[2].maintenance.size() == 1);
}
