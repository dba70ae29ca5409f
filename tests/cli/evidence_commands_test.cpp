#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "cli/exit_code.h"
#include "evidence/base/digest.h"
#include "evidence/base/host.h"
#include "evidence/base/sqlite.h"
#include "evidence/base/temporary_folder.h"
#include "reports/format.h"
#include "rules/pack.h"
#include "rules/views.h"
#include "tests/catch.h"
#include "tests/cli/terminal.h"

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using cli_test::error_of;
using cli_test::run;

namespace {

// One passive look at this machine, for all tests here.
const std::string& evidence_file() {
  static const base::TemporaryFolder kFolder;
  static const std::string kFile = [] {
    unsetenv("OPENSSL_CONF");
    unsetenv("OPENSSL_MODULES");
    run({"probe", "--passive", "-o", kFolder.path()});
    return kFolder.path() + "/evidence.db";
  }();
  return kFile;
}

std::string collected_on() {
  const auto asked = run(
      {"query", evidence_file(), "SELECT substr(finished_at, 1, 10) FROM run", "--format", "csv"});
  return asked.out.substr(asked.out.find('\n') + 1, 10);
}

std::string contents(const std::string& file) { return base::SystemHost().read_file(file).text; }

}  // namespace

TEST_CASE("probe prints the name of the evidence and nothing else") {
  const base::TemporaryFolder folder;
  const auto ran = run({"probe", "--passive", "-o", folder.path()});
  CHECK(ran.code == cli::kHolds);
  CHECK(ran.out == folder.path() + "/evidence.db\n");
  CHECK(ran.err.empty());
}

TEST_CASE("a passive probe tries no service and runs no self-test on demand") {
  const auto services =
      run({"query", evidence_file(), "SELECT count(*) FROM service", "--format", "csv"});
  CHECK(services.out == "count(*)\n0\n");
  const auto tests =
      run({"query", evidence_file(), "SELECT count(*) FROM self_test WHERE occasion = 'on demand'",
           "--format", "csv"});
  CHECK(tests.out == "count(*)\n0\n");
}

TEST_CASE("every row of every table has a source, and every source fed a table or a run") {
  const auto orphans = run({"query", evidence_file(),
                            "SELECT count(*) FROM provider p LEFT JOIN source s ON s.id = p.source"
                            " WHERE s.id IS NULL",
                            "--format", "csv"});
  CHECK(orphans.out == "count(*)\n0\n");
  const auto idle =
      run({"query", evidence_file(),
           "SELECT count(*) FROM source WHERE id NOT IN (SELECT source FROM source_feed)",
           "--format", "csv"});
  CHECK(idle.out == "count(*)\n0\n");
}

TEST_CASE("judged without a date, evidence speaks for the day it was collected") {
  const auto ran = run({"check", evidence_file(), "--format", "json"});
  const auto report = nlohmann::json::parse(ran.out);
  CHECK(report.dump().find("\"as_of\":\"" + collected_on() + "\"") != std::string::npos);
}

TEST_CASE("the same evidence and date give the same bytes in every format") {
  const base::TemporaryFolder first, second;
  for (const auto* folder : {&first, &second}) {
    std::vector<std::string> words = {"report", evidence_file(), "--as-of", "2026-11-23",
                                      "-o",     folder->path()};
    for (const reports::Format& format : reports::all())
      words.insert(words.end(), {"--format", std::string(format.name)});
    CHECK(run(words).code == cli::kHolds);
  }
  for (const auto& entry : std::filesystem::directory_iterator(first.path())) {
    INFO(entry.path());
    CHECK(contents(entry.path()).size() > 100);
    CHECK(contents(entry.path()) ==
          contents(second.path() + "/" + entry.path().filename().string()));
  }
  CHECK(std::distance(std::filesystem::directory_iterator(first.path()), {}) ==
        static_cast<std::ptrdiff_t>(reports::all().size()));
}

TEST_CASE("judging leaves the evidence as it is") {
  const std::string before = contents(evidence_file());
  run({"check", evidence_file()});
  CHECK(contents(evidence_file()) == before);
}

