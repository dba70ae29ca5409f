#include "evidence/base/text.h"
#include "reports/html_parts.h"
#include "reports/words.h"

namespace reports {
namespace {

constexpr std::size_t kShortWord = 10;  // Characters of a word that is not broken in a cell.
constexpr std::size_t kLong = 25;  // Rows from which a table is folded away and can be searched.

void write_cell(Html& html, const base::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    html.raw("<td class=\"number\">" + std::to_string(*number) + "</td>");
    return;
  }
  html.raw("<td>");
  if (const auto* words = std::get_if<std::string>(&value)) html.breakable(*words);
  if (const auto* blob = std::get_if<base::Blob>(&value)) html.raw(base::hex(blob->bytes));
  html.raw("</td>");
}

// Whether the cells below a title are integers, so that the title stands above them.
bool numeric(const rules::ReferenceTable& table, std::size_t column) {
  bool any = false;
  for (const auto& row : table.rows) {
    if (column >= row.size() || std::holds_alternative<std::nullptr_t>(row[column])) continue;
    if (!std::holds_alternative<std::int64_t>(row[column])) return false;
    any = true;
  }
  return any;
}

// Sources are what the evidence of findings leads to.
std::string row_start(const Page& page, const rules::ReferenceTable& table,
                      const std::vector<base::Value>& row) {
  if (table.id != kSourceTable || row.empty()) return "<tr>";
  const auto* number = std::get_if<std::int64_t>(&row.front());
  const auto anchor =
      number == nullptr ? page.source_anchors.end() : page.source_anchors.find(*number);
  return anchor == page.source_anchors.end() ? "<tr>" : "<tr id=\"" + anchor->second + "\">";
}

// The class that the style of `table_style` goes by.
std::string class_of(std::size_t table) { return "table-" + std::to_string(table + 1); }

void write_rows(Page& page, std::size_t index) {
  const rules::ReferenceTable& table = page.assessment.tables[index];
  const std::string& anchor = page.table_anchors[index];
  Html& html = page.html;
  html.raw("<table class=\"table " + class_of(index) + "\" aria-labelledby=\"h-" + anchor +
           "\"><thead><tr>");
  for (std::size_t at = 0; at < table.columns.size(); ++at) {
    html.raw(numeric(table, at) ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">");
    html.text(table.columns[at]).raw("</th>");
  }
  html.raw("</tr></thead><tbody>\n");
  for (const auto& row : table.rows) {
    html.raw(row_start(page, table, row));
    for (const base::Value& value : row) write_cell(html, value);
    html.raw("</tr>\n");
  }
  html.raw("</tbody></table>\n");
}

void write_long(Page& page, std::size_t index) {
  Html& html = page.html;
  const rules::ReferenceTable& table = page.assessment.tables[index];
  const std::string rows = counted(static_cast<std::int64_t>(table.rows.size()), "row", "rows");
  html.raw("<p class=\"paper\">" + rows +
           ", printed only if opened: the workbook and the evidence have them.</p>\n");
  html.raw("<details class=\"more\"><summary>" + rows + "</summary>\n");
  html.raw(
      "<div class=\"find scripted\"><label>Search these rows <input type=\"search\" "
      "autocomplete=\"off\" spellcheck=\"false\"></label> "
      "<span role=\"status\"></span></div>\n");
  write_rows(page, index);
  html.raw("</details>\n");
}

void write_table(Page& page, std::size_t index) {
  const rules::ReferenceTable& table = page.assessment.tables[index];
  const std::string& anchor = page.table_anchors[index];
  Html& html = page.html;
  html.raw("<section id=\"" + anchor + "\" aria-labelledby=\"h-" + anchor + "\">\n");
  html.raw("<h2 id=\"h-" + anchor + "\">").text(table.title).raw("</h2>\n");
  if (!table.lead.empty()) html.raw("<p class=\"lead text\">").text(table.lead).raw("</p>\n");
  if (table.rows.empty())
    html.raw("<p>Nothing is on record.</p>\n");
  else if (table.rows.size() < kLong)
    write_rows(page, index);
  else
    write_long(page, index);
  html.raw("</section>\n");
}

// Whether no word of a column is so long that the column could not spare it the room.
bool has_short_words(const rules::ReferenceTable& table, std::size_t column) {
  for (const auto& row : table.rows) {
    const auto* words = column < row.size() ? std::get_if<std::string>(&row[column]) : nullptr;
    if (words == nullptr) continue;
    std::size_t length = 0;
    for (const char c : *words) {
      length = c == ' ' ? 0 : length + 1;
      if (length > kShortWord) return false;
    }
  }
  return true;
}

// Words are broken only where a column holds long ones.
std::string unbroken(const Page& page) {
  std::string cells;
  const auto& tables = page.assessment.tables;
  for (std::size_t at = 0; at < tables.size(); ++at)
    for (std::size_t column = 0; column < tables[at].columns.size(); ++column)
      if (!tables[at].rows.empty() && has_short_words(tables[at], column))
        cells += (cells.empty() ? "." : ", .") + class_of(at) + " td:nth-child(" +
                 std::to_string(column + 1) + ")";
  return cells.empty() ? "" : cells + " { overflow-wrap: normal; }\n";
}

}  // namespace

void write_tables(Page& page) {
  for (std::size_t at = 0; at < page.assessment.tables.size(); ++at) write_table(page, at);
}

std::string table_style(const Page& page) {
  std::string style = unbroken(page) + "@media screen and (max-width: 760px) {\n";
  const auto& tables = page.assessment.tables;
  for (std::size_t at = 0; at < tables.size(); ++at) {
    for (std::size_t column = 0; column < tables[at].columns.size(); ++column) {
      style += "." + class_of(at) + " td:nth-child(" + std::to_string(column + 1) +
               ")::before { content: " + css_string(tables[at].columns[column]) + "; }\n";
    }
  }
  return style + "}\n";
}

}  // namespace reports
