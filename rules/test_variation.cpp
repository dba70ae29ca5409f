#include "rules/test_variation.h"

#include <algorithm>
#include <map>
#include <optional>

#include "evidence/base/text.h"
#include "rules/sql.h"

namespace rules {
namespace {

using Kind = SqlToken::Kind;

// One value of a row, and where it stands in the text.
struct Cell {
  std::string column, text;
  std::size_t begin = 0, end = 0;
};

struct Row {
  std::vector<Cell> cells;
  std::size_t begin = 0, end = 0;  // with its parentheses
};

// One INSERT INTO table (columns) VALUES rows.
struct Insert {
  std::string table;
  std::vector<Row> rows;
  std::size_t begin = 0, end = 0;  // with its semicolon
};

class InsertReader {
 public:
  explicit InsertReader(std::string_view sql) : sql_(sql), tokens_(sql_tokens(sql)) {}

  std::vector<Insert> read() {
    std::vector<Insert> inserts;
    while (at_ < tokens_.size()) {
      const std::size_t begin = at_;
      std::size_t end = at_;
      while (end < tokens_.size() && !is(end, ";")) ++end;
      if (std::optional<Insert> insert = read_one(begin, end))
        inserts.push_back(std::move(*insert));
      at_ = end + 1;
    }
    return inserts;
  }

 private:
  bool is(std::size_t i, std::string_view text) const {
    return i < tokens_.size() && tokens_[i].kind != Kind::text && tokens_[i].text == text;
  }

  std::optional<Insert> read_one(std::size_t i, std::size_t end) {
    Insert insert;
    insert.begin = tokens_[i].begin;
    insert.end = end < tokens_.size() ? tokens_[end].end : tokens_[end - 1].end;
    if (!is(i, "insert") || !is(i + 1, "into") || i + 3 >= end || !is(i + 3, "(")) return {};
    insert.table = tokens_[i + 2].text;
    std::vector<std::string> columns;
    for (i += 4; i < end && !is(i, ")"); ++i)
      if (!is(i, ",")) columns.push_back(tokens_[i].text);
    if (!is(++i, "values")) return {};
    for (++i; i < end; ++i)
      if (is(i, "(") && tokens_[i].depth == 0) {
        insert.rows.push_back(read_row(i, end, columns));
        if (insert.rows.back().cells.size() != columns.size()) return {};
      }
    return insert;
  }

  Row read_row(std::size_t& i, std::size_t end, const std::vector<std::string>& columns) const {
    Row row;
    row.begin = tokens_[i].begin;
    std::size_t first = ++i;
    for (; i < end; ++i) {
      const bool closes = tokens_[i].depth == 0;
      if (!closes && !(is(i, ",") && tokens_[i].depth == 1)) continue;
      if (i > first && row.cells.size() < columns.size()) {
        const std::size_t from = tokens_[first].begin, to = tokens_[i - 1].end;
        row.cells.push_back(
            {columns[row.cells.size()], std::string(sql_.substr(from, to - from)), from, to});
      }
      first = i + 1;
      if (closes) break;
    }
    row.end = i < tokens_.size() ? tokens_[i].end : sql_.size();
    return row;
  }

  std::string_view sql_;
  std::vector<SqlToken> tokens_;
  std::size_t at_ = 0;
};

class Varying {
 public:
  Varying(std::string_view test, const std::vector<std::string>& others, const Constants& constants)
      : test_(test), inserts_(InsertReader(test).read()), constants_(constants) {
    for (const std::string& other : others)
      for (const Insert& insert : InsertReader(other).read())
        for (const Row& row : insert.rows)
          for (const Cell& cell : row.cells)
            seen_[insert.table + "." + cell.column].push_back(cell.text);
  }

  std::vector<std::string> all() {
    drop();
    for (const Insert& insert : inserts_)
      for (const Row& row : insert.rows)
        for (const Cell& cell : row.cells)
          for (const std::string& value : values_for(insert, row, cell))
            put(cell.begin, cell.end, value);
    for (const Insert& insert : inserts_)
      for (const Row& row : insert.rows)
        for (const Cell& cell : row.cells)
          for (const std::string& value : values_for(insert, row, cell)) add_row(row, cell, value);
    return std::move(variations_);
  }

