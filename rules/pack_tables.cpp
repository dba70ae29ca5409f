#include <set>

#include "evidence/base/error.h"
#include "rules/query.h"
#include "rules/reference_tables.h"

namespace rules {
namespace {

constexpr std::size_t kRowsOfTable = 50'000;

ReferenceTable read_table(const TableOfPack& wanted, base::Database& db) {
  ReferenceTable table{wanted.id, wanted.title, wanted.lead, wanted.columns, {}, true};
  db.renew_step_budget();
  auto query = db.prepare(wanted.sql);
  const auto width = static_cast<int>(wanted.columns.size());
  if (query.column_count() != width)
    throw base::Error(base::ErrorKind::input, "the query gives another number of columns");
  while (query.step() && table.rows.size() < kRowsOfTable) {
    std::vector<base::Value> row;
    for (int i = 0; i < width; ++i) {
      base::Value cell = query.value(i);
      if (auto* text = std::get_if<std::string>(&cell)) *text = message_text(*text);
      row.push_back(std::move(cell));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

std::vector<ReferenceTable> tables_of_packs(const std::vector<Pack>& packs,
                                            base::Database& judgement) {
  std::vector<ReferenceTable> tables;
  std::set<std::string> ids;
  for (const Pack& pack : packs)
    for (const TableOfPack& wanted : pack.tables) {
      if (!ids.insert(wanted.id).second) continue;  // two packs that share a question
      try {
        ReferenceTable table = read_table(wanted, judgement);
        if (!table.rows.empty()) tables.push_back(std::move(table));
      } catch (const base::Error& error) {
        throw base::Error(base::ErrorKind::input, pack.id + "/" + wanted.origin + ": table " +
                                                      wanted.id + ": " + error.what());
      }
    }
  return tables;
}

}  // namespace rules
