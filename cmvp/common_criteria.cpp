#include "cmvp/common_criteria.h"

#include <algorithm>
#include <array>
#include <map>

#include "cmvp/field.h"
#include "cmvp/name.h"
#include "cmvp/page.h"
#include "evidence/base/csv.h"
#include "evidence/base/error.h"

namespace cmvp {
namespace {

enum Cell : std::size_t {
  kCategory,
  kName,
  kManufacturer,
  kScheme,
  kAssurance,
  kProfiles,
  kCertified,
  kArchived,
  kReport,
  kTarget,
  kMaintenanceDate,
  kMaintenanceTitle,
  kCells = 14
};

constexpr std::string_view kBeginning = "\"Category\",\"Name\",\"Manufacturer\",\"Scheme\"";
// Longest row that is believed, in bytes.
constexpr std::size_t kRowLimit = 4 * kFieldLimit;

[[noreturn]] void reject(const std::string& why) { throw base::Error(base::ErrorKind::input, why); }

std::string_view without_mark(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  return bytes;
}

// Names hold character references of HTML: "w&#x2f; FortiOS".
std::string plain(const std::string& cell) {
  if (cell.size() > kFieldLimit)
    reject("a cell has " + std::to_string(cell.size()) + " bytes, more than " +
           std::to_string(kFieldLimit));
  if (cell.find('&') == std::string::npos) return clean_field(cell);
  std::string escaped;
  for (const char c : cell) escaped += c == '<' ? "&lt;" : std::string(1, c);
  return clean_field(Page(escaped, "cell").root().text());
}

// The rows of the file with the lines they begin on, cut where a line ends outside of quotes: one
// bad row must not spoil the others.
struct Row {
  std::size_t line;
  std::string_view text;
};

std::vector<Row> rows_of(std::string_view text) {
  std::vector<Row> rows;
  bool quoted = false;
  std::size_t begin = 0, line = 1, begun = 1;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') quoted = !quoted;
    if (text[at] != '\n') continue;
    ++line;
    // A quote that is never closed ends with the row limit, or where a new row must begin.
    if (quoted && at - begin < kRowLimit && !(at + 1 < text.size() && text[at + 1] == '"'))
      continue;
    quoted = false;
    rows.push_back({begun, text.substr(begin, at - begin)});
    begin = at + 1;
    begun = line;
  }
  if (begin < text.size()) rows.push_back({begun, text.substr(begin)});
  return rows;
}

std::string date(const std::string& cell, const char* what) {
  if (cell.empty()) return {};
  if (auto day = us_date(cell)) return *day;
  reject(std::string(what) + " is no date: " + cell.substr(0, 40));
}

CommonCriteriaProduct product(const std::vector<std::string>& cells) {
  CommonCriteriaProduct p;
  p.category = plain(cells[kCategory]);
  p.name = plain(cells[kName]);
  p.vendor = plain(cells[kManufacturer]);
  p.scheme = plain(cells[kScheme]);
  p.assurance = plain(cells[kAssurance]);
  p.protection_profiles = plain(cells[kProfiles]);
  p.certified = date(cells[kCertified], "certification date");
  p.archived = date(cells[kArchived], "archived date");
  if (p.name.empty()) reject("no product name");
  if (!cells[kMaintenanceDate].empty() || !cells[kMaintenanceTitle].empty())
    p.maintenance.push_back(
        {date(cells[kMaintenanceDate], "maintenance date"), plain(cells[kMaintenanceTitle])});
  return p;
}

std::vector<std::string> cells_of(const Row& row) {
  if (row.text.size() > kRowLimit) reject("longer than " + std::to_string(kRowLimit) + " bytes");
  auto csv = base::parse_csv(row.text, "row");
  if (csv.header.size() != kCells)
    reject(std::to_string(csv.header.size()) + " cells where there are " + std::to_string(+kCells) +
           " columns");
  return std::move(csv.header);
}

// What a row or another list tells of a product that is known.
void join(CommonCriteriaProduct& ours, const CommonCriteriaProduct& more) {
  using P = CommonCriteriaProduct;
  for (auto field :
       {&P::category, &P::scheme, &P::assurance, &P::protection_profiles, &P::archived})
    if ((ours.*field).empty()) ours.*field = more.*field;
  for (const Maintenance& each : more.maintenance) {
    const bool there = std::any_of(
        ours.maintenance.begin(), ours.maintenance.end(), [&](const Maintenance& other) {
          return other.date == each.date &&
                 plain_name(other.title).plain == plain_name(each.title).plain;
        });
    if (!there) ours.maintenance.push_back(each);
  }
}

}  // namespace

bool is_common_criteria_list(std::string_view bytes) {
  return without_mark(bytes).starts_with(kBeginning);
}

CommonCriteriaList read_common_criteria_list(std::string_view bytes, const std::string& origin) {
  if (!is_common_criteria_list(bytes))
    reject(origin + ": not the columns of the Common Criteria portal's list of products");
  const std::string text = as_utf8(without_mark(bytes));
  const auto rows = rows_of(text);
  CommonCriteriaList list;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].text.empty() || rows[i].text == "\r") continue;
    try {
      const auto cells = cells_of(rows[i]);
      if (i == 0) continue;
      list.products.push_back(product(cells));
    } catch (const base::Error& error) {
      if (i == 0)
        reject(origin + ": not the columns of the Common Criteria portal's list of products");
      list.rejected.push_back({rows[i].line, error.what()});
    }
  }
  join_products(list.products);
  return list;
}

void join_products(std::vector<CommonCriteriaProduct>& rows) {
  std::map<std::string, std::size_t> known;  // Name, vendor and date: one product.
  std::vector<CommonCriteriaProduct> products;
  for (CommonCriteriaProduct& row : rows) {
    const auto [first, fresh] = known.emplace(
        plain_name(row.name).plain + "\n" + plain_name(row.vendor).plain + "\n" + row.certified,
        products.size());
    if (fresh) {
      products.push_back(std::move(row));
    } else {
      join(products[first->second], row);
    }
  }
  rows = std::move(products);
}

}  // namespace cmvp
