// The markup is that of NIST's pages, described in the importer's documentation; the pages of 2022
// that are read here when they are there were saved by the sec-certs project.
#include "cmvp/list_page.h"

#include <fstream>
#include <sstream>

#include "cmvp/field.h"
#include "evidence/base/error.h"
#include "tests/catch.h"
#include "tests/cmvp/pages.h"
#include "tests/cmvp/shared_data.h"

namespace {

const pages::Row kFirst = {
    "4985", "Vendor Ltd", "First Module", "Software", "03/11/2025<br />07/01/2026<br />", "Active"};
const pages::Row kSecond = {"5000",     "Other, Inc.",      "Second &amp; Module",
                            "Hardware", "04/01/2025<br />", "Active"};

cmvp::ListPage read(const std::string& html) {
  return cmvp::read_list_page(cmvp::Page(html, "list.html"));
}

}  // namespace

TEST_CASE("a list page gives its certificates by number") {
  const auto list = read(pages::list({kSecond, kFirst}, "Active", 2));
  REQUIRE(list.certificates.size() == 2);
  CHECK(list.certificates[0].number == 4985);
  CHECK(list.certificates[0].vendor == "Vendor Ltd");
  CHECK(list.certificates[0].module_type == "Software");
  CHECK(list.certificates[0].validation_dates ==
        std::vector<std::string>{"2025-03-11", "2026-07-01"});
  CHECK(list.certificates[0].status == "Active");
  CHECK(list.certificates[1].name == "Second & Module");
  CHECK(list.statuses == std::vector<std::string>{"Active"});
  CHECK(list.complete);
  CHECK(list.rejected.empty());
}

TEST_CASE("a list without the column of the status takes it from the search form") {
  pages::Row row = kFirst;
  row.status.clear();
  CHECK(read(pages::list({row}, "Revoked", 1)).certificates.at(0).status == "Revoked");
  CHECK_THROWS_WITH(read(pages::list({row}, "", 1)),
                    "list.html: the page no longer looks as expected: neither a column nor the "
                    "search form says which status the list is of");
}

TEST_CASE("a list that holds fewer rows than it speaks of is not complete") {
  CHECK_FALSE(read(pages::list({kFirst}, "Active", 2)).complete);
  const auto empty = read(pages::list({}, "Revoked", 22));
  CHECK(empty.certificates.empty());
  CHECK_FALSE(empty.complete);
  CHECK(empty.statuses == std::vector<std::string>{"Revoked"});
}

TEST_CASE("a certificate that stands twice on a list is rejected the second time") {
  const auto list = read(pages::list({kFirst, kSecond, kFirst}, "Active", 3));
  CHECK(list.certificates.size() == 2);
  REQUIRE(list.rejected.size() == 1);
  CHECK(list.rejected[0].line == 3);
  CHECK(list.rejected[0].text == "certificate #4985 again, first in row 1");
  CHECK_FALSE(list.complete);
}

TEST_CASE("rows that cannot be read are rejected with their reason and the others are kept") {
  pages::Row number = kSecond, status = kSecond, large = kSecond;
  number.number = "100000";
  status.status = "In Process";
  large.name = std::string(std::size_t{10} << 20U, 'x');
  const auto list = read(pages::list({number, status, large, kFirst}, "Active", 4));
  REQUIRE(list.certificates.size() == 1);
  REQUIRE(list.rejected.size() == 3);
  CHECK(list.rejected[0].text == "certificate number is none from 1 to 99999: 100000");
  CHECK(list.rejected[1].text == "status is \"In Process\", not Active, Historical or Revoked");
  CHECK(list.rejected[2].text == "a cell has 10485760 bytes, more than 65536");
}

TEST_CASE("hidden mail addresses and impossible dates on a list are left out") {
  pages::Row row = kFirst;
  row.vendor = "[email&#160;protected]";
  row.dates = "02/30/2025<br />03/11/2025<br />";
  const auto list = read(pages::list({row}, "Active", 1));
  CHECK(list.certificates.at(0).vendor.empty());
  CHECK(list.certificates.at(0).validation_dates == std::vector<std::string>{"2025-03-11"});
  REQUIRE(list.left_out.size() == 2);
  CHECK(list.left_out[1].text == "validation date is no date: 02/30/2025");
}

TEST_CASE("unclosed tags do not keep a list from being read") {
  std::string html = pages::list({kFirst, kSecond}, "Active", 2);
  for (const std::string tag : {"</td>", "</tr>", "</tbody>", "</table>", "</div>", "</body>"})
    for (auto at = html.find(tag); at != std::string::npos; at = html.find(tag))
      html.erase(at, tag.size());
  const auto list = read(html);
  REQUIRE(list.certificates.size() == 2);
  CHECK(list.certificates[0].name == "First Module");
}

TEST_CASE("a page in another encoding than it should be keeps its names") {
  pages::Row row = kFirst;
  row.name = "Module\xAE \x93quoted\x94";
  CHECK(read(pages::list({row}, "Active", 1)).certificates.at(0).name ==
        "Module\xC2\xAE \xE2\x80\x9Cquoted\xE2\x80\x9D");
}

TEST_CASE("a page whose markup changed is refused in clear words") {
  std::string renamed = pages::list({kFirst}, "Active", 1);
  renamed.replace(renamed.find("Vendor Name"), 11, "Supplier");
  CHECK_THROWS_WITH(
      read(renamed),
      "list.html: the page no longer looks as expected: the list has no column \"vendor name\"");
  CHECK_THROWS_WITH(
      read("<html><body><p>Service unavailable"),
      "list.html: the page no longer looks as expected: there is no table \"searchResultsTable\"");
}

TEST_CASE("a page that is nested without end is refused before it is parsed") {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<div>";
  CHECK_THROWS_WITH(read(deep), "list.html: elements are nested more than 400 deep");
}

TEST_CASE("US dates are read with and without leading zeros, and others are not") {
  CHECK(cmvp::us_date("9/21/2026") == "2026-09-21");
  CHECK(cmvp::us_date("09/21/2026") == "2026-09-21");
  for (const char* text :
       {"", "2026-09-21", "21/9/2026", "2/30/2026", "9/21/26", "a/b/cdef", "9//2026"}) {
    CAPTURE(text);
    CHECK_FALSE(cmvp::us_date(text));
  }
}

TEST_CASE("the saved lists of NIST are read") {
  const std::string active = shared_data::text("cmvp/nist-html/fips_modules_active.html");
  if (active.empty()) return;
  const auto list = read(active);
  CHECK(list.certificates.size() == 5);
  CHECK(list.rejected.empty());
  CHECK(list.left_out.empty());
  CHECK_FALSE(list.complete);
  const auto historical = read(shared_data::text("cmvp/nist-html/fips_modules_historical.html"));
  CHECK(historical.certificates.size() == 17);
  CHECK(historical.certificates[0].status == "Historical");
  CHECK(read(shared_data::text("cmvp/nist-html/fips_modules_revoked.html")).statuses ==
        std::vector<std::string>{"Revoked"});
}
