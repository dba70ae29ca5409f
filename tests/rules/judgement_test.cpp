#include "rules/judgement.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "evidence/base/error.h"
#include "evidence/base/host.h"
#include "tests/catch.h"
#include "tests/rules/small_pack.h"

using namespace rules::test;
using Catch::Matchers::Contains;

namespace {

rules::Pack with_reference(const std::string& table) {
  auto files =
      pack_files(RuleText().xml(), "<reference table=\"" + table + "\" file=\"data.csv\"/>");
  files.push_back({"data.csv", "name\nsha2\n"});
  return rules::read_pack(files);
}

// A folder that goes away with the test.
class Folder {
 public:
  Folder() {
    path_ = (std::filesystem::temp_directory_path() / "assay-pack-XXXXXX").string();
    REQUIRE(mkdtemp(path_.data()) != nullptr);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::string& path() const { return path_; }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ + "/" + name, std::ios::binary) << text;
  }

 private:
  std::string path_;
};

}  // namespace

TEST_CASE("rules see the as-of date and the reference tables, and the evidence stays as it is") {
  const base::Database evidence = evidence_of("");
  base::Database judgement = rules::judgement_database(evidence);
  rules::prepare_judgement(judgement, {with_reference("allowed")}, "2026-11-23");
  auto date = judgement.prepare("SELECT as_of FROM assessment");
  REQUIRE(date.step());
  CHECK(date.text(0) == "2026-11-23");
  auto allowed = judgement.prepare("SELECT name, line FROM allowed");
  REQUIRE(allowed.step());
  CHECK(allowed.text(0) == "sha2");
  CHECK_THROWS_AS(evidence.prepare("SELECT * FROM allowed"), base::Error);
}

TEST_CASE("a snapshot is stale one day after it may be used, counted to the as-of date") {
  for (const auto& [age, stale] : {std::pair{54, false}, {53, true}, {90, false}}) {
    CAPTURE(age);
    base::Database judgement = rules::judgement_database(evidence_of(""));
    judgement.execute(
        "CREATE TABLE snapshot (taken_at TEXT); INSERT INTO snapshot VALUES ('2026-09-30')");
    rules::prepare_judgement(judgement, {}, "2026-11-23", age);
    auto row = judgement.prepare("SELECT message, remedy FROM stale_snapshot");
    REQUIRE(row.step() == stale);
    if (!stale) continue;
    CHECK(row.text(0) ==
          "The certificate snapshot of 2026-09-30 is stale: 54 days old as of 2026-11-23, more "
          "than 53. Renew it: assay cmvp update");
    CHECK(row.text(1) ==
          "Renew the certificate snapshot (assay cmvp update, or assay cmvp import where there is "
          "no network), then judge the same evidence again.");
  }
}

TEST_CASE("a judgement database that is ready can only be read") {
  base::Database judgement = rules::judgement_database(evidence_of(""));
  rules::prepare_judgement(judgement, {}, "2026-11-23");
  CHECK_THROWS_AS(judgement.execute("DELETE FROM run"), base::Error);
  CHECK_THROWS_AS(judgement.execute("ATTACH ':memory:' AS x"), base::Error);
}

TEST_CASE("a reference table takes the place of no table of evidence") {
  base::Database judgement = rules::judgement_database(evidence_of(""));
  CHECK_THROWS_WITH(
      rules::prepare_judgement(judgement, {with_reference("provider")}, "2026-11-23"),
      Contains("data.csv: reference table provider of pack small: ") && Contains("already exists"));
}

TEST_CASE("a pack in a folder is read from its xml and csv files alone") {
  const Folder folder;
  for (const auto& file : pack_files(RuleText().xml())) folder.write(file.name, file.text);
  folder.write("README.md", "not a part of the pack");
  const auto files = rules::pack_files_in(base::SystemHost(), folder.path());
  REQUIRE(files.size() == 2);
  CHECK(files[0].name == "05.xml");
  CHECK(rules::read_pack(files).digest == pack_of(RuleText().xml()).digest);
}

TEST_CASE("a folder that is not there, or a file that is no file, is named") {
  CHECK_THROWS_WITH(rules::pack_files_in(base::SystemHost(), "/nonexistent/pack"),
                    Contains("/nonexistent/pack: no readable folder with a rule pack"));
  const Folder folder;
  std::filesystem::create_directory(folder.path() + "/05.xml");
  CHECK_THROWS_WITH(rules::pack_files_in(base::SystemHost(), folder.path()),
                    Contains("/05.xml: cannot be read"));
}
