// Which certificates there are is in the built-in snapshot of the CMVP list of 2026-09-30: #4985 is
// OpenSSL FIPS Provider 3.1.2, FIPS 140-3, level 1, Active; #4282 the one of FIPS 140-2. The host
// of these tests has no FIPS provider active.
#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "cli/exit_code.h"
#include "evidence/base/temporary_folder.h"
#include "reports/format.h"
#include "rules/pack.h"
#include "tests/catch.h"
#include "tests/cli/terminal.h"

using Catch::Matchers::Contains;
using cli_test::error_of;
using cli_test::run;

namespace {

const base::TemporaryFolder& folder() {
  static const base::TemporaryFolder kFolder;
  return kFolder;
}

// One passive look at this machine, for all tests here.
const std::string& evidence() {
  static const std::string kFile = [] {
    run({"probe", "--passive", "-o", folder().path()});
    return folder().path() + "/evidence.db";
  }();
  return kFile;
}

std::string claims_file(const std::string& text) {
  const std::string file = folder().path() + "/claims.toml";
  std::ofstream(file) << text;
  return file;
}

std::string claim(const std::string& says, const std::string& more) {
  return "[[claim]]\nsays = \"" + says + "\"\n" + more;
}

std::vector<std::string> words(const std::string& format, const std::string& text) {
  return {"check",    evidence(),        "--config", "none",
          "--as-of",  "2026-11-23",      "--format", format,
          "--claims", claims_file(text), "--pack",   "stated-claims"};
}

std::map<std::string, std::string> verdicts(const std::string& text) {
  std::map<std::string, std::string> all;
  const auto report = nlohmann::json::parse(run(words("json", text)).out);
  for (const auto& one : report["claims"]) all[one["claim"]] = one["verdict"];
  return all;
}

const std::string kLevel =
    claim("4985 has level 1", "kind = \"certificate-level\"\ncertificate = 4985\nlevel = 1\n");
const std::string kHistorical = claim(
    "4282 is Active", "kind = \"certificate-status\"\ncertificate = 4282\nstatus = \"Active\"\n");

}  // namespace

TEST_CASE("claims about certificates are put to the test on the snapshot") {
  const auto all = verdicts(
      kLevel + kHistorical +
      claim("4985 is Active",
            "kind = \"certificate-status\"\ncertificate = 4985\nstatus = \"Active\"\n") +
      claim("4282 was Active in July",
            "kind = \"certificate-status\"\ncertificate = 4282\n"
            "status = \"Active\"\non = 2026-07-01\n") +
      claim("4985 has level 3", "kind = \"certificate-level\"\ncertificate = 4985\nlevel = 3\n") +
      claim("4282 is 140-3",
            "kind = \"certificate-standard\"\ncertificate = 4282\n"
            "standard = \"FIPS 140-3\"\n") +
      claim("We use 4985", "kind = \"certificate-in-use\"\ncertificate = 4985\n") +
      claim("There is 999999", "kind = \"certificate-level\"\ncertificate = 999999\nlevel = 1\n"));
  CHECK(all.at("4985 has level 1") == "supported");
  CHECK(all.at("4985 is Active") == "supported");
  CHECK(all.at("4282 is Active") == "refuted");
  CHECK(all.at("4282 was Active in July") == "supported");
  CHECK(all.at("4985 has level 3") == "refuted");
  CHECK(all.at("4282 is 140-3") == "refuted");
  CHECK(all.at("We use 4985") == "refuted");
  CHECK(all.at("There is 999999") == "undetermined");
}

TEST_CASE("a refuted claim ends with 1, an undetermined one with 3, a supported one with 0") {
  CHECK(run(words("text", kLevel)).code == cli::kHolds);
  CHECK(run(words("text", kLevel + kHistorical)).code == 1);
  const std::string newer =
      claim("x", "kind = \"certificate-level\"\ncertificate = 999999\nlevel = 1\n");
  CHECK(run(words("text", kLevel + newer)).code == 3);
  const std::string mild = kHistorical + "severity = \"low\"\n";
  CHECK(run(words("text", kLevel + mild)).code == cli::kHolds);
}

