#include "rules/judgement.h"

#include <algorithm>

#include "evidence/base/csv.h"
#include "evidence/base/error.h"
#include "evidence/base/time.h"
#include "rules/evaluate.h"

namespace rules {
namespace {

void create_table(const ReferenceData& data, const base::Csv& csv, base::Database& db) {
  std::string sql = "CREATE TABLE " + data.table + " (";
  for (const std::string& column : csv.header) sql += "\"" + column + "\" TEXT NOT NULL, ";
  db.execute(sql + "line INTEGER NOT NULL) STRICT");
}

void insert_rows(const ReferenceData& data, const base::Csv& csv, base::Database& db) {
  std::string places;
  for (std::size_t i = 0; i < csv.header.size(); ++i) places += "?, ";
  auto insert = db.prepare("INSERT INTO " + data.table + " VALUES (" + places + "?)");
  std::int64_t line = 2;
  for (const auto& row : csv.rows) {
    int index = 1;
    std::int64_t height = 1;
    for (const std::string& cell : row) {
      insert.bind(index++, cell);
      height += std::count(cell.begin(), cell.end(), '\n');
    }
    insert.bind(index, line).step();
    insert.reset();
    line += height;
  }
}

}  // namespace

base::Database judgement_database(const base::Database& evidence) {
  base::Database judgement = base::Database::in_memory();
  judgement.copy_from(evidence);
  return judgement;
}

void add_reference_tables(const Pack& pack, base::Database& judgement) {
  for (const ReferenceData& data : pack.reference) {
    const base::Csv csv = base::parse_csv(data.csv, data.origin);
    try {
      create_table(data, csv, judgement);
      insert_rows(data, csv, judgement);
    } catch (const base::Error& error) {
      throw base::Error(base::ErrorKind::input, data.origin + ": reference table " + data.table +
                                                    " of pack " + pack.id + ": " + error.what());
    }
  }
}

void add_assessment(const std::string& as_of, base::Database& judgement) {
  if (!base::parse_date(as_of))
    throw base::Error(base::ErrorKind::usage,
                      "as-of date \"" + as_of + "\": not a date; write it YYYY-MM-DD");
  judgement.execute("CREATE TABLE assessment (as_of TEXT NOT NULL) STRICT");
  judgement.prepare("INSERT INTO assessment VALUES (?)").bind(1, as_of).step();
}

void prepare_judgement(base::Database& judgement, const std::vector<Pack>& packs,
                       const std::string& as_of) {
  judgement.execute("BEGIN");
  for (const Pack& pack : packs) add_reference_tables(pack, judgement);
  add_assessment(as_of, judgement);
  judgement.execute("COMMIT");
  judgement.restrict_to_reading(kStepLimit);
}

}  // namespace rules
