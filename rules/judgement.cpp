#include "rules/judgement.h"

#include <algorithm>

#include "evidence/base/csv.h"
#include "evidence/base/error.h"
#include "evidence/base/time.h"
#include "rules/evaluate.h"

namespace rules {
namespace {

constexpr const char* kAssessment = R"sql(
CREATE TABLE assessment (as_of TEXT NOT NULL, max_snapshot_age INTEGER NOT NULL) STRICT;
CREATE VIEW stale_snapshot AS
SELECT 'The certificate snapshot of ' || n.taken_at || ' is stale: '
       || CAST(julianday(d.as_of) - julianday(n.taken_at) AS INTEGER) || ' days old as of ' || d.as_of
       || ', more than ' || d.max_snapshot_age || '. Renew it: assay cmvp update' AS message
  FROM snapshot AS n
  JOIN assessment AS d
 WHERE julianday(d.as_of) - julianday(n.taken_at) > d.max_snapshot_age;
)sql";

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

void add_assessment(const std::string& as_of, base::Database& judgement,
                    std::int64_t max_snapshot_age) {
  if (!base::parse_date(as_of))
    throw base::Error(base::ErrorKind::usage,
                      "as-of date \"" + as_of + "\": not a date; write it YYYY-MM-DD");
  judgement.execute(kAssessment);
  judgement.prepare("INSERT INTO assessment VALUES (?, ?)")
      .bind(1, as_of)
      .bind(2, max_snapshot_age)
      .step();
}

void prepare_judgement(base::Database& judgement, const std::vector<Pack>& packs,
                       const std::string& as_of, std::int64_t max_snapshot_age) {
  judgement.execute("BEGIN");
  for (const Pack& pack : packs) add_reference_tables(pack, judgement);
  add_assessment(as_of, judgement, max_snapshot_age);
  judgement.execute("COMMIT");
  judgement.restrict_to_reading(kStepLimit);
}

}  // namespace rules
