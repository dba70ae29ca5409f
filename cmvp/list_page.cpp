#include "cmvp/list_page.h"

#include <algorithm>
#include <map>
#include <set>

#include "cmvp/field.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

constexpr const char* kTable = "searchResultsTable";

[[noreturn]] void reject(const std::string& why) { throw base::Error(base::ErrorKind::input, why); }

bool is_status(const std::string& word) {
  return word == "Active" || word == "Historical" || word == "Revoked";
}

// The status that the search form was sent with; "" if it was none or there is no form.
std::string searched_status(const Page& page) {
  for (const Element& select : page.root().all("select")) {
    if (select.attribute("name") != "CertificateStatus") continue;
    for (const Element& option : select.all("option")) {
      std::string value = option.attribute("value");
      if (!option.attribute("selected").empty() && is_status(value)) return value;
    }
  }
  return {};
}

// How many certificates the page says there are; nothing if it does not say.
std::optional<std::int64_t> total_records(const Page& page) {
  const auto results = page.root().by_id("divResults");
  if (!results) return std::nullopt;
  return base::parse_integer(results->attribute("data-total-records"));
}

std::vector<std::string> header_of(const Element& table) {
  std::vector<std::string> names;
  for (const Element& cell : table.all("th")) names.push_back(base::lower(cell.text()));
  return names;
}

// Columns are found by their heading: ids are used twice in one row.
class Rows {
 public:
  Rows(const Page& page, const Element& table) : header_(header_of(table)) {
    number_ = column(page, "certificate number");
    vendor_ = column(page, "vendor name");
    name_ = column(page, "module name");
    type_ = column(page, "module type");
    dates_ = column(page, "validation date");
    const auto status = find("status");
    if (status < header_.size()) status_ = status;
  }

  bool has_status() const { return status_.has_value(); }

  Certificate read(const Element& row, const std::string& searched, std::size_t index,
                   std::vector<LineNote>& left_out) const {
    const auto cells = row.all("td");
    if (cells.size() != header_.size())
      reject(std::to_string(cells.size()) + " cells where there are " +
             std::to_string(header_.size()) + " columns");
    Certificate c;
    const std::string number = text(cells[number_]);
    const auto value = base::parse_integer(number);
    if (!value || *value < 1 || *value > kHighestNumber)
      reject("certificate number is none from 1 to " + std::to_string(kHighestNumber) + ": " +
             number.substr(0, 40));
    c.number = *value;
    c.status = status_ ? text(cells[*status_]) : searched;
    if (!is_status(c.status))
      reject("status is \"" + c.status.substr(0, 40) + "\", not Active, Historical or Revoked");
    c.vendor = text(cells[vendor_]);
    if (is_hidden_mail(c.vendor)) {
      left_out.push_back({index, "vendor is a hidden mail address"});
      c.vendor.clear();
    }
    c.name = text(cells[name_]);
    c.module_type = text(cells[type_]);
    read_dates(cells[dates_], index, c, left_out);
    return c;
  }

 private:
  std::size_t find(std::string_view name) const {
    return static_cast<std::size_t>(
        std::find_if(header_.begin(), header_.end(),
                     [&](const std::string& each) { return each.starts_with(name); }) -
        header_.begin());
  }

  std::size_t column(const Page& page, const std::string& name) const {
    const std::size_t index = find(name);
    if (index == header_.size()) page.unexpected("the list has no column \"" + name + "\"");
    return index;
  }

  static std::string text(const Element& cell) {
    const std::string value = clean_field(cell.text());
    if (value.size() > kFieldLimit)
      reject("a cell has " + std::to_string(value.size()) + " bytes, more than " +
             std::to_string(kFieldLimit));
    return value;
  }

  static void read_dates(const Element& cell, std::size_t index, Certificate& c,
                         std::vector<LineNote>& left_out) {
    const std::string dates = cell.text();
    for (const auto line : base::lines(dates)) {
      if (auto day = us_date(line)) {
        c.validation_dates.push_back(std::move(*day));
      } else {
        left_out.push_back(
            {index, "validation date is no date: " + std::string(line.substr(0, 40))});
      }
    }
    std::sort(c.validation_dates.begin(), c.validation_dates.end());
  }

  std::vector<std::string> header_;
  std::size_t number_ = 0, vendor_ = 0, name_ = 0, type_ = 0, dates_ = 0;
  std::optional<std::size_t> status_;
};

std::vector<Element> body_rows(const Element& table) {
  auto rows = table.all("tr");
  std::erase_if(rows, [](const Element& row) { return !row.all("th").empty(); });
  return rows;
}

std::vector<std::string> statuses_of(const ListPage& list, const std::string& searched) {
  std::set<std::string> statuses;
  for (const Certificate& each : list.certificates) statuses.insert(each.status);
  if (!searched.empty()) statuses.insert(searched);
  return {statuses.begin(), statuses.end()};
}

}  // namespace

bool is_list_page(const Page& page) { return page.root().by_id(kTable).has_value(); }

ListPage read_list_page(const Page& page) {
  const auto table = page.root().by_id(kTable);
  if (!table) page.unexpected("there is no table \"" + std::string(kTable) + "\"");
  const Rows rows(page, *table);
  const std::string searched = searched_status(page);
  if (!rows.has_status() && searched.empty())
    page.unexpected("neither a column nor the search form says which status the list is of");
  ListPage list;
  std::map<std::int64_t, std::size_t> row_of;
  std::size_t index = 0;
  for (const Element& row : body_rows(*table)) {
    ++index;
    try {
      Certificate certificate = rows.read(row, searched, index, list.left_out);
      const auto [first, fresh] = row_of.emplace(certificate.number, index);
      if (!fresh)
        reject("certificate #" + std::to_string(certificate.number) + " again, first in row " +
               std::to_string(first->second));
      list.certificates.push_back(std::move(certificate));
    } catch (const base::Error& error) {
      list.rejected.push_back({index, error.what()});
    }
  }
  if (index > 0 && list.certificates.empty())
    page.unexpected("no row of the list could be read; the first one: " + list.rejected[0].text);
  std::sort(list.certificates.begin(), list.certificates.end(),
            [](const Certificate& a, const Certificate& b) { return a.number < b.number; });
  list.statuses = statuses_of(list, searched);
  const auto total = total_records(page);
  list.complete = total && *total == static_cast<std::int64_t>(index) && list.rejected.empty();
  return list;
}

}  // namespace cmvp
