// The words of verdicts are those of docs/claims.md.
#include "evidence/base/error.h"
#include "tests/catch.h"
#include "tests/rules/small_pack.h"

using Catch::Matchers::Contains;
using rules::Finding;
using rules::Pack;
using rules::Result;
using namespace rules::test;

namespace {

Pack claims_pack(const std::string& answers = "claims", const std::string& subject = {}) {
  auto files = pack_files(RuleText().xml());
  std::string& text = files[0].text;
  text.insert(text.find("<pack ") + 6, "answers=\"" + answers + "\" ");
  if (!subject.empty()) {
    const auto from = text.find("SELECT module AS subject"), to = text.find("</subjects>");
    text.replace(from, to - from, subject);
  }
  return rules::read_pack(files);
}

Finding judged(const Pack& pack, const std::string& sql) {
  const auto findings = judge(pack, sources_sql() + sql);
  REQUIRE(findings.size() == 1);
  return findings.front();
}

const std::string kFips = "openssl:fips";

}  // namespace

TEST_CASE("a pack about claims says supported, refuted and undetermined of the claim") {
  const Pack pack = claims_pack();
  const auto held = judged(pack, provider_sql(kFips) + integrity_sql(kFips, 1));
  CHECK(held.result == Result::pass);
  CHECK(held.claim == "The module file is intact");
  CHECK(held.title == "Claim supported: The module file is intact");
  const auto failed = judged(pack, provider_sql(kFips) + integrity_sql(kFips, 0));
  CHECK(failed.title == "Claim refuted: The module file is intact");
  const auto open = judged(pack, provider_sql(kFips));
  CHECK(open.result == Result::unknown);
  CHECK(open.title == "Claim undetermined: The module file is intact");
}

TEST_CASE("a subject brings its own claim, severity, file and line") {
  const auto finding = judged(
      claims_pack("claims",
                  "SELECT module AS subject, 'l' AS label, 'low' AS severity, 'We say so' AS claim,"
                  " 'c.toml' AS file, 7 AS line FROM provider"),
      provider_sql(kFips) + integrity_sql(kFips, 0));
  CHECK(finding.title == "Claim refuted: We say so");
  CHECK(finding.severity == rules::Severity::low);
  CHECK(finding.file == "c.toml");
  CHECK(finding.line == 7);
}

TEST_CASE("a severity that is none leaves that of the rule") {
  const auto finding =
      judged(claims_pack("claims", "SELECT module AS subject, 'grave' AS severity FROM provider"),
             provider_sql(kFips) + integrity_sql(kFips, 0));
  CHECK(finding.severity == rules::Severity::critical);
}

TEST_CASE("what nobody claims is not applicable, though nothing was looked at") {
  auto files = pack_files(RuleText().xml());
  std::string& text = files[0].text;
  text.insert(text.find("<pack ") + 6, "answers=\"claims\" ");
  text.insert(text.find("<subjects name=\"provider\"") + 9, " column=\"claim\"");
  const auto findings = judge(rules::read_pack(files), "");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].result == Result::notapplicable);
}

TEST_CASE(
    "a claim about what was not looked at does not arise, and one about what is hidden is open") {
  const auto unseen = judge(claims_pack(), "");
  REQUIRE(unseen.size() == 1);
  CHECK(unseen[0].result == Result::notapplicable);
  CHECK(unseen[0].message == "no provider was seen here");
  const auto hidden =
      judge(claims_pack(), sources_sql() + "UPDATE source SET outcome = 'unreadable';");
  REQUIRE(hidden.size() == 1);
  CHECK(hidden[0].result == Result::unknown);
}

TEST_CASE("a pack answers claims or says nothing of it") {
  try {
    claims_pack("prayers");
    FAIL("it was taken");
  } catch (const base::Error& error) {
    CHECK_THAT(error.what(), Contains("answers=\"claims\""));
  }
}
