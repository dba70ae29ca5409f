#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace base {

/// A table of text cells; every row has as many cells as `header`.
struct Csv {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;

  /// The index of column `name`. Throws Error(input) if there is none.
  std::size_t column(std::string_view name) const;
};

/// Reads comma-separated values as RFC 4180 defines them (LF or CRLF, quoted cells), first line the
/// header. Throws Error(input), `origin:line: message`, for a row of another width or an open
/// quote.
Csv parse_csv(std::string_view text, const std::string& origin);

/// One line of comma-separated values with its line end, cells quoted where RFC 4180 asks for it.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace base
