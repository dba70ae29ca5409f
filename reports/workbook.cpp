#include "reports/workbook.h"

#include <algorithm>
#include <cmath>

#include "evidence/base/error.h"
#include "evidence/base/host.h"
#include "evidence/base/text.h"
#include "evidence/base/time.h"
#include "reports/text_layout.h"
#include "reports/words.h"

namespace reports {
namespace {

constexpr std::uint8_t kA4 = 9;
constexpr std::size_t kFileLimit = std::size_t{1} << 30U;  // 1 GiB
constexpr std::int64_t kWhole = std::int64_t{1} << 53U;    // Beyond it a double skips integers.
constexpr std::int64_t kEpoch = 25569;  // 1970-01-01 in the 1900 date system of workbooks.
constexpr std::int64_t kFirstDay = 61;  // 1900-03-01: before it the system is a day off.
constexpr double kLineHeight = 15, kMostHeight = 409;  // Points.
constexpr std::array<lxw_color_t, 6> kColours = {0x17693C, 0x59626D, 0x59626D,
                                                 0x855300, 0xB0241C, 0xB0241C};
constexpr lxw_color_t kSoft = 0x505862, kPanel = 0xF5F6F8, kEdge = 0xD3D8DE;
constexpr lxw_color_t kTint = 0xF6E5E4;  // 12 % of the colour of a failure on white.

void check(std::string_view what, lxw_error code) {
  if (code == LXW_NO_ERROR) return;
  throw base::Error(base::ErrorKind::environment,
                    "workbook: " + std::string(what) + ": " + base::lower(lxw_strerror(code)));
}

lxw_row_t row_number(std::size_t row) { return static_cast<lxw_row_t>(row); }
lxw_col_t column_number(std::size_t column) { return static_cast<lxw_col_t>(column); }

bool looks_escaped(std::string_view text, std::size_t at) {
  return at + 6 < text.size() && text[at] == '_' && text[at + 1] == 'x' && text[at + 6] == '_' &&
         base::from_hex(text.substr(at + 2, 2)) && base::from_hex(text.substr(at + 4, 2));
}

std::string without_escapes(const std::string& text) {
  if (text.find("_x") == std::string::npos) return text;
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at)
    result += looks_escaped(text, at) ? "_x005F_" : std::string(1, text[at]);
  return result;
}

// The UTF-16 units of a UTF-8 sequence that starts with `lead`: a continuation byte has none.
std::size_t units_of(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if ((byte & 0xC0U) == 0x80U) return 0;
  return byte >= 0xF0 ? 2 : 1;
}

std::string cut_to_units(const std::string& text, std::size_t most) {
  std::size_t units = 0, at = 0;
  while (at < text.size() && units + units_of(text[at]) <= most) units += units_of(text[at++]);
  return text.substr(0, at);
}

std::size_t units_of(const std::string& text) {
  std::size_t units = 0;
  for (const char c : text) units += units_of(c);
  return units;
}

// Text for the head or foot of a page, where an ampersand starts a code.
std::string for_page(std::string_view words) {
  std::string result;
  for (const char c : cut_to_units(clean(words), 80)) result += c == '&' ? "&&" : std::string(1, c);
  return result;
}

// A file that ends early lacks the end of the central directory (ZIP application note, 4.3.16).
bool whole_archive(std::string_view bytes) {
  constexpr std::size_t kEndRecord = 22;
  return bytes.size() > kEndRecord && bytes.starts_with("PK\x03\x04") &&
         bytes.substr(bytes.size() - kEndRecord).starts_with("PK\x05\x06");
}

void add_hairline(lxw_format* format) {
  format_set_bottom(format, LXW_BORDER_HAIR);
  format_set_bottom_color(format, kEdge);
}

// Never 0, which libxlsxwriter takes for "now".
time_t created_at(const std::string& day) {
  constexpr std::int64_t kFallback = 3652;  // 1980-01-01
  return std::max<std::int64_t>(1, base::parse_date(day).value_or(kFallback) * 86400);
}

constexpr std::size_t kNameUnits = 31;  // UTF-16 units that the name of a sheet may have.

// `text` with at most `most` UTF-16 units, cut behind a word unless the first is longer than that.
std::string cut_at_word(const std::string& text, std::size_t most) {
  const std::string cut = cut_to_units(text, most);
  if (cut.size() == text.size() || text[cut.size()] == ' ') return std::string(base::trim(cut));
  const std::size_t space = cut.find_last_of(' ');
  return std::string(base::trim(space == std::string::npos ? cut : cut.substr(0, space)));
}

}  // namespace

