#include "rules/judgement.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "evidence/base/csv.h"
#include "evidence/base/error.h"
#include "evidence/base/time.h"
#include "evidence/schema.h"
#include "evidence/table.h"
#include "rules/claim.h"
#include "rules/evaluate.h"
#include "rules/unrecorded.h"

namespace rules {
namespace {

constexpr const char* kAssessment = R"sql(
CREATE TABLE assessment (as_of TEXT NOT NULL, max_snapshot_age INTEGER NOT NULL) STRICT;
CREATE VIEW stale_snapshot AS
SELECT 'The certificate snapshot of ' || n.taken_at || ' is stale: '
       || CAST(julianday(d.as_of) - julianday(n.taken_at) AS INTEGER) || ' days old as of ' || d.as_of
       || ', more than ' || d.max_snapshot_age || '. Renew it: assay cmvp update' AS message,
       'Renew the certificate snapshot (assay cmvp update, or assay cmvp import where there is no '
       || 'network), then judge the same evidence again.' AS remedy
  FROM snapshot AS n
  JOIN assessment AS d
 WHERE julianday(d.as_of) - julianday(n.taken_at) > d.max_snapshot_age;
)sql";

constexpr std::size_t kWorthIndexing = 50;  // rows

void create_table(const ReferenceData& data, const base::Csv& csv, base::Database& db) {
  std::string sql = "CREATE TABLE " + data.table + " (";
  for (const std::string& column : csv.header) sql += "\"" + column + "\" TEXT NOT NULL, ";
  db.execute(sql + "line INTEGER NOT NULL) STRICT");
  if (csv.rows.size() < kWorthIndexing) return;
  db.execute("CREATE INDEX " + data.table + "_index ON " + data.table + " (\"" +
             csv.header.front() + "\")");
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

// Columns that rules join or search by, those first that narrow most.
struct Searched {
  std::string_view column;
  std::vector<std::string_view> beside;  // what they ask for with it, where the table has that
  bool only = false;                     // rules search a table with this column by nothing else
};

using Searches = std::vector<Searched>;

const Searches& searches_in_evidence() {
  static const Searches kSearches = {{"token", {"position"}}, {"key", {}},     {"kind", {"module"}},
                                     {"module", {"source"}},  {"library", {}}, {"path", {}}};
  return kSearches;
}

const Searches& searches_in_views() {
  static const Searches kSearches = {{"function", {"module"}, true}, {"claim", {"module"}, true},
                                     {"kind", {"module"}, true},     {"status", {"context"}, true},
                                     {"service", {"module"}},        {"module", {"service"}}};
  return kSearches;
}

constexpr int kIndexes = 2;  // of one table: each takes as long to make as some queries

std::set<std::string, std::less<>> columns_of(const std::string& table, const base::Database& db) {
  const base::Statement all = db.prepare("SELECT * FROM " + table);
  std::set<std::string, std::less<>> columns;
  for (int i = 0; i < all.column_count(); ++i) columns.insert(all.column_name(i));
  return columns;
}

// Queries of hundreds of rules search the same columns: without an index each would read or sort
// the whole table again.
void add_indexes(const std::string& table, const Searches& searches, base::Database& db) {
  auto rows = db.prepare("SELECT count(*) FROM " + table);
  if (!rows.step() || rows.integer(0) < static_cast<std::int64_t>(kWorthIndexing)) return;
  const std::set<std::string, std::less<>> columns = columns_of(table, db);
  int made = 0;
  for (const auto& [column, beside, only] : searches) {
    if (!columns.contains(column)) continue;
    std::string by(column);
    for (const std::string_view other : beside)
      if (columns.contains(other)) by += ", " + std::string(other);
    db.execute("CREATE INDEX " + table + "_by_" + std::string(column) + " ON " + table + " (" + by +
               ")");
    if (only || ++made == kIndexes) return;
  }
}

void index_evidence(base::Database& db) {
  db.execute("CREATE INDEX source_feed_by_source ON source_feed (source)");
  for (const evidence::Table& table : evidence::all_tables())
    add_indexes(std::string(table.name), searches_in_evidence(), db);
}

// A view of a built-in pack is asked by many rules, so its rows are made once. A pack from a folder
// may have views without end; rules ask them within their limits.
void add_view(const View& view, bool rows_once, base::Database& db) {
  db.execute((rows_once ? "CREATE TABLE " : "CREATE VIEW ") + view.name + " AS " + view.sql);
  if (rows_once) add_indexes(view.name, searches_in_views(), db);
}

// Reference tables and views of one pack after the other. Two packs may have the same one: it is
// made once. Two different ones of one name are an error, for one of the packs would ask the
// other's.
class SharedTables {
 public:
  explicit SharedTables(bool rows_once = false) : rows_once_(rows_once) {}

  void add(const Pack& pack, base::Database& db) {
    for (const ReferenceData& data : pack.reference)
      add(pack, "reference table " + data.table, data.origin, {data.table, data.csv}, [&] {
        const base::Csv csv = base::parse_csv(data.csv, data.origin);
        create_table(data, csv, db);
        insert_rows(data, csv, db);
      });
    for (const View& view : pack.views)
      add(pack, "view " + view.name, view.origin, {view.name, view.sql},
          [&] { add_view(view, rows_once_ && pack.built_in, db); });
  }

 private:
  template <class Make>
  void add(const Pack& pack, const std::string& what, const std::string& origin,
           const std::pair<std::string, std::string>& content, const Make& make) {
    if (const auto known = made_.find(content.first); known != made_.end()) {
      if (known->second == content.second) return;
      throw base::Error(base::ErrorKind::input,
                        origin + ": " + what + " of pack " + pack.id +
                            ": another chosen pack has another table of that name; rename it");
    }
    try {
      make();
    } catch (const base::Error& error) {
      throw base::Error(base::ErrorKind::input,
                        origin + ": " + what + " of pack " + pack.id + ": " + error.what());
    }
    made_.insert(content);
  }

  bool rows_once_;
  std::map<std::string, std::string> made_;  // by name of the table
};

}  // namespace

base::Database judgement_database(const base::Database& evidence) {
  base::Database judgement = base::Database::in_memory();
  judgement.expect_many_queries();
  judgement.copy_from(evidence);
  note_unrecorded(evidence::complete_schema(judgement), judgement);
  return judgement;
}

void add_reference_tables(const Pack& pack, base::Database& judgement) {
  SharedTables().add(pack, judgement);
}

void add_assessment(const std::string& as_of, base::Database& judgement,
                    std::int64_t max_snapshot_age) {
  if (!base::parse_date(as_of))
    throw base::Error(base::ErrorKind::usage,
                      "as-of date \"" + as_of + "\": not a date; write it YYYY-MM-DD");
  judgement.execute(kAssessment);
  create_claim_table(judgement);
  judgement.prepare("INSERT INTO assessment VALUES (?, ?)")
      .bind(1, as_of)
      .bind(2, max_snapshot_age)
      .step();
}

void prepare_judgement(base::Database& judgement, const std::vector<Pack>& packs,
                       const std::string& as_of, std::int64_t max_snapshot_age) {
  judgement.execute("BEGIN");
  add_assessment(as_of, judgement, max_snapshot_age);
  index_evidence(judgement);
  SharedTables tables(true);
  for (const Pack& pack : packs) tables.add(pack, judgement);
  judgement.execute("COMMIT");
  judgement.restrict_to_reading(kStepLimit);
}

}  // namespace rules
