// The markup is that of NIST's certificate pages, in their three shapes of algorithms, as public
// parsers describe it; the pages are of our own making.
#include "cmvp/detail_page.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

#include "evidence/base/error.h"
#include "tests/catch.h"
#include "tests/cmvp/pages.h"
#include "tests/cmvp/shared_data.h"

namespace {

cmvp::DetailPage read(const std::string& html, const std::string& file = "4985.html") {
  return cmvp::read_detail_page(cmvp::Page(html, "4985.html"), file);
}

pages::Fields with(const std::string& label, const std::string& value) {
  auto fields = pages::plain_fields();
  for (auto& field : fields)
    if (field.first == label) field.second = value;
  return fields;
}

pages::Fields without(const std::string& label) {
  auto fields = pages::plain_fields();
  std::erase_if(fields, [&](const auto& field) { return field.first == label; });
  return fields;
}

}  // namespace

TEST_CASE("a certificate page gives what it says") {
  const auto page = read(pages::detail("4985", pages::plain_fields()));
  const auto& c = page.certificate;
  CHECK(c.number == 4985);
  CHECK(c.name == "Example Module");
  CHECK(c.vendor == "Vendor Ltd");
  CHECK(c.standard == "FIPS 140-3");
  CHECK(c.status == "Active");
  CHECK(c.sunset_date == "2030-03-09");
  CHECK(c.overall_level == 1);
  CHECK(c.module_type == "Software");
  CHECK(c.embodiment == "multi-chip standalone");
  CHECK(c.recorded_versions.at(0).text == "3.1.2, 3.1.3");
  REQUIRE(c.environments.size() == 2);
  CHECK(c.environments[1].text == "Debian 13");
  CHECK(c.caveat_flags == std::vector<std::string>{"approved_mode_required", "interim_validation"});
  CHECK(page.left_out.empty());
}

TEST_CASE("labels without a span are labels too") {
  std::string html = pages::detail("4985", pages::plain_fields());
  for (const std::string tag : {"<span>", "</span>"})
    for (auto at = html.find(tag); at != std::string::npos; at = html.find(tag))
      html.erase(at, tag.size());
  CHECK(read(html).certificate.name == "Example Module");
}

TEST_CASE("algorithms are read from the table") {
  const auto page = read(pages::detail(
      "4985", pages::plain_fields(), "Vendor Ltd",
      "<table id=\"fips-algo-table\"><tbody><tr><td class=\"text-nowrap\">AES</td><td>Certs. "
      "#<a href=\"#\">A3500</a> and #<a href=\"#\">A3501</a></td></tr><tr><td "
      "class=\"text-nowrap\">CKG</td><td>vendor affirmed</td></tr></tbody></table>"));
  CHECK(page.shape == cmvp::AlgorithmShape::table);
  REQUIRE(page.certificate.algorithms.size() == 2);
  CHECK(page.certificate.algorithms[0].name == "AES");
  CHECK(page.certificate.algorithms[0].validation == "A3500 A3501");
  CHECK(page.certificate.algorithms[1].validation == "vendor affirmed");
}

TEST_CASE("algorithms are read from the grid") {
  auto fields = pages::plain_fields();
  fields.emplace_back(
      "Approved Algorithms",
      "<div class=\"row\"><div class=\"col-md-3\">AES-CBC</div><div class=\"col-md-4\"><a "
      "href=\"details?validation=37419\">A4809</a></div></div><div class=\"row\"><div "
      "class=\"col-md-3\">SHA2-256</div><div class=\"col-md-4\"><a "
      "href=\"#\">A4810</a></div></div>");
  const auto page = read(pages::detail("4985", fields));
  CHECK(page.shape == cmvp::AlgorithmShape::grid);
  REQUIRE(page.certificate.algorithms.size() == 2);
  CHECK(page.certificate.algorithms[0].name == "AES-CBC");
  CHECK(page.certificate.algorithms[0].validation == "A4809");
  CHECK(page.certificate.algorithms[1].name == "SHA2-256");
}

TEST_CASE("a page that names no algorithms says nothing about them") {
  const auto page = read(pages::detail("4985", pages::plain_fields()));
  CHECK(page.shape == cmvp::AlgorithmShape::none);
  CHECK(page.certificate.algorithms.empty());
}

TEST_CASE("a hidden mail address is not the name of the vendor") {
  CHECK(read(pages::detail("4985", pages::plain_fields(),
                           "<a href=\"/cdn-cgi/l/email-protection\">[email&#160;protected]</a>"))
            .certificate.vendor.empty());
  CHECK(read(pages::detail("4985", pages::plain_fields(),
                           "Bare Vendor<br/><span>Street 1</span><a>[email&#160;protected]</a>"))
            .certificate.vendor == "Bare Vendor");
}

TEST_CASE("the validation history gives the dates and the laboratory") {
  const auto page = read(pages::detail(
      "4985", pages::plain_fields(), "Vendor Ltd",
      "<table class=\"table\"><thead><tr><th>Date</th><th>Type</th><th>Lab</th></tr></thead><tbody>"
      "<tr><td>3/11/2025</td><td>Initial</td><td>First Lab</td></tr>"
      "<tr><td>7/1/2026</td><td>Update</td><td>Second Lab</td></tr></tbody></table>"));
  CHECK(page.certificate.validation_dates == std::vector<std::string>{"2025-03-11", "2026-07-01"});
  CHECK(page.certificate.laboratory == "Second Lab");
}