std::string cell_text(std::string_view words) {
  constexpr std::size_t kMost = 32767, kNote = 80;
  // White space at either end would need an attribute that the schema of the format lacks.
  const std::string whole = clean(words);
  std::string text = without_escapes(std::string(base::trim(whole)));
  const std::size_t units = units_of(text);
  if (units <= kMost) return text;
  return cut_to_units(text, kMost - kNote) +
         " … (cut here: " + grouped(static_cast<std::int64_t>(units)) +
         " characters, the JSON report has all)";
}

std::string sheet_name(std::string_view name) {
  std::string result;
  for (const char c : clean(name)) {
    const bool refused = std::string_view("[]:*?/\\\n\t").find(c) != std::string_view::npos;
    result += refused ? ' ' : c;
  }
  result = cut_at_word(std::string(base::trim(result)), kNameUnits);
  if (result.starts_with('\'')) result.front() = ' ';
  if (result.ends_with('\'')) result.back() = ' ';
  result = std::string(base::trim(result));
  // Excel keeps "History" for itself.
  if (result.empty() || base::lower(result) == "history")
    return std::string(base::trim("Sheet " + result));
  return result;
}

Workbook::Workbook(const WorkbookFacts& facts)
    : path_(folder_.path() + "/report.xlsx"), facts_(facts) {
  lxw_workbook_options options{};
  std::string temporary = folder_.path();
  options.tmpdir = temporary.data();  // Copied by the library.
  book_.reset(workbook_new_opt(path_.c_str(), &options));
  if (!book_) throw base::Error(base::ErrorKind::environment, "workbook: out of memory");
  std::string title = cell_text(facts.title), author = "assay";
  lxw_doc_properties properties{};
  properties.title = title.data();
  properties.author = author.data();
  properties.created = created_at(facts.created);
  check("properties", workbook_set_properties(book_.get(), &properties));
  make_formats();
}

lxw_format* Workbook::new_format(bool top) {
  lxw_format* format = workbook_add_format(book_.get());
  if (format == nullptr) throw base::Error(base::ErrorKind::environment, "workbook: out of memory");
  format_set_text_wrap(format);
  if (top) format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
  return format;
}

void Workbook::make_formats() {
  for (lxw_format*& format : styles_) format = new_format();
  for (const auto& [style, size] :
       {std::pair{Style::title, 18.0}, {Style::headline, 13.0}, {Style::heading, 13.0}}) {
    format_set_bold(format(style));
    format_set_font_size(format(style), size);
  }
  format_set_font_color(format(Style::soft), kSoft);
  format_set_font_color(format(Style::label), kSoft);
  for (const Style style : {Style::cell, Style::number, Style::date}) add_hairline(format(style));
  format_set_bold(format(Style::head));
  format_set_bg_color(format(Style::head), kPanel);
  format_set_bottom(format(Style::head), LXW_BORDER_THIN);
  format_set_bottom_color(format(Style::head), kEdge);
  format_set_num_format(format(Style::number), "0");
  format_set_align(format(Style::number), LXW_ALIGN_RIGHT);
  format_set_indent(format(Style::number), 1);
  format_set_num_format(format(Style::date), "yyyy-mm-dd");
  format_set_align(format(Style::date), LXW_ALIGN_LEFT);
  for (std::size_t at = 0; at < results_.size(); ++at) {
    results_[at] = new_format();
    add_hairline(results_[at]);
    format_set_bold(results_[at]);
    format_set_font_color(results_[at], kColours[at]);
    if (at >= static_cast<std::size_t>(rules::Result::fail))
      format_set_bg_color(results_[at], kTint);
  }
}

Sheet Workbook::add(std::string_view name) {
  const std::string wanted = sheet_name(name);
  std::string unique = wanted;
  for (int number = 2; !names_.insert(base::lower(unique)).second; ++number) {
    const std::string suffix = " " + std::to_string(number);
    unique = cut_at_word(wanted, kNameUnits - suffix.size()) + suffix;
  }
  lxw_worksheet* sheet = workbook_add_worksheet(book_.get(), unique.c_str());
  if (sheet == nullptr)
    throw base::Error(base::ErrorKind::internal, "workbook: no sheet can be called " + unique);
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, kA4);
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_set_margins(sheet, 0.4, 0.4, 0.7, 0.7);
  const std::string head =
      "&L&8" + for_page(facts_.head_left) + "&R&8" + for_page(facts_.head_right);
  const std::string foot = "&L&8" + for_page(facts_.foot_left) + "&R&8page &P of &N";
  check("head of page", worksheet_set_header(sheet, head.c_str()));
  check("foot of page", worksheet_set_footer(sheet, foot.c_str()));
  return {*this, sheet};
}