 private:
  void keep(std::string text) {
    if (std::find(variations_.begin(), variations_.end(), text) == variations_.end())
      variations_.push_back(std::move(text));
  }

  void put(std::size_t begin, std::size_t end, const std::string& text) {
    keep(std::string(test_.substr(0, begin)) + text + std::string(test_.substr(end)));
  }

  void drop() {
    std::map<std::string, int> count;
    for (const Insert& insert : inserts_) {
      keep(std::string(test_.substr(0, insert.begin)) + std::string(test_.substr(insert.end)));
      ++count[insert.table];
    }
    for (const auto& [table, times] : count) {
      std::string rest(test_);
      for (auto insert = inserts_.rbegin(); insert != inserts_.rend(); ++insert)
        if (insert->table == table) rest.erase(insert->begin, insert->end - insert->begin);
      if (times > 1) keep(std::move(rest));
    }
  }

  // The same row once more, with another value in one column.
  void add_row(const Row& row, const Cell& cell, const std::string& value) {
    const std::string copy = std::string(test_.substr(row.begin, cell.begin - row.begin)) + value +
                             std::string(test_.substr(cell.end, row.end - cell.end));
    put(row.end, row.end, ", " + copy);
    put(row.begin, row.begin, copy + ", ");
  }

  std::vector<std::string> values_for(const Insert& insert, const Row& row,
                                      const Cell& cell) const {
    std::vector<std::string> values;
    if (cell.column == "source" || cell.column == "basis") return values;
    const auto add = [&](const std::string& value) {
      if (value != cell.text && std::find(values.begin(), values.end(), value) == values.end())
        values.push_back(value);
    };
    if (const auto found = seen_.find(insert.table + "." + cell.column); found != seen_.end())
      for (const std::string& value : found->second) add(value);
    add("NULL");
    // What a limit is compared with often stands beside it.
    const bool number_here = base::parse_integer(cell.text).has_value();
    for (const Cell& beside : row.cells)
      if (beside.column != "source" && beside.column != "basis" &&
          base::parse_integer(beside.text).has_value() == number_here)
        add(beside.text);
    if (const auto number = base::parse_integer(cell.text)) {
      for (const std::int64_t near : {*number + 1, *number - 1, std::int64_t{0}, std::int64_t{1}})
        add(std::to_string(near));
      for (const std::string& value : constants_.numbers) add(value);
    } else {
      for (const std::string& value : constants_.texts) add(value);
      add("'other'");
      add("''");
    }
    return values;
  }

  std::string_view test_;
  std::vector<Insert> inserts_;
  const Constants& constants_;
  std::map<std::string, std::vector<std::string>> seen_;
  std::vector<std::string> variations_;
};

}  // namespace

std::vector<WithoutValue> without_values(std::string_view test) {
  std::vector<WithoutValue> without;
  for (const Insert& insert : InsertReader(test).read())
    for (const Row& row : insert.rows)
      for (const Cell& cell : row.cells)
        if (cell.column != "source" && cell.column != "basis" && cell.text != "NULL")
          without.push_back({insert.table, cell.column,
                             std::string(test.substr(0, cell.begin)) + "NULL" +
                                 std::string(test.substr(cell.end))});
  return without;
}

Constants constants_in(const std::vector<std::string>& sql) {
  Constants constants;
  const auto add = [](std::vector<std::string>& list, std::string value) {
    if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(std::move(value));
  };
  for (const std::string& query : sql)
    for (const SqlToken& token : sql_tokens(query)) {
      std::string text = query.substr(token.begin, token.end - token.begin);
      if (token.kind == Kind::text) {
        text.erase(std::remove(text.begin(), text.end(), '%'), text.end());
        if (text.size() < 40) add(constants.texts, text);
      } else if (token.kind == Kind::word && base::parse_integer(text)) {
        add(constants.numbers, text);
      }
    }
  return constants;
}

std::vector<std::string> variations(std::string_view test, const std::vector<std::string>& others,
                                    const Constants& constants, std::size_t limit) {
  std::vector<std::string> all = Varying(test, others, constants).all();
  if (all.size() > limit) all.resize(limit);
  return all;
}

}  // namespace rules
