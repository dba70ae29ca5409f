#pragma once

#include <xlsxwriter.h>

#include <array>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/base/temporary_folder.h"
#include "evidence/base/value.h"
#include "rules/result.h"

namespace reports {

/// How a cell looks.
enum class Style { plain, cell, title, headline, heading, label, soft, head, number, date };
constexpr std::size_t kStyleCount = 10;

/// What a sheet says at the top and bottom of each printed page, and when the workbook was made.
struct WorkbookFacts {
  std::string title, head_left, head_right, foot_left;
  std::string created;  ///< YYYY-MM-DD
};

/// A sheet of a Workbook, which must outlive it. Rows and columns count from 0. A text too long for
/// a cell is cut, and says so. Set the widths first: rows grow with the texts in them, as not every
/// program works out the height of wrapped text by itself.
class Sheet {
 public:
  static constexpr std::size_t kRows = 1'048'576;
  static constexpr std::size_t kColumns = 16'384;

  /// Writes `words` as text, whatever they begin with.
  void text(std::size_t row, std::size_t column, std::string_view words,
            Style style = Style::plain);
  /// Writes the sign and the word of `result` in its colour.
  void result(std::size_t row, std::size_t column, rules::Result result);
  /// Writes a number; as text if it has more digits than a number in a workbook.
  void integer(std::size_t row, std::size_t column, std::int64_t value);
  /// Writes `day`, YYYY-MM-DD, as a date; as text if it is none that a workbook can hold.
  void date(std::size_t row, std::size_t column, std::string_view day);
  /// Writes a cell of a reference table; NULL is left empty.
  void value(std::size_t row, std::size_t column, const base::Value& value, bool dates);
  /// Writes `words` over the cells from `first` to `last` and makes the row as high as they need.
  void across(std::size_t row, std::size_t first, std::size_t last, std::string_view words,
              Style style);

  /// Sets the width of `column` in characters.
  void width(std::size_t column, double characters);
  /// Writes `titles` as the header: it stays in view, is printed on every page, and can be filtered
  /// down to row `last`. Rows above it stay in view too.
  void header(std::size_t row, const std::vector<std::string>& titles, std::size_t last);

 private:
  friend class Workbook;
  Sheet(class Workbook& book, lxw_worksheet* sheet) : book_(&book), sheet_(sheet) {}

  double width_of(std::size_t column) const;
  // Makes `row` at least as high as `lines` of text that is `scale` times as large as usual.
  void grow(std::size_t row, std::size_t lines, double scale = 1);

  class Workbook* book_;
  lxw_worksheet* sheet_;
  std::vector<double> widths_;   // By column, in characters.
  std::vector<double> heights_;  // By row, in points; 0 for a row of the usual height.
};

/// A workbook that is written to a temporary file and read back: libxlsxwriter knows paths only.
class Workbook {
 public:
  /// Throws Error(environment) if there is no room for it.
  explicit Workbook(const WorkbookFacts& facts);

  /// A new last sheet, A4 landscape. Its name is `name`, cut behind a word to the 31 characters
  /// that a sheet may have, without those that Excel refuses, and with a number if another sheet
  /// has that name.
  Sheet add(std::string_view name);

  /// The bytes of the workbook, which is closed by this. Throws Error(environment) if it could not
  /// be written in full.
  std::string finish();

 private:
  friend class Sheet;
  struct Free {
    void operator()(lxw_workbook* book) const { lxw_workbook_free(book); }
  };
  lxw_format* new_format(bool top = true);
  void make_formats();
  lxw_format* format(Style style) const { return styles_[static_cast<std::size_t>(style)]; }

  base::TemporaryFolder folder_;
  std::string path_;
  WorkbookFacts facts_;
  std::unique_ptr<lxw_workbook, Free> book_;
  std::array<lxw_format*, kStyleCount> styles_{};
  std::array<lxw_format*, 6> results_{};
  std::set<std::string> names_;
};

/// `words` as a cell may hold them: cleaned, at most 32,767 UTF-16 units with a note if they were
/// more, and nothing in it that a reader takes for an escape (_x000A_, ISO/IEC 29500-1, 22.9.2.19).
std::string cell_text(std::string_view words);

/// `name` as a sheet may be called, not yet unique.
std::string sheet_name(std::string_view name);

}  // namespace reports