std::string Workbook::finish() {
  check("writing", workbook_close(book_.release()));
  const base::FileText file = base::SystemHost().read_file(path_, kFileLimit);
  if (file.seen != base::Seen::ok || !whole_archive(file.text)) {
    throw base::Error(base::ErrorKind::environment,
                      "workbook: could not be written in full below " + folder_.path() +
                          "; is there room? TMPDIR names another place");
  }
  return file.text;
}

void Sheet::text(std::size_t row, std::size_t column, std::string_view words, Style style) {
  if (words.empty() && style == Style::plain) return;
  const std::string content = cell_text(words);
  check("text", worksheet_write_string(sheet_, row_number(row), column_number(column),
                                       content.c_str(), book_->format(style)));
  const auto room = static_cast<std::size_t>(width_of(column));
  if (content.size() >= room || content.find('\n') != std::string::npos)
    grow(row, wrapped(content, room - 1).size());
}

void Sheet::result(std::size_t row, std::size_t column, rules::Result result) {
  const std::string words = std::string(1, sign_of(result)) + " " + std::string(word_of(result));
  check("result",
        worksheet_write_string(sheet_, row_number(row), column_number(column), words.c_str(),
                               book_->results_[static_cast<std::size_t>(result)]));
}

void Sheet::integer(std::size_t row, std::size_t column, std::int64_t value) {
  if (value > kWhole || value < -kWhole)
    return text(row, column, std::to_string(value), Style::cell);
  check("number", worksheet_write_number(sheet_, row_number(row), column_number(column),
                                         static_cast<double>(value), book_->format(Style::number)));
}

void Sheet::date(std::size_t row, std::size_t column, std::string_view day) {
  const auto days = base::parse_date(day);
  if (!days || *days + kEpoch < kFirstDay) return text(row, column, day, Style::cell);
  check("date",
        worksheet_write_number(sheet_, row_number(row), column_number(column),
                               static_cast<double>(*days + kEpoch), book_->format(Style::date)));
}

void Sheet::value(std::size_t row, std::size_t column, const base::Value& value, bool dates) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return integer(row, column, *number);
  std::string words;
  if (const auto* blob = std::get_if<base::Blob>(&value)) words = base::hex(blob->bytes);
  if (const auto* held = std::get_if<std::string>(&value)) words = *held;
  if (dates)
    date(row, column, words);
  else
    text(row, column, words, Style::cell);
}

void Sheet::across(std::size_t row, std::size_t first, std::size_t last, std::string_view words,
                   Style style) {
  const std::string text_of_cell = cell_text(words);
  double room = 0;
  for (std::size_t at = first; at <= last; ++at) room += width_of(at);
  const bool large = style == Style::headline || style == Style::heading;
  const double scale = style == Style::title ? 1.7 : (large ? 1.3 : 1);
  grow(row, wrapped(text_of_cell, static_cast<std::size_t>(room / scale - 2)).size(), scale);
  if (first == last) return text(row, first, words, style);
  check("wide text",
        worksheet_merge_range(sheet_, row_number(row), column_number(first), row_number(row),
                              column_number(last), text_of_cell.c_str(), book_->format(style)));
}

double Sheet::width_of(std::size_t column) const {
  constexpr double kUsual = 8;
  return column < widths_.size() ? widths_[column] : kUsual;
}

void Sheet::grow(std::size_t row, std::size_t lines, double scale) {
  const double height =
      std::min(kMostHeight, std::ceil(static_cast<double>(lines) * kLineHeight * scale + 1));
  if (heights_.size() <= row) heights_.resize(row + 1, 0);
  if ((lines == 1 && scale == 1) || heights_[row] >= height) return;
  heights_[row] = height;
  check("row", worksheet_set_row(sheet_, row_number(row), height, nullptr));
}

void Sheet::width(std::size_t column, double characters) {
  if (widths_.size() <= column) widths_.resize(column + 1, width_of(column));
  widths_[column] = characters;
  check("width", worksheet_set_column(sheet_, column_number(column), column_number(column),
                                      characters, nullptr));
}

void Sheet::header(std::size_t row, const std::vector<std::string>& titles, std::size_t last) {
  const std::size_t columns = std::min(titles.size(), kColumns);
  if (columns == 0) return;
  for (std::size_t column = 0; column < columns; ++column)
    text(row, column, titles[column], Style::head);
  worksheet_freeze_panes(sheet_, row_number(row + 1), 0);
  check("repeated rows", worksheet_repeat_rows(sheet_, row_number(row), row_number(row)));
  check("filter", worksheet_autofilter(sheet_, row_number(row), 0, row_number(std::max(last, row)),
                                       column_number(columns - 1)));
}

}  // namespace reports