TEST_CASE("report ends with 0 where check tells the verdict") {
  CHECK(run({"report", evidence_file(), "--format", "json"}).code == cli::kHolds);
  CHECK(run({"check", evidence_file(), "--format", "json"}).code != cli::kTrouble);
}

TEST_CASE("the threshold is a severity, a rung, or both, and reports say which") {
  const auto ran = run({"check", evidence_file(), "--format", "json", "--fail-on", "critical",
                        "--fail-on", "rung:certificate"});
  CHECK(nlohmann::json::parse(ran.out).at("threshold") == "critical or rung:certificate");
  CHECK_THAT(error_of({"check", evidence_file(), "--fail-on", "rung:certifcate"}),
             Contains("did you mean rung:certificate?"));
}

TEST_CASE("with --exit-zero the verdict stands in the report and not in the exit code") {
  const auto strict = run({"check", evidence_file(), "--fail-on", "low", "--format", "json"});
  REQUIRE(strict.code != cli::kHolds);
  const auto lenient =
      run({"check", evidence_file(), "--fail-on", "low", "--format", "json", "--exit-zero"});
  CHECK(lenient.code == cli::kHolds);
  const auto exit = nlohmann::json::parse(lenient.out).at("exit");
  CHECK(exit.at("code") == strict.code);
  CHECK_THAT(exit.at("meaning").get<std::string>(), Contains("--exit-zero"));
  CHECK_THAT(error_of({"check", "no-such-evidence.db", "--exit-zero"}), Contains("no such file"));
}

TEST_CASE("a baseline of what is there makes the gate green until something is new") {
  const base::TemporaryFolder folder;
  const std::string file = folder.path() + "/baseline.txt";
  REQUIRE(run({"check", evidence_file()}).code == cli::kFindings);
  CHECK_THAT(run({"check", evidence_file(), "--write-baseline", file}).err,
             Contains("in this new baseline"));
  const auto second = run({"check", evidence_file(), "--baseline", file, "--format", "json"});
  CHECK(nlohmann::json::parse(second.out).at("counts").at("over_threshold") == 0);
  CHECK(second.code == cli::kHolds);
  std::ofstream(file) << "# only this\nfail\tfips-140-3/no-such-rule\thost\n";
  CHECK(run({"check", evidence_file(), "--baseline", file}).code == cli::kFindings);
  CHECK_THAT(run({"check", evidence_file(), "--write-baseline", file}).err,
             Contains("1 entry taken away, 0 left") && Contains("a baseline only shrinks"));
  CHECK_THAT(error_of({"check", evidence_file(), "--baseline", folder.path() + "/none"}),
             Contains("write one with --write-baseline"));
}

TEST_CASE("a waiver is read from a file and its mistakes are told with their line") {
  const base::TemporaryFolder folder;
  const std::string file = folder.path() + "/waivers.toml";
  std::ofstream(file) << "[[waiver]]\nrule = \"default-properties-fips\"\nsubject = \"*\"\n"
                         "reason = \"r\"\napprover = \"a\"\nticket = \"t\"\n"
                         "created = 2020-01-01\nexpires = 9999-12-31\n";
  const auto ran = run({"check", evidence_file(), "--waivers", file, "--format", "json"});
  CHECK(nlohmann::json::parse(ran.out).at("counts").at("waived") == 1);
  std::ofstream(file, std::ios::app) << "owner = \"x\"\n";
  CHECK_THAT(error_of({"check", evidence_file(), "--waivers", file}),
             Contains("waivers.toml:9: no key \"owner\""));
}

TEST_CASE("a snapshot older than its limit decides nothing about certificates") {
  const auto ran = run({"check", evidence_file(), "--as-of", "2027-01-15", "--format", "json"});
  const auto report = nlohmann::json::parse(ran.out);
  int stale = 0;
  int undecided = 0;
  for (const auto& finding : report["findings"]) {
    if (finding["rule"] == "snapshot-fresh" && finding["result"] == "unknown") ++stale;
    if (finding["message"].get<std::string>().find(" is stale: ") == std::string::npos) continue;
    ++undecided;
    CHECK_THAT(finding["remedy"].get<std::string>(), StartsWith("Renew the certificate snapshot"));
  }
  CHECK(stale == 1);
  CHECK(undecided > 0);
}