TEST_CASE("fields that make no sense are left out of a certificate page") {
  const auto date = read(pages::detail("4985", with("Sunset Date", "2/30/2030")));
  CHECK(date.certificate.sunset_date.empty());
  REQUIRE(date.left_out.size() == 1);
  CHECK(date.left_out[0].text == "sunset date is no date: 2/30/2030");
  const auto level = read(pages::detail("4985", with("Overall Level", "9")));
  CHECK_FALSE(level.certificate.overall_level);
  const auto large =
      read(pages::detail("4985", with("Caveat", std::string(std::size_t{10} << 20U, 'x'))));
  CHECK(large.certificate.caveat.empty());
  CHECK(large.left_out.size() == 1);
}

TEST_CASE("unclosed tags and another encoding do not keep a certificate page from being read") {
  std::string html = pages::detail("4985", with("Module Name", "Module\xAE"));
  for (const std::string tag : {"</span>", "</li>", "</ul>", "</h3>", "</body>", "</html>"})
    for (auto at = html.find(tag); at != std::string::npos; at = html.find(tag))
      html.erase(at, tag.size());
  const auto page = read(html);
  CHECK(page.certificate.name == "Module\xC2\xAE");
  CHECK(page.certificate.sunset_date == "2030-03-09");
  CHECK(page.certificate.environments.size() == 2);
}

TEST_CASE("the links to CAVP give the ids of validations, each once, and nothing else does") {
  const auto link = [](const std::string& address) {
    return "<a href=\"" + address + "\">A4809</a>";
  };
  const std::string details = "/projects/cryptographic-algorithm-validation-program/details?";
  const auto page = read(pages::detail(
      "4985", pages::plain_fields(), "Vendor Ltd",
      link(details + "validation=37419") + link(details + "validation=100&x=1") +
          link(details + "validation=37419") + link(details + "product=9") +
          link(details + "validation=") + link(details + "validation=99999999999999999999")));
  CHECK(page.validation_ids == std::vector<std::int64_t>{100, 37419});
}

TEST_CASE("a certificate page without what every certificate has is refused") {
  for (const char* label : {"Module Name", "Standard", "Status"}) {
    CAPTURE(label);
    CHECK_THROWS_AS(read(pages::detail("4985", without(label))), base::Error);
  }
  CHECK_THROWS_WITH(read(pages::detail("4985", without("Standard"))),
                    "4985.html: the page no longer looks as expected: there is no \"standard\"");
  CHECK_THROWS_WITH(
      read(pages::detail("4985", with("Status", "Gone"))),
      "4985.html: the page no longer looks as expected: status is \"Gone\", not Active, Historical "
      "or Revoked");
}

TEST_CASE("the number of a certificate page is that of its heading and of its file") {
  CHECK_THROWS_WITH(read(pages::detail("4986", pages::plain_fields())),
                    "4985.html: the page no longer looks as expected: it is of certificate #4986, "
                    "the file is called 4985.html");
  CHECK(read(pages::detail("", pages::plain_fields())).certificate.number == 4985);
  CHECK(read(pages::detail("77", pages::plain_fields()), "page.html").certificate.number == 77);
  CHECK_THROWS_AS(read(pages::detail("", pages::plain_fields()), "page.html"), base::Error);
  CHECK_THROWS_AS(read(pages::detail("123456", pages::plain_fields()), "page.html"), base::Error);
}

TEST_CASE("a caveat names the certificates that the module operates with or embeds") {
  const auto relations = cmvp::relations_of_caveat(
      "When operated with module A validated to FIPS 140-3 under Cert. #4775 in approved mode. "
      "This module contains the embedded module B validated to FIPS 140-2 under Certificate #242. "
      "A modification to Cert. #7, and to itself, Cert. #4985. See #NNNN and # and Cert. #999999",
      4985);
  REQUIRE(relations.size() == 3);
  CHECK(relations[0].type == "operates_with");
  CHECK(relations[0].other == 4775);
  CHECK(relations[1].type == "embeds");
  CHECK(relations[1].other == 242);
  CHECK(relations[2].type == "mentions");
  CHECK(relations[2].other == 7);
}

TEST_CASE("the flags of 98 in 100 caveats are those that the built-in snapshot has") {
  std::ifstream there(shared_data::folder() + "cmvp/certificates-2026-09-30.jsonl.gz");
  if (!there) {
    WARN("the original records are not there, so no caveat is compared with them");
    return;
  }
  const std::string command =
      "gzip -dc '" + shared_data::folder() + "cmvp/certificates-2026-09-30.jsonl.gz'";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  REQUIRE(pipe);
  std::string lines;
  std::vector<char> buffer(std::size_t{1} << 16U);
  for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0;)
    lines.append(buffer.data(), n);
  std::size_t caveats = 0, same = 0;
  std::istringstream stream(lines);
  for (std::string line; std::getline(stream, line);) {
    const auto record = nlohmann::json::parse(line);
    if (!record.contains("caveat") || !record["caveat"].is_string()) continue;
    ++caveats;
    auto expected = record.value("caveat_flags", std::vector<std::string>());
    std::sort(expected.begin(), expected.end());
    if (cmvp::flags_of_caveat(record["caveat"]) == expected) ++same;
  }
  INFO(same << " of " << caveats);
  CHECK(caveats > 5000);
  CHECK(same * 100 >= caveats * 98);
}
