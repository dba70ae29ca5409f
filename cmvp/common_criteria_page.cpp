#include "cmvp/common_criteria_page.h"

#include <algorithm>
#include <map>

#include "cmvp/field.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "evidence/base/time.h"

namespace cmvp {
namespace {

[[noreturn]] void reject(const std::string& why) { throw base::Error(base::ErrorKind::input, why); }

// One line; a space that must not break is one like any other.
std::string plain(std::string_view text) {
  constexpr std::string_view kNoBreak = "\xC2\xA0";
  std::string spaced(text);
  for (auto at = spaced.find(kNoBreak); at != std::string::npos; at = spaced.find(kNoBreak, at))
    spaced.replace(at, kNoBreak.size(), " ");
  return clean_field(spaced);
}

// The columns of a table by their names.
using Columns = std::map<std::string, std::size_t>;

Columns columns_of(const Element& table) {
  Columns columns;
  for (const Element& head : table.all("thead")) {
    const auto cells = head.all("th");
    for (std::size_t i = 0; i < cells.size(); ++i)
      columns.emplace(base::lower(plain(cells[i].text())), i);
    break;
  }
  return columns;
}

constexpr const char* kProductColumns[] = {
    "product",    "vendor", "date certificate issued", "certificate validity expiration date",
    "compliance", "scheme"};
constexpr const char* kProfileColumns[] = {"protection profile", "version", "assurance level",
                                           "issued", "scheme"};

bool names_products(const Columns& columns) {
  return columns.contains("product") && columns.contains("vendor");
}

// The table that a script fills has one column more, and its only row is empty.
bool names_profiles(const Columns& columns) {
  return columns.contains("protection profile") && !columns.contains("categories");
}

template <typename Names>
std::vector<std::pair<Element, Columns>> tables_with(const Page& page, Names names) {
  std::vector<std::pair<Element, Columns>> tables;
  for (const Element& table : page.root().all("table"))
    if (Columns columns = columns_of(table); names(columns))
      tables.emplace_back(table, std::move(columns));
  return tables;
}

template <typename Wanted>
void check_columns(const Page& page, const Columns& columns, const Wanted& wanted) {
  for (const char* name : wanted)
    if (!columns.contains(name))
      page.unexpected(std::string("a table has no column \"") + name + "\"");
}

std::vector<std::string> lines_of(const Element& cell) {
  std::vector<std::string> result;
  const std::string text = cell.text();
  for (const auto line : base::lines(text)) {
    if (line.size() > kFieldLimit)
      reject("a line of a cell has " + std::to_string(line.size()) + " bytes, more than " +
             std::to_string(kFieldLimit));
    if (std::string item = plain(line); !item.empty()) result.push_back(std::move(item));
  }
  return result;
}

std::string first_line(const Element& cell) {
  const auto lines = lines_of(cell);
  return lines.empty() ? "" : lines.front();
}

// The portal's own pages have days of ISO 8601, its CSV has US ones; both are read.
std::string date(const std::string& text, const char* what) {
  if (text.empty() || base::parse_date(text)) return text;
  if (auto day = us_date(text)) return *day;
  reject(std::string(what) + " is no date: " + text.substr(0, 40));
}

// "Access Control Devices and Systems – 7 Protection Profiles"
std::string category_of(const Element& table) {
  for (const Element& caption : table.all("caption")) {
    const std::string text = plain(caption.text());
    const auto dash = text.rfind(" \xE2\x80\x93 ");
    return text.substr(0, dash);
  }
  return {};
}

// "2019-08-26 – Fortinet FortiGate … Build 6022"
void read_maintenance(const Element& cell, CommonCriteriaProduct& product) {
  constexpr std::string_view kDash = "\xE2\x80\x93";
  for (const Element& item : cell.all("li")) {
    const std::string line = first_line(item);
    const auto dash = line.find(kDash);
    const std::string day(base::trim(std::string_view(line).substr(0, dash)));
    if (dash == std::string::npos || !base::parse_date(day)) continue;
    product.maintenance.push_back(
        {day, std::string(base::trim(std::string_view(line).substr(dash + kDash.size())))});
  }
}

void read_profiles(const Element& cell, CommonCriteriaProduct& product) {
  std::vector<std::string> names;
  for (const Element& link : cell.all("a"))
    if (link.attribute("href").find("/ppfiles/") != std::string::npos)
      if (std::string name = plain(link.text());
          !name.empty() && std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(std::move(name));
  product.protection_profiles = base::join(names, ", ");
}

std::vector<Element> cells_of(const Element& row, const Columns& columns) {
  std::vector<Element> cells;
  for (const Element& each : row.children())
    if (each.tag() == "td") cells.push_back(each);
  if (cells.size() != columns.size())
    reject(std::to_string(cells.size()) + " cells where there are " +
           std::to_string(columns.size()) + " columns");
  return cells;
}

CommonCriteriaProduct product_of(const Element& row, const Columns& columns) {
  const auto cells = cells_of(row, columns);
  const auto cell = [&](const char* name) { return cells[columns.at(name)]; };
  CommonCriteriaProduct product;
  product.name = first_line(cell("product"));
  if (product.name.empty()) reject("no product name");
  product.vendor = first_line(cell("vendor"));
  product.certified = date(first_line(cell("date certificate issued")), "certification date");
  product.archived =
      date(first_line(cell("certificate validity expiration date")), "archived date");
  product.assurance = base::join(lines_of(cell("compliance")), ",");
  product.scheme = first_line(cell("scheme"));
  read_maintenance(cell("product"), product);
  read_profiles(cell("product"), product);
  return product;
}

ProtectionProfile profile_of(const Element& row, const Columns& columns) {
  const auto cells = cells_of(row, columns);
  const auto cell = [&](const char* name) { return cells[columns.at(name)]; };
  ProtectionProfile profile;
  profile.name = first_line(cell("protection profile"));
  if (profile.name.empty()) reject("no name of a protection profile");
  profile.version = first_line(cell("version"));
  profile.assurance = base::join(lines_of(cell("assurance level")), ",");
  profile.issued = date(first_line(cell("issued")), "date of issue");
  profile.scheme = first_line(cell("scheme"));
  return profile;
}

// Calls `read` with each row of the tables' bodies; what it throws rejects the row.
template <typename Read>
std::vector<LineNote> each_row(const std::vector<std::pair<Element, Columns>>& tables, Read read) {
  std::vector<LineNote> rejected;
  std::size_t place = 0;
  for (const auto& [table, columns] : tables) {
    const std::string category = category_of(table);
    for (const Element& body : table.all("tbody"))
      for (const Element& row : body.children()) {
        if (row.tag() != "tr") continue;
        ++place;
        try {
          read(row, columns, category);
        } catch (const base::Error& error) {
          rejected.push_back({place, error.what()});
        }
      }
  }
  return rejected;
}

}  // namespace

bool is_product_page(const Page& page) { return !tables_with(page, names_products).empty(); }

CommonCriteriaList read_product_page(const Page& page) {
  const auto tables = tables_with(page, names_products);
  if (tables.empty()) page.unexpected("there is no table with the columns Product and Vendor");
  for (const auto& [table, columns] : tables) check_columns(page, columns, kProductColumns);
  CommonCriteriaList list;
  list.rejected = each_row(
      tables, [&](const Element& row, const Columns& columns, const std::string& category) {
        CommonCriteriaProduct product = product_of(row, columns);
        product.category = category;
        list.products.push_back(std::move(product));
      });
  if (list.products.empty() && !list.rejected.empty())
    page.unexpected("no row could be read; the first one: " + list.rejected[0].text);
  join_products(list.products);
  return list;
}

bool is_profile_page(const Page& page) { return !tables_with(page, names_profiles).empty(); }

ProtectionProfileList read_profile_page(const Page& page) {
  const auto tables = tables_with(page, names_profiles);
  if (tables.empty()) page.unexpected("there is no table with the column Protection Profile");
  for (const auto& [table, columns] : tables) check_columns(page, columns, kProfileColumns);
  ProtectionProfileList list;
  list.rejected = each_row(
      tables, [&](const Element& row, const Columns& columns, const std::string& category) {
        ProtectionProfile profile = profile_of(row, columns);
        profile.category = category;
        list.profiles.push_back(std::move(profile));
      });
  if (list.profiles.empty() && !list.rejected.empty())
    page.unexpected("no row could be read; the first one: " + list.rejected[0].text);
  return list;
}

}  // namespace cmvp