namespace {

using Findings = std::map<std::string, nlohmann::json>;

// A copy of the evidence as a build would have collected it that lacked something.
std::string older(const base::TemporaryFolder& folder, const std::string& change) {
  std::string file = folder.path() + "/older.db";
  std::filesystem::copy_file(evidence_file(), file,
                             std::filesystem::copy_options::overwrite_existing);
  base::Database::create(file).execute(change);
  return file;
}

Findings findings_of(const std::string& file) {
  const auto ran = run({"check", file, "--pack", "fips-140-3", "--pack", "sp800-52r2", "--pack",
                        "pkcs11", "--format", "json"});
  const auto report = nlohmann::json::parse(ran.out);
  CHECK(report["evidence"]["sha256"] == base::sha256(contents(file)));
  Findings findings;
  for (const auto& finding : report["findings"]) findings[finding["id"]] = finding;
  return findings;
}

// The ids of the rules whose answer rests on `word`, as their text says.
std::set<std::string> rules_about(const std::string& word) {
  std::set<std::string> ids;
  for (const char* name : {"fips-140-3", "sp800-52r2", "pkcs11"}) {
    const rules::Pack pack = rules::read_pack(rules::built_in_pack_files(name));
    for (const rules::Rule& rule : pack.rules) {
      bool about = false;
      for (const rules::Need& need : rule.needs) about = about || need.table == word;
      for (const auto& sql : {rule.not_applicable, rule.unknown, rule.violations})
        about = about || rules::words_through_views(sql, pack.views).contains(word);
      if (about) ids.insert(rule.id);
    }
  }
  return ids;
}

// What rests on what is lacking is unknown and says so; all else is as it was.
void compare(const Findings& whole, const Findings& less, const std::set<std::string>& rules,
             const std::string& what) {
  REQUIRE(whole.size() == less.size());
  REQUIRE(!rules.empty());
  for (const auto& [id, finding] : less) {
    CAPTURE(id);
    if (!rules.contains(finding["rule"])) {
      CHECK(finding == whole.at(id));
      continue;
    }
    CHECK(finding["result"] == "unknown");
    CHECK(finding["message"] ==
          "this evidence was collected by an earlier version, which did not "
          "record " +
              what + "; collect it again to judge this");
    CHECK_THAT(finding["remedy"].get<std::string>(),
               StartsWith("Collect the evidence again with this version: assay check"));
  }
}

}  // namespace

TEST_CASE("what an earlier build did not record is unknown and never a pass, all else is judged") {
  const base::TemporaryFolder folder;
  const Findings whole = findings_of(evidence_file());
  compare(whole,
          findings_of(older(folder,
                            "DELETE FROM source_feed WHERE table_name = 'tls_offer';"
                            "DROP TABLE tls_offer")),
          rules_about("tls_offer"), "the table tls_offer");
  compare(whole,
          findings_of(
              older(folder, "ALTER TABLE openssl_configuration DROP COLUMN config_diagnostics")),
          rules_about("config_diagnostics"),
          "the column config_diagnostics of the table openssl_configuration");
}

TEST_CASE("certificates that an earlier build told too little to match are unknown") {
  const base::TemporaryFolder folder;
  const std::string file = older(folder, "ALTER TABLE operating_system DROP COLUMN version_id");
  const Findings findings = findings_of(file);
  int unknown = 0;
  for (const auto& [id, finding] : findings)
    if (finding["rule"] == "certificate-covers-module") {
      CAPTURE(id);
      CHECK(finding["result"] == "unknown");
      CHECK_THAT(finding["message"].get<std::string>(),
                 Contains("did not record the column version_id of the table operating_system"));
      ++unknown;
    }
  CHECK(unknown > 0);
  const auto report = nlohmann::json::parse(run({"check", file, "--format", "json"}).out);
  CHECK_THAT(report["shows_not"].get<std::string>(),
             Contains("did not record: the column version_id of the table operating_system."));
  CHECK_THAT(run({"query", file, "SELECT words FROM not_recorded", "--format", "csv"}).out,
             Contains("the column version_id of the table operating_system"));
}

