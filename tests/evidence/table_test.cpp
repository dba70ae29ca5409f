#include "evidence/table.h"

#include <algorithm>
#include <set>

#include "tests/catch.h"

namespace {

bool is_plain_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

TEST_CASE("every table has a name of its own and is described") {
  std::set<std::string_view> names = {"run", "source", "source_feed", "artifact", "step"};
  for (const evidence::Table& table : evidence::all_tables()) {
    INFO(table.name);
    CHECK(is_plain_name(table.name));
    CHECK(names.insert(table.name).second);
    CHECK(table.description.size() > 10);
    CHECK(evidence::find_table(table.name) == &table);
  }
}

TEST_CASE("every column has a name of its own in its table and is described") {
  for (const evidence::Table& table : evidence::all_tables()) {
    std::set<std::string_view> names = {"source", "basis"};
    for (const evidence::Column& column : table.columns) {
      INFO(table.name << "." << column.name);
      CHECK(is_plain_name(column.name));
      CHECK(names.insert(column.name).second);
      CHECK(column.description.size() > 3);
      CHECK(evidence::find_column(table, column.name) == &column);
    }
  }
}

TEST_CASE("every table has a subject") {
  for (const evidence::Table& table : evidence::all_tables()) {
    INFO(table.name);
    CHECK(std::any_of(table.columns.begin(), table.columns.end(), [](const auto& column) {
      return column.name == "module" || column.name == "token" || column.name == "host" ||
             column.name == "library" || column.name == "probe";
    }));
  }
}

TEST_CASE("a table or column that is not there is not found") {
  CHECK(evidence::find_table("no_such_table") == nullptr);
  CHECK(evidence::find_table("") == nullptr);
  CHECK(evidence::find_column(evidence::all_tables()[0], "source") == nullptr);
}
