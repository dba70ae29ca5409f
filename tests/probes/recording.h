#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "evidence/recorder.h"
#include "evidence/table.h"

namespace tests {

/// A recorder whose log can be read back: rows as text, "NULL" where nothing is known.
class Recording {
 public:
  using Row = std::map<std::string, std::string>;
  struct Place {
    std::string feeds, subject, locator;
    evidence::Outcome outcome = evidence::Outcome::observed;
    std::string reason;
  };

  explicit Recording(const base::Host& host) : recorder(log_, host) {}

  /// The rows of one table. Throws if any row names a table or a column that does not exist, or
  /// holds a value of another type.
  std::vector<Row> rows(const std::string& table) const {
    std::vector<Row> result;
    for (const auto& record : records()) {
      if (kind_of(record) != evidence::RecordKind::row) continue;
      const auto row = checked(record);
      if (text(record.at(2)) == table) result.push_back(row);
    }
    return result;
  }

  /// The sources by their locator; the last one of it.
  std::map<std::string, Place> sources() const {
    std::map<std::int64_t, Place> by_id;
    for (const auto& record : records()) {
      if (kind_of(record) == evidence::RecordKind::source)
        by_id[std::get<std::int64_t>(record.at(1))] = {
            text(record.at(2)), text(record.at(3)), text(record.at(4)), {}, {}};
      if (kind_of(record) == evidence::RecordKind::outcome) {
        auto& place = by_id.at(std::get<std::int64_t>(record.at(1)));
        place.outcome = static_cast<evidence::Outcome>(std::get<std::int64_t>(record.at(2)));
        place.reason = text(record.at(3));
      }
    }
    std::map<std::string, Place> result;
    for (const auto& [id, place] : by_id) result[place.locator] = place;
    return result;
  }

 private:
  base::SharedMemory memory_{std::size_t{8} << 20U};
  evidence::RowLog log_{memory_};

 public:
  evidence::Recorder recorder;

 private:
  std::vector<evidence::Record> records() const {
    auto read = evidence::read_records(memory_.contents());
    if (read.damaged) throw std::logic_error("the log is damaged");
    return read.records;
  }

  static evidence::RecordKind kind_of(const evidence::Record& record) {
    return static_cast<evidence::RecordKind>(std::get<std::int64_t>(record.at(0)));
  }

  static std::string text(const base::Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    if (const auto* string = std::get_if<std::string>(&value)) return *string;
    return "NULL";
  }

  static Row checked(const evidence::Record& record) {
    const auto* table = evidence::find_table(text(record.at(2)));
    if (table == nullptr) throw std::logic_error("no table " + text(record.at(2)));
    Row row;
    for (std::size_t at = 4; at + 1 < record.size(); at += 2) {
      const std::string name = text(record.at(at));
      const auto* column = evidence::find_column(*table, name);
      if (column == nullptr) throw std::logic_error("no column " + name);
      const auto& value = record.at(at + 1);
      const bool number = std::holds_alternative<std::int64_t>(value);
      if (!std::holds_alternative<std::nullptr_t>(value) &&
          number != (column->type == evidence::Type::integer))
        throw std::logic_error("wrong type in " + name);
      row[name] = text(value);
    }
    if (row.size() != table->columns.size())
      throw std::logic_error("not all columns of " + text(record.at(2)));
    return row;
  }
};

}  // namespace tests
