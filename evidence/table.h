#pragma once

#include <span>
#include <string>
#include <string_view>

namespace evidence {

enum class Type { integer, text };

struct Column {
  std::string_view name;
  Type type;
  std::string_view description;  ///< One phrase with its unit; printed in docs/evidence-tables.md.
};

/// A table of facts: what rule authors query. Besides its columns every table has `source`, the row
/// of `source` that the fact comes from, and `basis`: declared, listed or observed. Adding a column
/// is compatible, renaming one is not.
struct Table {
  std::string_view name;
  std::string_view description;
  std::span<const Column> columns;
  /// The command that collects it, as somebody types it who has nothing of it yet.
  std::string_view collected_by = "assay check";
};

/// The statement that creates `table`.
std::string create_statement(const Table& table);

/// The statement that adds `column` to `table`.
std::string add_statement(const Table& table, const Column& column);

/// Every table that probes write to, in the order of the documentation.
std::span<const Table> all_tables();

/// The table called `name`, or nullptr.
const Table* find_table(std::string_view name);

/// The column of `table` called `name`, or nullptr.
const Column* find_column(const Table& table, std::string_view name);

}  // namespace evidence
