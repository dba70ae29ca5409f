#include "cmvp/judgement_rows.h"

namespace cmvp {
namespace {

std::string insertion(const std::string& table, std::size_t columns) {
  std::string text = "INSERT INTO " + table + " VALUES (?";
  for (std::size_t i = 1; i < columns; ++i) text += ", ?";
  return text + ")";
}

}  // namespace

base::Value known(const std::string& text) {
  return text.empty() ? base::Value(nullptr) : base::Value(text);
}

base::Value flag(const std::optional<bool>& value) {
  return value ? base::Value(std::int64_t{*value ? 1 : 0}) : base::Value(nullptr);
}

Rows::Rows(const base::Database& db, const std::string& table, std::size_t columns)
    : statement_(db.prepare(insertion(table, columns))) {}

void Rows::add(const std::vector<base::Value>& values) {
  statement_.reset();
  int index = 0;
  for (const base::Value& value : values) statement_.bind(++index, value);
  statement_.step();
}

}  // namespace cmvp
