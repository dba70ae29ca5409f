#include <algorithm>

#include "evidence/base/text.h"
#include "reports/text_layout.h"
#include "reports/words.h"
#include "reports/xlsx_sheets.h"

namespace reports {
namespace {

constexpr double kNarrowest = 9, kWidest = 60;

bool holds_dates(const rules::ReferenceTable& table, std::size_t column) {
  const std::string title = base::lower(table.columns[column]);
  return table.dates && (title.ends_with("date") || title == "sunset");
}

std::size_t longest_line(const base::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number).size();
  if (const auto* blob = std::get_if<base::Blob>(&value)) return blob->bytes.size() * 2;
  std::size_t longest = 0;
  if (const auto* words = std::get_if<std::string>(&value))
    for (const auto line : base::lines(*words)) longest = std::max(longest, line.size());
  return longest;
}

// Room for the longest line of a column, and for the arrow of the filter beside its title.
double width_of(const rules::ReferenceTable& table, std::size_t column) {
  std::size_t longest = table.columns[column].size() + 4;
  for (const auto& row : table.rows)
    if (column < row.size()) longest = std::max(longest, longest_line(row[column]) + 2);
  return std::clamp(static_cast<double>(longest), kNarrowest, kWidest);
}

void write_rows(Sheet& sheet, const rules::ReferenceTable& table, std::size_t first) {
  const std::size_t columns = std::min(table.columns.size(), Sheet::kColumns);
  const std::size_t room = Sheet::kRows - first;
  const bool cut = table.rows.size() > room;
  const std::size_t rows = cut ? room - 1 : table.rows.size();
  std::vector<bool> dates;
  for (std::size_t column = 0; column < columns; ++column)
    dates.push_back(holds_dates(table, column));
  for (std::size_t row = 0; row < rows; ++row) {
    const auto& cells = table.rows[row];
    for (std::size_t column = 0; column < std::min(columns, cells.size()); ++column)
      sheet.value(first + row, column, cells[column], dates[column]);
  }
  if (cut) {
    sheet.text(Sheet::kRows - 1, 0,
               "cut here: " + grouped(static_cast<std::int64_t>(table.rows.size())) +
                   " rows, the JSON report has all",
               Style::soft);
  }
}

// The last column of a line above the table: as wide as that, or as a line that can be read.
std::size_t last_of_line(const rules::ReferenceTable& table) {
  double room = 0;
  std::size_t last = 0;
  for (std::size_t column = 0; column < std::max<std::size_t>(table.columns.size(), 1); ++column) {
    if (column > 0 && room > 120) break;
    room += column < table.columns.size() ? width_of(table, column) : 8;
    last = column;
  }
  return last;
}

}  // namespace

void add_table(Workbook& book, const rules::ReferenceTable& table) {
  const std::string& title = table.title.empty() ? table.id : table.title;
  Sheet sheet = book.add(title);
  for (std::size_t column = 0; column < std::min(table.columns.size(), Sheet::kColumns); ++column)
    sheet.width(column, width_of(table, column));
  std::size_t row = 0;
  // What the name of the sheet has no room for.
  if (sheet_name(title) != title)
    sheet.across(row++, 0, last_of_line(table), title, Style::heading);
  if (!table.lead.empty()) sheet.across(row++, 0, last_of_line(table), table.lead, Style::soft);
  sheet.header(row, table.columns, row + table.rows.size());
  write_rows(sheet, table, row + 1);
}

}  // namespace reports
