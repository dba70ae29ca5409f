#include "cmvp/process_page.h"

#include <algorithm>

#include "cmvp/field.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

[[noreturn]] void reject(const std::string& why) { throw base::Error(base::ErrorKind::input, why); }

std::vector<std::string> header_of(const Element& table) {
  std::vector<std::string> names;
  for (const Element& cell : table.all("th")) names.push_back(clean_field(cell.text()));
  return names;
}

bool is_process_header(const std::vector<std::string>& header) {
  return header.size() >= 4 && header[0] == "Module Name" && header[1] == "Vendor Name" &&
         header[2] == "Standard";
}

std::optional<Element> process_table(const Page& page) {
  for (const Element& table : page.root().all("table"))
    if (is_process_header(header_of(table))) return table;
  return std::nullopt;
}

std::string text(const Element& cell) {
  std::string value = clean_field(cell.text());
  if (value.size() > kFieldLimit)
    reject("a cell has " + std::to_string(value.size()) + " bytes, more than " +
           std::to_string(kFieldLimit));
  return value;
}

// "Pending Review  (12/31/2025)" is a status and the day since when.
void read_status(const std::string& cell, ModuleInProcess& module) {
  module.status = cell;
  const auto open = cell.rfind('(');
  if (open == std::string::npos || cell.back() != ')') return;
  if (auto day = us_date(std::string_view(cell).substr(open + 1, cell.size() - open - 2))) {
    module.status = base::trim(std::string_view(cell).substr(0, open));
    module.status_date = std::move(*day);
  }
}

// In the layout of 2020 the cell of the present status is marked.
std::string marked_status(const std::vector<Element>& cells,
                          const std::vector<std::string>& header) {
  for (std::size_t i = 3; i < cells.size(); ++i)
    if (cells[i].has_class("mip-highlight") || !clean_field(cells[i].text()).empty())
      return header[i];
  return {};
}

ModuleInProcess read_row(const Element& row, const std::vector<std::string>& header) {
  const auto cells = row.all("td");
  if (cells.size() != header.size())
    reject(std::to_string(cells.size()) + " cells where there are " +
           std::to_string(header.size()) + " columns");
  ModuleInProcess module;
  module.name = text(cells[0]);
  module.vendor = text(cells[1]);
  module.standard = text(cells[2]);
  if (module.name.empty()) reject("no module name");
  if (is_hidden_mail(module.vendor)) module.vendor.clear();
  module.list = "modules in process";
  if (header[3] == "IUT Date") {
    module.list = "implementation under test";
    const std::string day = text(cells[3]);
    module.status_date = us_date(day).value_or("");
    if (module.status_date.empty()) reject("IUT date is no date: " + day.substr(0, 40));
  } else if (header.size() == 4) {
    read_status(text(cells[3]), module);
  } else {
    module.status = marked_status(cells, header);
  }
  return module;
}

// Without headings and the sums in the foot of the table.
std::vector<Element> body_rows(const Element& table) {
  std::vector<Element> rows;
  for (const Element& body : table.all("tbody"))
    for (const Element& row : body.all("tr"))
      if (row.all("th").empty()) rows.push_back(row);
  return rows;
}

}  // namespace

bool is_process_page(const Page& page) { return process_table(page).has_value(); }

ProcessPage read_process_page(const Page& page) {
  const auto table = process_table(page);
  if (!table)
    page.unexpected("there is no table with the columns Module Name, Vendor Name, Standard");
  const auto header = header_of(*table);
  if (header.size() == 4 && header[3] != "Status" && header[3] != "IUT Date")
    page.unexpected("the fourth column is \"" + header[3] + "\", not Status or IUT Date");
  ProcessPage result;
  std::size_t index = 0;
  for (const Element& row : body_rows(*table)) {
    ++index;
    try {
      result.modules.push_back(read_row(row, header));
    } catch (const base::Error& error) {
      result.rejected.push_back({index, error.what()});
    }
  }
  if (index > 0 && result.modules.empty())
    page.unexpected("no row of the list could be read; the first one: " + result.rejected[0].text);
  return result;
}

}  // namespace cmvp