TEST_CASE("a claim about what was not looked at is not supported") {
  const auto all =
      verdicts(claim("keys", "kind = \"keys-not-extractable\"\n") +
               claim("md5", "kind = \"algorithm-not-offered\"\nalgorithm = \"MD5\"\n"));
  CHECK(all.at("keys") == "undetermined");
  CHECK(all.at("md5") != "supported");
}

TEST_CASE("every format tells a refuted claim in its words") {
  for (const auto format :
       {"text", "json", "html", "csv", "markdown", "sarif", "junit", "gitlab", "github"}) {
    INFO(format);
    const std::string out = run(words(format, kLevel + kHistorical)).out;
    CHECK_THAT(out, Contains("4282 is Active"));
    CHECK_THAT(out, Contains("efuted"));
  }
}

TEST_CASE("an annotation of a refuted claim points at its line") {
  const auto sarif = nlohmann::json::parse(run(words("sarif", kLevel + kHistorical)).out);
  bool found = false;
  for (const auto& result : sarif["runs"][0]["results"]) {
    if (result["message"]["text"].get<std::string>().find("4282 is Active") == std::string::npos)
      continue;
    const auto& place = result["locations"][0]["physicalLocation"];
    CHECK_THAT(place["artifactLocation"]["uri"].get<std::string>(), Contains("claims.toml"));
    CHECK(place["region"]["startLine"] == 6);
    found = true;
  }
  CHECK(found);
}

TEST_CASE("the same claims give the same report, and stand in a section of their own") {
  const auto once = run(words("html", kLevel + kHistorical)).out;
  CHECK(once == run(words("html", kLevel + kHistorical)).out);
  CHECK_THAT(once, Contains("Claims put to the test"));
  CHECK_THAT(once, Contains("1 supported, 1 refuted"));
}

TEST_CASE("claims join the packs that are judged anyway") {
  const auto report =
      nlohmann::json::parse(run({"check", evidence(), "--config", "none", "--format", "json",
                                 "--claims", claims_file(kLevel)})
                                .out);
  std::vector<std::string> packs;
  for (const auto& pack : report["packs"]) packs.push_back(pack["id"]);
  CHECK(packs == std::vector<std::string>{"fips-140-3", "stated-claims"});
}

TEST_CASE("all stands for every built-in pack, once, and for that of claims with a file of them") {
  const auto packs_of = [](std::vector<std::string> more) {
    std::vector<std::string> all = {"check", evidence(), "--config", "none", "--format", "json"};
    all.insert(all.end(), more.begin(), more.end());
    const auto report = nlohmann::json::parse(run(all).out);
    std::vector<std::string> packs;
    for (const auto& pack : report["packs"]) packs.push_back(pack["id"]);
    return packs;
  };
  auto all = rules::built_in_packs();
  CHECK(packs_of({"--pack", "cnsa-2.0", "--pack", "all"}).front() == "cnsa-2.0");
  CHECK(packs_of({"--pack", "all"}).size() == all.size() - 1);
  auto with_claims = packs_of({"--pack", "all", "--claims", claims_file(kLevel)});
  std::sort(with_claims.begin(), with_claims.end());
  std::sort(all.begin(), all.end());
  CHECK(with_claims == all);
}

TEST_CASE("a claim about a later day, or a file that is none, is refused") {
  CHECK_THAT(error_of(words("text", claim("x",
                                          "kind = \"certificate-status\"\ncertificate = 1\n"
                                          "status = \"Active\"\non = 2027-01-01\n"))),
             Contains("claims.toml:1: the claim is about 2027-01-01, after the as-of date"));
  CHECK_THAT(error_of({"check", evidence(), "--config", "none", "--claims", "/nowhere/c.toml"}),
             Contains("/nowhere/c.toml: the file of claims cannot be read (no such file)"));
  CHECK_THAT(error_of(words("text", "[[claim]\n")), Contains("claims.toml:1"));
}
