#include "evidence/base/csv.h"

#include <algorithm>

#include "evidence/base/error.h"

namespace base {
namespace {

class Reader {
 public:
  Reader(std::string_view text, const std::string& origin) : text_(text), origin_(origin) {}

  bool more() const { return at_ < text_.size(); }
  std::size_t line() const { return line_; }

  // Reads one record and the line end after it.
  std::vector<std::string> record() {
    std::vector<std::string> cells;
    do cells.push_back(cell());
    while (take(','));
    take('\r');
    if (more() && !take('\n')) fail("text after a closing quote");
    ++line_;
    return cells;
  }

  [[noreturn]] void fail(const std::string& why) const {
    throw Error(ErrorKind::input, origin_ + ":" + std::to_string(line_) + ": " + why);
  }

 private:
  bool take(char c) {
    if (!more() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::string cell() {
    if (take('"')) return quoted();
    const auto end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    std::string value(text_.substr(at_, end - at_));
    at_ = end;
    return value;
  }

  std::string quoted() {
    std::string value;
    while (more()) {
      const char c = text_[at_++];
      if (c == '"' && !take('"')) return value;
      if (c == '\n') ++line_;
      value += c;
    }
    fail("a quoted cell is never closed");
  }

  std::string_view text_;
  const std::string& origin_;
  std::size_t at_ = 0, line_ = 1;
};

}  // namespace

std::size_t Csv::column(std::string_view name) const {
  for (std::size_t i = 0; i < header.size(); ++i)
    if (header[i] == name) return i;
  throw Error(ErrorKind::input, "no column \"" + std::string(name) + "\"");
}

Csv parse_csv(std::string_view text, const std::string& origin) {
  Reader reader(text, origin);
  Csv csv;
  if (!reader.more()) reader.fail("empty, not even a header");
  csv.header = reader.record();
  while (reader.more()) {
    const std::size_t line = reader.line();
    csv.rows.push_back(reader.record());
    if (csv.rows.back().size() != csv.header.size())
      throw Error(ErrorKind::input, origin + ":" + std::to_string(line) + ": " +
                                        std::to_string(csv.rows.back().size()) + " cells where " +
                                        std::to_string(csv.header.size()) + " are named");
  }
  return csv;
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) {
    if (&cell != &cells.front()) line += ',';
    if (cell.find_first_of(",\"\r\n") == std::string::npos) {
      line += cell;
      continue;
    }
    line += '"';
    for (const char c : cell) line.append(c == '"' ? 2 : 1, c);
    line += '"';
  }
  return line + '\n';
}

}  // namespace base
