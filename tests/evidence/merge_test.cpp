#include "evidence/merge.h"

#include "tests/catch.h"
#include "tests/evidence/evidence_file.h"

namespace {

using evidence::Record;
using evidence::RecordKind;

const evidence::Place kFallback = {{"kernel"}, "", "the probe", "run"};

std::string words(const char* text) { return text; }

Record source_record(std::int64_t id, const char* feeds = "kernel") {
  return {evidence::kind(RecordKind::source),
          id,
          words(feeds),
          words("host"),
          words("/proc"),
          words("read"),
          std::int64_t{1767225600}};
}

Record row_record(std::int64_t source, const char* table, const char* column, base::Value value) {
  return {evidence::kind(RecordKind::row),
          source,
          words(table),
          std::int64_t{2},
          words(column),
          std::move(value)};
}

base::Database merged(const std::vector<Record>& records, bool damaged = false) {
  base::Database db = tests::empty_evidence();
  evidence::Merger(db, 1, "probe").merge({records, damaged}, kFallback);
  return db;
}

std::vector<std::string> troubles(const base::Database& db) {
  return tests::rows(db, "SELECT reason FROM source WHERE outcome = 'unreadable'");
}

}  // namespace

TEST_CASE("a source and its row are merged with their provenance") {
  const auto db = merged({source_record(5), row_record(5, "kernel", "release", words("6.1"))});
  CHECK(tests::rows(db,
                    "SELECT run, probe, subject, locator, method, outcome, reason, collected_at"
                    " FROM source") ==
        std::vector<std::string>{"1|probe|host|/proc|read|observed||2026-01-01T00:00:00Z"});
  CHECK(tests::rows(db, "SELECT source, basis, host, release FROM kernel") ==
        std::vector<std::string>{"1|observed||6.1"});
  CHECK(tests::rows(db, "SELECT source, table_name FROM source_feed") ==
        std::vector<std::string>{"1|kernel"});
}

TEST_CASE("an outcome replaces the one before, with its reason") {
  const auto db = merged({source_record(1),
                          {evidence::kind(RecordKind::outcome), std::int64_t{1}, std::int64_t{1},
                           words("no such file")}});
  CHECK(tests::rows(db, "SELECT outcome, reason FROM source") ==
        std::vector<std::string>{"absent|no such file"});
}

TEST_CASE("what makes no sense becomes an unreadable source and no row") {
  const auto [bad, why] = GENERATE(table<Record, std::string>({
      {row_record(1, "no_such_table", "release", words("x")), "no table no_such_table"},
      {row_record(1, "source", "reason", words("x")), "no table source"},
      {row_record(1, "kernel", "no_such_column", words("x")), "no column no_such_column"},
      {row_record(1, "kernel", "source", std::int64_t{9}), "no column source"},
      {row_record(1, "kernel", "release", std::int64_t{1}), "column release of kernel has another"},
      {row_record(1, "kernel", "fips_enabled", words("1")), "column fips_enabled of kernel has"},
      {row_record(1, "kernel", "release", base::Blob{"x"}), "column release of kernel has another"},
      {row_record(2, "kernel", "release", words("x")), "a row without source"},
      {Record{std::int64_t{3}, std::int64_t{1}, words("kernel"), std::int64_t{3}}, "out of range"},
      {Record{std::int64_t{3}, std::int64_t{1}, words("kernel"), std::int64_t{-1}}, "out of range"},
      {Record{std::int64_t{3}, std::int64_t{1}}, "a number is missing"},
      {Record{std::int64_t{2}, std::int64_t{9}, std::int64_t{0}, words("")}, "an outcome without"},
      {Record{std::int64_t{2}, std::int64_t{1}, std::int64_t{4}, words("")}, "out of range"},
      {Record{std::int64_t{1}, words("one")}, "a text is missing"},
      {Record{std::int64_t{99}}, "a record of no known kind"},
      {Record{words("row")}, "a number is missing"},
  }));
  const auto db =
      merged({source_record(1), bad, row_record(1, "kernel", "release", words("after"))});
  REQUIRE(troubles(db).size() == 1);
  CHECK_THAT(troubles(db)[0], Catch::Contains(why));
  CHECK(tests::rows(db, "SELECT release FROM kernel") == std::vector<std::string>{"after"});
  CHECK(
      tests::rows(db, "SELECT 1 FROM kernel WHERE source NOT IN (SELECT id FROM source)").empty());
}

TEST_CASE("a damaged log is on record for every table that the probe feeds") {
  const auto db = merged({source_record(1)}, true);
  REQUIRE(troubles(db).size() == 1);
  CHECK(tests::rows(db,
                    "SELECT f.table_name FROM source_feed f, source s"
                    " WHERE f.source = s.id AND s.outcome = 'unreadable'") ==
        std::vector<std::string>{"kernel"});
}

TEST_CASE("a source that feeds a table nobody knows feeds none") {
  const auto db = merged({source_record(1, "kernel no_such_table sqlite_schema")});
  CHECK(tests::rows(db, "SELECT table_name FROM source_feed") ==
        std::vector<std::string>{"kernel"});
}

TEST_CASE("text of a module becomes printable text") {
  const auto db =
      merged({source_record(1), row_record(1, "kernel", "release", words("\xFF\x1B[31m"))});
  CHECK(tests::rows(db, "SELECT release FROM kernel") ==
        std::vector<std::string>{"\xEF\xBF\xBD\xEF\xBF\xBD[31m"});
}

TEST_CASE("the numbers that probes give their sources do not clash") {
  base::Database db = tests::empty_evidence();
  for (const char* probe : {"one", "two"})
    evidence::Merger(db, 1, probe)
        .merge({{source_record(1), row_record(1, "kernel", "release", words(probe))}, false},
               kFallback);
  CHECK(
      tests::rows(db, "SELECT s.probe, k.release FROM kernel k, source s WHERE s.id = k.source") ==
      std::vector<std::string>{"one|one", "two|two"});
}

TEST_CASE("the step that was open at the end is told") {
  const Record step = {evidence::kind(RecordKind::step),
                       words("dangerous"),
                       words("kernel"),
                       words("host"),
                       words("/proc"),
                       words("read"),
                       std::int64_t{0}};
  const Record end = {evidence::kind(RecordKind::step_end), words("dangerous")};
  const Record finished = {evidence::kind(RecordKind::finished)};
  CHECK(evidence::ending_of({step}).open->name == "dangerous");
  CHECK_FALSE(evidence::ending_of({step}).finished);
  CHECK_FALSE(evidence::ending_of({step, end}).open);
  CHECK(evidence::ending_of({step, end, finished}).finished);
  CHECK_FALSE(evidence::ending_of({}).finished);
}

TEST_CASE("a log that says finished and then makes no sense is not finished") {
  CHECK_FALSE(evidence::ending_of({{evidence::kind(RecordKind::finished)}, {words("?")}}).finished);
}
