// The digest of "abc" is that of FIPS 180-4, example 1; the numbers of assertions are counted in
// docs/coverage.md; persons and documents are made up.
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "cli/exit_code.h"
#include "evidence/base/temporary_folder.h"
#include "tests/catch.h"
#include "tests/cli/terminal.h"

using Catch::Matchers::Contains;
using cli_test::error_of;
using cli_test::run;

namespace {

const std::string kDigest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

// A folder with a passive look at this machine, a document and a file of attestations.
struct Folder {
  base::TemporaryFolder folder;
  std::string evidence, file;

  Folder(const std::string& assertions, const std::string& more) {
    run({"probe", "--passive", "-o", folder.path()});
    evidence = folder.path() + "/evidence.db";
    file = folder.path() + "/attestations.toml";
    std::ofstream(folder.path() + "/record.txt") << "abc";
    std::ofstream(file) << "[[attestation]]\nassertions = " << assertions
                        << "\nstatement = \"The covers are tight.\"\nby = \"A. Person\"\n"
                           "role = \"officer\"\ndate = 2026-01-01\ndocument = \"Record 17\"\n"
                        << more;
  }

  nlohmann::json report(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {"check", evidence, "--config", "none", "--format", "json"};
    words.insert(words.end(), more.begin(), more.end());
    return nlohmann::json::parse(run(words).out);
  }
  nlohmann::json attested() const { return report({"--attestations", file}); }
};

std::string sha256(const std::string& digest = kDigest) { return "sha256 = \"" + digest + "\"\n"; }

}  // namespace

TEST_CASE("an attested section is accounted for by its person, and results stay as they were") {
  const Folder folder("\"AS07\"", sha256() + "file = \"record.txt\"\n");
  const auto before = folder.report(), after = folder.attested();
  CHECK(after["findings"] == before["findings"]);
  CHECK(after["exit"] == before["exit"]);
  CHECK(after["counts"] == before["counts"]);
  CHECK(before["requirement_counts"]["attested"] == 0);
  CHECK(after["requirement_counts"]["attested"] == 40);
  CHECK(after["requirement_counts"]["shown"] == before["requirement_counts"]["shown"]);
  CHECK(after["attestations"][0]["document_check"] == "same");
  CHECK(after["attestations"][0]["standing"] == "holds");
  CHECK(after["attestations"][0]["covers"].size() == 40);
}

TEST_CASE("every requirement is accounted for once") {
  const Folder folder("[\"AS07.01\", \"AS11\"]", sha256());
  int all = 0;
  const auto report = folder.attested();
  for (const auto& count : report["requirement_counts"]) all += count.get<int>();
  CHECK(all == 256);
  CHECK(report["requirements"].size() == 256);
}

TEST_CASE("a document that was changed since is a finding, and its attestation does not count") {
  const std::string other = "e" + kDigest.substr(1);
  const Folder folder("\"AS07\"", sha256(other) + "file = \"record.txt\"\n");
  const auto report = folder.attested();
  CHECK(report["requirement_counts"]["attested"] == 0);
  CHECK(report["attestations"][0]["standing"] == "other_document");
  std::set<std::string> rules;
  for (const auto& finding : report["findings"]) rules.insert(finding["rule"]);
  CHECK(rules.count("attestation-other-document") == 1);
}

TEST_CASE("a document that is not at hand is said not to be compared") {
  const Folder folder("\"AS07\"", sha256() + "file = \"gone.pdf\"\n");
  const auto report = folder.attested();
  CHECK(report["attestations"][0]["document_check"] == "not_read");
  CHECK(report["attestations"][0]["standing"] == "holds");
}

TEST_CASE("the terminal tells how many requirements a person attests") {
  const Folder folder("\"AS07\"", sha256());
  const auto ran =
      run({"check", folder.evidence, "--config", "none", "--attestations", folder.file});
  std::string text = ran.out;
  for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at)) text[at] = ' ';
  CHECK_THAT(text, Contains("256 requirements of ISO/IEC 24759:2017: "));
  CHECK_THAT(text, Contains("40 attested by a person"));
}

TEST_CASE("the page tells who attests, with the document, and never that it was observed") {
  const Folder folder("\"AS07.01\"", sha256());
  const auto html = run({"report", folder.evidence, "--config", "none", "--format", "html",
                         "--attestations", folder.file})
                        .out;
  CHECK_THAT(html, Contains("attested by a person"));
  CHECK_THAT(html, Contains("A. Person, officer, on 2026-01-01"));
  CHECK_THAT(html, Contains("The covers are tight."));
  CHECK_THAT(html, Contains("It was not observed"));
}

TEST_CASE("a file of attestations that is not there, or no TOML, is refused with its name") {
  const Folder folder("\"AS07\"", sha256("abc"));
  CHECK_THAT(error_of({"check", folder.evidence, "--attestations", "/nowhere/a.toml"}),
             Contains("/nowhere/a.toml: the file of attestations cannot be read (no such file)"));
  CHECK_THAT(error_of({"check", folder.evidence, "--attestations", folder.file}),
             Contains("attestations.toml:8: sha256 is no SHA-256"));
  CHECK_THAT(error_of({"check", folder.evidence, "--attestations", folder.folder.path()}),
             Contains("cannot be read"));
  CHECK_THAT(error_of({"check", folder.evidence, "--attestations", folder.evidence}),
             Contains("evidence.db:"));
}
