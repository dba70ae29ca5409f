// Certificates are NIST's, as the built-in snapshot has them; the older snapshot is that one with
// one status changed by hand.
#include <fstream>
#include <sstream>

#include "cli/cmvp_subcommand.h"
#include "cli/exit_code.h"
#include "cmvp/built_in.h"
#include "cmvp/lookup.h"
#include "cmvp/snapshot.h"
#include "evidence/base/error.h"
#include "evidence/base/temporary_folder.h"
#include "evidence/schema.h"
#include "tests/catch.h"
#include "tests/cli/cmvp_said.h"

namespace {

using cmvp_said::run;
using cmvp_said::Said;
using cmvp_said::says;

// A snapshot in which #4725 is Active yet, with what it relates to.
std::string old_snapshot(const base::TemporaryFolder& folder) {
  const auto snapshot = cmvp::built_in_snapshot();
  auto changed = cmvp::find_certificate(snapshot, 4725).value();
  changed.status = "Active";
  const std::vector<cmvp::Certificate> all = {changed,
                                              cmvp::find_certificate(snapshot, 4822).value()};
  std::ofstream(folder.path() + "/old.csv") << cmvp::write_csv(all);
  std::ofstream(folder.path() + "/old.txt") << cmvp::write_header({"2026-08-01", "a test", 2});
  return folder.path() + "/old.csv";
}

std::string evidence_of(const base::TemporaryFolder& folder, const std::string& name,
                        const std::string& version) {
  const std::string file = folder.path() + "/" + version + ".db";
  auto db = base::Database::create(file);
  evidence::create_schema(db);
  db.execute(
      "INSERT INTO run VALUES (1, 'test', 'host', '', 'root', '2026-11-23T00:00:00Z',"
      " '2026-11-23T00:00:00Z', 0);"
      "INSERT INTO source VALUES (1, 1, 'openssl', '', 'OSSL_PROVIDER_get_params', 'call',"
      " 'observed', '', '2026-11-23T00:00:00Z')");
  db.prepare(
        "INSERT INTO provider (source, basis, module, name, version, fips)"
        " VALUES (1, 'listed', 'openssl:fips', ?, ?, 1)")
      .bind(1, name)
      .bind(2, version)
      .step();
  return file;
}

}  // namespace

TEST_CASE("cmvp show says what a certificate rests on, and its status on the date") {
  const Said said = run({"show", "4822"}, {{"as-of", {"2026-11-23"}}});
  CHECK(said.code == cli::kHolds);
  CHECK(says(said, "Active as of 2026-11-23"));
  CHECK(says(said,
             "operates with  #4725 SUSE Linux Enterprise OpenSSL Cryptographic Module "
             "(Historical)"));
  CHECK(says(run({"show", "4725"}), "used by        #4822"));
  CHECK(says(run({"show", "4725"}), "inferred: not said by CMVP"));
  CHECK(says(run({"show", "5158"}), "re-brand of    #4985"));
  CHECK(says(run({"show", "5404"}), "rests on       #5405 Windows OS Loader (Active), through"));
}

TEST_CASE("cmvp show of a number that no certificate has is undetermined") {
  const Said said = run({"show", "99999"});
  CHECK(said.code == cli::kUndetermined);
  CHECK(said.err.starts_with("assay: no certificate #99999 in the CMVP snapshot of 2026-09-30"));
  CHECK(said.out.empty());
}

TEST_CASE("cmvp show as JSON has what it rests on") {
  const Said said = run({"show", "4822"}, {{"format", {"json"}}});
  CHECK(says(said, "\"rests_on\": ["));
  CHECK(says(said, "\"status\": \"Historical\""));
}

TEST_CASE("cmvp status answers with its exit code") {
  CHECK(run({"status", "4985"}).code == cli::kHolds);
  CHECK(run({"status", "4282"}).code == cli::kFindings);
  CHECK(run({"status", "4282"}, {{"as-of", {"2026-09-21"}}}).code == cli::kHolds);
  CHECK(run({"status", "4725"}, {{"as-of", {"2026-05-01"}}}).code == cli::kUndetermined);
}