TEST_CASE("a query only reads, and ends") {
  CHECK_THAT(error_of({"query", evidence_file(), "DELETE FROM provider"}),
             Contains("only reading"));
  CHECK_THAT(error_of({"query", evidence_file(), "ATTACH '/tmp/x' AS x"}),
             Contains("only reading"));
  CHECK_THAT(error_of({"query", evidence_file(), "SELECT 1; SELECT 2"}),
             Contains("more than one SQL statement"));
  CHECK_THAT(error_of({"query", evidence_file(),
                       "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT "
                       "count(*) FROM c"}),
             Contains("more steps"));
}

TEST_CASE("what is no evidence is refused with the next step") {
  const base::TemporaryFolder folder;
  const std::string file = folder.path() + "/evidence.db";
  CHECK_THAT(error_of({"check", file}), Contains("no such file") && Contains("assay probe"));
  std::ofstream(file) << "not a database, but long enough to look at";
  CHECK_THAT(error_of({"check", file}), Contains(file));
  CHECK_THAT(error_of({"probe", "-o", folder.path()}), Contains("is no evidence database"));
  CHECK(contents(file).starts_with("not a database"));
}

TEST_CASE("reports are in the folder before the text is printed, which a reader may cut off") {
  struct Closed : std::streambuf {};  // It takes no character, as a pipe that nobody reads.
  Closed closed;
  std::ostream out(&closed);
  out.exceptions(std::ios::badbit);
  std::ostringstream err;
  cli::Terminal terminal{out, err, false, false};
  const base::TemporaryFolder folder;
  const cli::Command& command = cli::command_named("report");
  CHECK_THROWS_AS(
      command.run(cli::parse(command, {evidence_file(), "-o", folder.path()}), terminal),
      std::ios_base::failure);
  for (const char* name : {"/report.html", "/report.xlsx", "/report.json"})
    CHECK(std::filesystem::file_size(folder.path() + name) > 100);
}

TEST_CASE("several formats need a folder") {
  CHECK_THAT(error_of({"check", evidence_file(), "--format", "json", "--format", "html"}),
             Contains("add -o DIR"));
}

TEST_CASE("a root that is no folder is an error, an empty one is undetermined") {
  CHECK_THAT(error_of({"check", "--root", "/nonexistent/root"}), Contains("no such folder"));
  const base::TemporaryFolder empty;
  CHECK(run({"check", "--root", empty.path()}).code == cli::kUndetermined);
}

TEST_CASE("a certificate's status depends on the date") {
  CHECK(run({"cmvp", "status", "4985", "--as-of", "2026-09-30"}).code == cli::kHolds);
  CHECK(run({"cmvp", "status", "4282", "--as-of", "2026-11-23"}).code == cli::kFindings);
  CHECK(run({"cmvp", "status", "999999"}).code == cli::kUndetermined);
}

TEST_CASE("doctor finds the parts that an assessment needs") {
  const auto ran = run({"doctor"});
  INFO(ran.out);
  CHECK(ran.code == cli::kHolds);
  CHECK_THAT(ran.out, Contains("rule packs: ") && Contains("not looked at by this version"));
}

TEST_CASE("what a probe is to try is said once, and timing needs a PKCS#11 module") {
  const base::TemporaryFolder folder;
  CHECK_THAT(error_of({"probe", "--passive", "--exercise", "-o", folder.path()}),
             Catch::Contains("exclude each other"));
  CHECK_THAT(error_of({"probe", "--measure", "-o", folder.path()}),
             Catch::Contains("goes with a PKCS#11 module"));
}

TEST_CASE("a pack about modules that nobody named says how to name one") {
  const auto ran = run({"check", evidence_file(), "--pack", "pkcs11"});
  CHECK(ran.code == cli::kUndetermined);
  const std::string command = "Collect it: assay check MODULE.so, or assay check pkcs11:";
  CHECK_THAT(ran.out, Contains(command));
  const auto report = nlohmann::json::parse(
      run({"check", evidence_file(), "--pack", "pkcs11", "--format", "json"}).out);
  CHECK_THAT(report["headline"].get<std::string>(), Contains(command));
  REQUIRE(!report["next"].empty());
  CHECK_THAT(report["next"][0]["remedy"].get<std::string>(), StartsWith(command));
}
