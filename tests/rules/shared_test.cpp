// What packs share: tables, views, kinds of subjects; and the tables that packs print.
#include <functional>

#include "evidence/base/error.h"
#include "rules/lint.h"
#include "rules/reference_tables.h"
#include "tests/catch.h"
#include "tests/rules/small_pack.h"

using namespace rules;
using namespace rules::test;
using Catch::Contains;

namespace {

constexpr const char* kFunctions =
    R"(<reference table="approved_function" shared="approved_functions.csv"/>)";
constexpr const char* kInForce =
    R"(<view name="function_in_force" shared="function_in_force.sql"/>)";

Pack second_pack(const std::string& more) {
  auto files = pack_files(RuleText().xml(), more);
  files[0].text.replace(files[0].text.find("id=\"small\""), 10, "id=\"other\"");
  return read_pack(files);
}

std::string complaint_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const base::Error& error) {
    return error.what();
  }
  return "no complaint";
}

std::int64_t count(const base::Database& db, const std::string& sql) {
  auto query = db.prepare(sql);
  return query.step() ? query.integer(0) : -1;
}

}  // namespace

TEST_CASE("two packs that name one shared table get it once") {
  const Pack first = pack_of(RuleText().xml(), kFunctions), second = second_pack(kFunctions);
  base::Database db = evidence_of("");
  prepare_judgement(db, {first, second}, "2026-11-23");
  CHECK(count(db, "SELECT count(*) FROM approved_function") > 20);
  CHECK(count(db, "SELECT count(*) - count(DISTINCT line) FROM approved_function") == 0);
}

TEST_CASE("two packs with different tables of one name are refused, and both are named") {
  const auto pack = [](const std::string& id, const std::string& csv) {
    auto files = pack_files(RuleText().xml(), R"(<reference table="weak" file="w.csv"/>)");
    files[0].text.replace(files[0].text.find("id=\"small\""), 10, "id=\"" + id + "\"");
    files.push_back({"w.csv", csv});
    return read_pack(files);
  };
  base::Database db = evidence_of("");
  const std::string complaint = complaint_of([&] {
    prepare_judgement(db, {pack("one", "name\nMD5\n"), pack("two", "name\nMD4\n")}, "2026-11-23");
  });
  CHECK_THAT(complaint, Contains("w.csv: reference table weak of pack two"));
  CHECK_THAT(complaint, Contains("rename it"));
}

TEST_CASE("a view is asked like a table and knows the date judged") {
  const Pack pack = pack_of(RuleText().xml(), std::string(kFunctions) + kInForce);
  const auto status_on = [&pack](const char* day) {
    base::Database db = evidence_of("");
    prepare_judgement(db, {pack}, day);
    auto query =
        db.prepare("SELECT status FROM function_in_force WHERE function = 'tdea-encryption'");
    return query.step() ? query.text(0) : "none";
  };
  // SP 800-131A Rev. 2, clause 2: deprecated through 2023, disallowed after.
  CHECK(status_on("2023-12-31") == "deprecated");
  CHECK(status_on("2024-01-01") == "disallowed");
}

TEST_CASE("a change to a shared file changes the digest of the packs that name it") {
  const Pack with = pack_of(RuleText().xml(), kFunctions), without = pack_of(RuleText().xml());
  auto files = pack_files(RuleText().xml(), kFunctions);
  CHECK(read_pack(files).digest == with.digest);
  CHECK(with.digest != without.digest);
}

TEST_CASE("a shared file that is not there, or beside something of one's own, is refused") {
  const auto complaint = [](const std::string& more) {
    return complaint_of([&] { pack_of(RuleText().xml(), more); });
  };
  CHECK_THAT(complaint(R"(<reference table="x" shared="none.csv"/>)"),
             Contains("no shared file \"none.csv\""));
  CHECK_THAT(complaint(R"(<reference table="x" file="x.csv" shared="approved_functions.csv"/>)"),
             Contains("take one of them away"));
  CHECK_THAT(complaint(R"(<view name="x" shared="modules.sql">SELECT 1</view>)"),
             Contains("take one of them away"));
  CHECK_THAT(complaint(R"(<view name="x" shared="approved_functions.csv"/>)"),
             Contains("not a SELECT"));
  CHECK_THAT(complaint(R"(<view name="x">SELECT 1 AS a</view><view name="x">SELECT 1 AS a</view>)"),
             Contains("the table x twice"));
  CHECK_THAT(complaint(R"(<view name="x">DELETE FROM provider</view>)"), Contains("not a SELECT"));
}

TEST_CASE("a view that nothing asks, and one that breaks, are remarks of lint") {
  const auto remarks = [](const std::string& more) {
    std::string all;
    for (const std::string& remark : lint(pack_of(RuleText().xml(), more),
                                          [](base::Database& db) { evidence::create_schema(db); }))
      all += remark + "\n";
    return all;
  };
  CHECK_THAT(remarks(R"(<view name="x">SELECT module FROM provider</view>)"),
             Contains("no rule uses the view x"));
  CHECK_THAT(remarks(R"(<view name="x">SELECT not_there FROM provider</view>)"),
             Contains("error: view x"));
}

TEST_CASE("a table that a pack prints is in the report, and left out where it has no rows") {
  const std::string table =
      R"(<table id="seen" title="What was seen"><lead>All of it.</lead><column>Module</column>)"
      R"(<rows>SELECT module FROM provider ORDER BY module</rows></table>)";
  const Pack pack = pack_of(RuleText().xml(), table);
  const auto tables = [&pack](const std::string& evidence) {
    base::Database db = evidence_of(evidence);
    prepare_judgement(db, {pack}, "2026-11-23");
    return tables_of_packs({pack}, db);
  };
  CHECK(tables("").empty());
  const auto full =
      tables("INSERT INTO provider (source, basis, module) VALUES (1, 'listed', 'openssl:fips')");
  REQUIRE(full.size() == 1);
  CHECK(full[0].title == "What was seen");
  CHECK(std::get<std::string>(full[0].rows.at(0).at(0)) == "openssl:fips");
}

TEST_CASE("a table with more titles than columns is a remark of lint") {
  const Pack pack = pack_of(
      RuleText().xml(),
      R"(<table id="seen" title="Seen"><lead>All.</lead><column>A</column><column>B</column>)"
      R"(<rows>SELECT module FROM provider</rows></table>)");
  const auto remarks = lint(pack, [](base::Database& db) { evidence::create_schema(db); });
  REQUIRE(remarks.size() == 1);
  CHECK_THAT(remarks[0], Contains("the query gives 1 columns and there are 2 titles"));
}