TEST_CASE("cmvp search marks near names, and does not count them as found") {
  const Said said = run({"search", "opnessl"});
  CHECK(said.code == cli::kUndetermined);
  CHECK(
      said.out.starts_with("Nothing has these words; near names, with \"openssl\" for "
                           "\"opnessl\":\n#"));
  CHECK(run({"search", "openssl"}).code == cli::kHolds);
  CHECK(run({"search", "qqqqqq"}).code == cli::kUndetermined);
}

TEST_CASE("cmvp search by algorithm says of how many certificates algorithms are known") {
  const auto found = run({"search"}, {{"algorithm", {"SLH-DSA"}}});
  CHECK(found.code == cli::kHolds);
  CHECK(says(found, "3 found in the CMVP snapshot of 2026-09-30"));
  CHECK(says(found, "#5497"));
  CHECK(says(found, "Algorithms are known of 441 certificates, of 96 the whole list; the others"));
  CHECK(run({"search"}, {{"algorithm", {"Skipjack-512"}}}).code == cli::kUndetermined);
}

TEST_CASE("cmvp show tells level exceptions, algorithms, laboratory and the words of the caveat") {
  const auto page = run({"show", "5530"});
  CHECK(says(page, "Non-invasive security: N/A"));
  CHECK(says(page, "laboratory     Gossamer Security Solutions"));
  CHECK(says(page, "CAVP           A6134"));
  CHECK(says(page, "algorithms     AES-CBC, AES-CCM,"));
  CHECK(says(page, "in its words   When operated in approved mode."));
  CHECK(says(run({"show", "4282"}), "algorithms     not known to the snapshot"));
  CHECK(says(run({"show", "5530"}, {{"format", {"json"}}}), "\"algorithms_read\": \"whole\""));
}

TEST_CASE("cmvp diff finds what touches the modules in the evidence") {
  const base::TemporaryFolder folder;
  const std::string old = old_snapshot(folder);
  const std::string mine =
      evidence_of(folder, "SUSE Linux Enterprise Libica Cryptographic Module", "1.1");
  const std::string other = evidence_of(folder, "Some other module", "2");
  const Said said = run({"diff", old, "built-in"}, {{"evidence", {mine}}});
  CHECK(said.code == cli::kFindings);
  CHECK(says(said, "#4725  status Active → Historical"));
  CHECK(says(said,
             "relied on by openssl:fips (SUSE Linux Enterprise Libica Cryptographic Module "
             "1.1)"));
  const Said none = run({"diff", old, "built-in"}, {{"evidence", {other}}});
  CHECK(none.code == cli::kHolds);
  CHECK(says(none, "nothing; 0 certificates are watched"));
  CHECK(run({"diff", old, "built-in"}).code == cli::kHolds);
  CHECK(says(run({"diff", old, old}), "All changes: none"));
}

TEST_CASE("cmvp diff writes JSON and a calendar") {
  const base::TemporaryFolder folder;
  const std::string old = old_snapshot(folder);
  const Said json = run({"diff", old, "built-in"}, {{"format", {"json"}}, {"within", {"30"}}});
  CHECK(says(json, "\"within_days\": 30"));
  CHECK(says(json, "\"kind\": \"status\""));
  const Said calendar = run({"diff", old, "built-in"}, {{"format", {"ics"}}, {"within", {"30"}}});
  CHECK(calendar.out.starts_with("BEGIN:VCALENDAR\r\n"));
  CHECK(says(calendar, "UID:cmvp-certificate-4846-sunset@assay.invalid\r\n"));
}

TEST_CASE("cmvp refuses what it cannot do") {
  CHECK_THROWS_AS(run({}), base::Error);
  CHECK_THROWS_AS(run({"sho", "4985"}), base::Error);
  CHECK_THROWS_AS(run({"show", "many"}), base::Error);
  CHECK_THROWS_AS(run({"show", "4985"}, {{"format", {"ics"}}}), base::Error);
  CHECK_THROWS_AS(run({"show", "4985"}, {{"as-of", {"soon"}}}), base::Error);
  CHECK_THROWS_AS(run({"diff", "built-in"}), base::Error);
  CHECK_THROWS_AS(run({"diff", "built-in", "built-in"}, {{"within", {"0"}}}), base::Error);
  CHECK_THROWS_AS(run({"diff", "/nowhere/old.csv", "built-in"}), base::Error);
  CHECK_THROWS_AS(run({"search", "a"}, {{"sunset-before", {"2026"}}}), base::Error);
}
