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

TEST_CASE("evidence without a table is refused by the name of the table") {
  const base::TemporaryFolder folder;
  CHECK_THAT(refusal(made(folder, "DROP TABLE self_test")),
             Catch::Contains("table self_test is missing"));
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
