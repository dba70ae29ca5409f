#include "evidence/schema.h"

#include <filesystem>
#include <fstream>

#include "evidence/base/error.h"
#include "evidence/base/temporary_folder.h"
#include "evidence/table.h"
#include "tests/catch.h"
#include "tests/evidence/evidence_file.h"

namespace {

std::string made(const base::TemporaryFolder& folder, const std::string& change = "") {
  const std::string path = folder.path() + "/evidence.db";
  base::Database db = base::Database::create(path);
  db.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
  evidence::create_schema(db);
  if (!change.empty()) db.execute(change);
  return path;
}

std::string refusal(const std::string& path) {
  try {
    evidence::open_evidence(path);
  } catch (const base::Error& error) {
    return error.what();
  }
  return "opened";
}

}  // namespace

TEST_CASE("evidence is opened as it was written") {
  const base::TemporaryFolder folder;
  CHECK(refusal(made(folder)) == "opened");
  CHECK(tests::rows(evidence::open_evidence(folder.path() + "/evidence.db"),
                    "SELECT count(*) FROM source") == std::vector<std::string>{"0"});
}

TEST_CASE("a file that is no database is refused by name") {
  const base::TemporaryFolder folder;
  const std::string path = folder.path() + "/letter.txt";
  std::ofstream(path) << std::string(5000, 'x');
  CHECK_THAT(refusal(path), Catch::StartsWith(path));
  std::ofstream(path, std::ios::trunc) << "";
  CHECK_THAT(refusal(path), Catch::Contains("not an evidence database"));
  CHECK_THAT(refusal(folder.path() + "/none.db"), Catch::StartsWith(folder.path()));
}

TEST_CASE("another program's database is refused with the next step") {
  const base::TemporaryFolder folder;
  CHECK_THAT(refusal(made(folder, "PRAGMA application_id = 1")),
             Catch::Contains("not an evidence database; collect one with"));
}

TEST_CASE("evidence of another version is refused with both versions") {
  const base::TemporaryFolder folder;
  CHECK_THAT(refusal(made(folder, "PRAGMA user_version = 2")),
             Catch::Contains("of version 2") && Catch::Contains("reads version 1"));
}

TEST_CASE("evidence that does not say where its facts are from is refused") {
  for (const auto& [change, words] :
       {std::pair{"DROP TABLE source_feed", "table source_feed is missing"},
        {"DROP TABLE kernel; CREATE TABLE kernel (source INTEGER, release TEXT)",
         "column basis of table kernel is missing"}}) {
    const base::TemporaryFolder folder;
    CHECK_THAT(refusal(made(folder, change)), Catch::Contains(words));
  }
}

TEST_CASE("evidence of an earlier build is opened, and a copy completed by what was added since") {
  const base::TemporaryFolder folder;
  const std::string path =
      made(folder,
           "DROP TABLE self_test; ALTER TABLE kernel DROP COLUMN fips_enabled;"
           "INSERT INTO run VALUES (1, '0', 'h', '', 'u', 't', 't', 1);"
           "INSERT INTO source VALUES (1, 1, 'p', '', 'l', 'm', 'observed', '', 't');"
           "INSERT INTO kernel (source, basis, release) VALUES (1, 'observed', '6')");
  REQUIRE(refusal(path) == "opened");
  base::Database copy = base::Database::in_memory();
  copy.copy_from(evidence::open_evidence(path));
  CHECK(evidence::complete_schema(copy) ==
        std::vector<evidence::Lacking>{{"kernel", "fips_enabled"}, {"self_test", ""}});
  CHECK(tests::rows(copy, "SELECT release, fips_enabled IS NULL FROM kernel") ==
        std::vector<std::string>{"6|1"});
  CHECK(tests::rows(copy, "SELECT count(description) FROM self_test") ==
        std::vector<std::string>{"0"});
  CHECK(evidence::complete_schema(copy).empty());
}

TEST_CASE("evidence with something else in the place of a table is not completed") {
  const base::TemporaryFolder folder;
  base::Database copy = base::Database::in_memory();
  copy.copy_from(evidence::open_evidence(
      made(folder, "DROP TABLE self_test; CREATE VIEW self_test AS SELECT 1 AS source")));
  CHECK_THROWS_AS(evidence::complete_schema(copy), base::Error);
}

TEST_CASE("evidence cut short is refused") {
  const base::TemporaryFolder folder;
  const std::string path = made(folder);
  const auto size = std::filesystem::file_size(path);
  for (const auto length : {size / 2, size - 1, std::uintmax_t{100}, std::uintmax_t{50}}) {
    std::filesystem::resize_file(path, length);
    CHECK(refusal(path) != "opened");
  }
}

TEST_CASE("a row without source and a row of no basis are not stored") {
  base::Database db = tests::empty_evidence();
  CHECK_THROWS_AS(db.execute("INSERT INTO kernel (basis) VALUES ('observed')"), base::Error);
  CHECK_THROWS_AS(db.execute("INSERT INTO kernel (source, basis) VALUES (1, 'guessed')"),
                  base::Error);
  CHECK_THROWS_AS(db.execute("INSERT INTO kernel (source, basis, fips_enabled)"
                             " VALUES (1, 'observed', 'yes')"),
                  base::Error);
}
