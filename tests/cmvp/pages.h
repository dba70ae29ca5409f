#pragma once

#include <string>
#include <utility>
#include <vector>

// Pages of our own making in the markup of NIST's pages; vendors and modules are invented.
namespace pages {

struct Row {
  std::string number, vendor, name, type, dates, status;
};

inline std::string list_row(const Row& row, std::size_t index) {
  const std::string n = std::to_string(index);
  return "<tr id=\"cert-row-" + n + "\"><td class=\"text-center\"><a href=\"/projects/" +
         "cryptographic-module-validation-program/certificate/" + row.number +
         "\" id=\"cert-number-link-" + n + "\">" + row.number + "</a></td>" +
         "<td id=\"cert-vendor-name-" + n + "\">" + row.vendor + "</td><td id=\"cert-module-name-" +
         n + "\">" + row.name + "</td><td id=\"cert-module-type-" + n + "\">" + row.type +
         "</td><td id=\"cert-validation-dates-" + n + "\">" + row.dates + "</td>" +
         (row.status.empty() ? ""
                             : "<td id=\"cert-module-type-" + n + "\">" + row.status + "</td>") +
         "</tr>\n";
}

// A search list; `searched` is what the form was sent with, `total` what the page says there are.
inline std::string list(const std::vector<Row>& rows, const std::string& searched,
                        std::size_t total) {
  std::string page =
      "<!DOCTYPE html><html><head><title>Validated modules</title></head><body>"
      "<form><select Name=\"CertificateStatus\"><option value=\"\"></option>";
  if (!searched.empty())
    page += "<option selected=\"selected\" value=\"" + searched + "\">" + searched + "</option>";
  page += "</select></form><div id=\"divResults\" data-total-records=\"" + std::to_string(total) +
          "\"><table class=\"table\" id=\"searchResultsTable\"><thead><tr>"
          "<th>Certificate Number</th><th>Vendor Name</th><th>Module Name</th><th>Module Type</th>"
          "<th>Validation Date</th>";
  if (rows.empty() || !rows.front().status.empty()) page += "<th>Status</th>";
  page += "</tr></thead><tbody>";
  std::size_t index = 7;
  for (const Row& row : rows) page += list_row(row, index += 3);
  return page + "</tbody></table></div></body></html>\n";
}

using Fields = std::vector<std::pair<std::string, std::string>>;

inline std::string field(const std::string& label, const std::string& value) {
  return "<div class=\"row padrow\"><div class=\"col-md-3\"><span>" + label +
         "</span></div><div class=\"col-md-9\">" + value + "</div></div>\n";
}

// The page of a certificate: its number in the heading, the fields, and what comes after them.
inline std::string detail(
    const std::string& number, const Fields& fields,
    const std::string& vendor = "<a href=\"https://example.org\">Vendor Ltd</a>",
    const std::string& rest = "") {
  std::string page = "<!DOCTYPE html><html><body><h3>Certificate #" + number + "</h3>\n";
  for (const auto& [label, value] : fields) page += field(label, value);
  return page + rest + "<h4>Vendor</h4><div class=\"panel\"><div class=\"panel-body\">" + vendor +
         "</div></div></body></html>\n";
}

inline Fields plain_fields() {
  return {{"Module Name", "Example Module"},
          {"Standard", "FIPS 140-3"},
          {"Status", "Active"},
          {"Sunset Date", "3/9/2030"},
          {"Overall Level", "1"},
          {"Caveat", "Interim validation. When operated in approved mode"},
          {"Module Type", "Software"},
          {"Embodiment", "Multi-Chip Stand Alone"},
          {"Software Versions", "3.1.2, 3.1.3"},
          {"Tested Configuration(s)",
           "<ul><li>Debian 12 running on X with Y with PAA</li><li>Debian 13</li></ul>"}};
}

}  // namespace pages
