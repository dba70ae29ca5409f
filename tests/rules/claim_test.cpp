// Certificate #4985 and its facts are on the CMVP list (docs/snapshots.md); the words are made up.
#include "rules/claim.h"

#include "evidence/base/error.h"
#include "evidence/schema.h"
#include "tests/catch.h"

using Catch::Matchers::Contains;

namespace {

std::string entry(const std::string& more) { return "[[claim]]\nsays = \"We use it\"\n" + more; }

std::string refusal(const std::string& text) {
  try {
    rules::read_claims(text, "c.toml");
  } catch (const base::Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("a claim has words, a kind, the keys of its kind and a severity") {
  const auto claims = rules::read_claims(
      entry("kind = \"certificate-status\"\ncertificate = 4985\nstatus = \"Active\"\n"
            "on = 2026-03-01\nseverity = \"low\"\n"),
      "c.toml");
  REQUIRE(claims.size() == 1);
  CHECK(claims[0].says == "We use it");
  CHECK(claims[0].certificate == 4985);
  CHECK(claims[0].status == "Active");
  CHECK(claims[0].on == "2026-03-01");
  CHECK(claims[0].severity == rules::Severity::low);
  CHECK(claims[0].place() == "c.toml:1");
  CHECK(rules::read_claims(entry("kind = \"kernel-fips-mode\"\n"), "c.toml")[0].severity ==
        rules::Severity::high);
}

TEST_CASE("a claim outside the vocabulary is refused with the nearest word of it") {
  CHECK_THAT(refusal(entry("kind = \"certificate-in-us\"\n")),
             Contains("c.toml:3: no kind of claim is called \"certificate-in-us\"; did you mean "
                      "certificate-in-use?"));
  CHECK_THAT(refusal(entry("kind = \"certificate-in-use\"\ncertificat = 1\n")),
             Contains("did you mean certificate?"));
  CHECK_THAT(refusal(entry("kind = \"kernel-fips-mode\"\nlevel = 1\n")), Contains("c.toml:4"));
  CHECK_THAT(refusal(entry("")), Contains("\"kind\" is missing"));
  CHECK_THAT(refusal("[[claims]]\n"), Contains("did you mean claim?"));
}

TEST_CASE("a claim that lacks what its kind needs is refused") {
  for (const rules::ClaimKind& kind : rules::claim_kinds()) {
    INFO(kind.name);
    const std::string text = entry("kind = \"" + std::string(kind.name) + "\"\n");
    if (kind.required.empty())
      CHECK(refusal(text).empty());
    else
      CHECK_THAT(refusal(text),
                 Contains("a claim of the kind " + std::string(kind.name) + " needs "));
  }
}

TEST_CASE("a value that makes no sense is refused with its line") {
  CHECK_THAT(refusal(entry("kind = \"certificate-in-use\"\ncertificate = 0\n")),
             Contains("c.toml:4: certificate is a number from 1"));
  CHECK_THAT(refusal(entry("kind = \"certificate-in-use\"\ncertificate = \"4985\"\n")),
             Contains("c.toml:4"));
  CHECK_THAT(refusal(entry("kind = \"certificate-level\"\ncertificate = 1\nlevel = 5\n")),
             Contains("level is a number from 1 to 4"));
  CHECK_THAT(
      refusal(entry("kind = \"certificate-status\"\ncertificate = 1\nstatus = \"active\"\n")),
      Contains("status is one of Active, Historical, Revoked"));
  CHECK_THAT(
      refusal(entry("kind = \"certificate-standard\"\ncertificate = 1\nstandard = \"140\"\n")),
      Contains("standard is one of FIPS 140-3"));
  CHECK_THAT(refusal(entry("kind = \"kernel-fips-mode\"\nseverity = \"grave\"\n")),
             Contains("severity is low"));
  CHECK_THAT(refusal(entry("kind = \"module-version\"\nmodule = \"\"\nversion = \"1\"\n")),
             Contains("\"module\" is missing or empty"));
  CHECK_THAT(
      refusal(entry("kind = \"kernel-fips-mode\"\n") + entry("kind = \"modules-validated\"\n")),
      Contains("c.toml:5: another claim says the same"));
  CHECK_THAT(refusal(entry("kind = \"certificate-status\"\ncertificate = 1\nstatus = \"Active\"\n"
                           "on = 2026-02-30\n")),
             Contains("c.toml:6"));
}

TEST_CASE("each claim becomes a row, with the file it stands in as its source") {
  base::Database db = base::Database::in_memory();
  evidence::create_schema(db);
  db.execute(
      "INSERT INTO run (id, tool_version, host_name, root, user_name, started_at, finished_at,"
      " exercised) VALUES (1, 'test', 'test', '', 'test', '2026-11-23T09:00:00Z',"
      " '2026-11-23T09:00:00Z', 1)");
  auto claims =
      rules::read_claims(entry("kind = \"certificate-in-use\"\ncertificate = 4985\n"), "c.toml");
  claims[0].found.in_snapshot = true;
  claims[0].found.status = "Active";
  rules::create_claim_table(db);
  rules::add_claims(claims, db);
  auto row = db.prepare(
      "SELECT c.claim, c.kind, c.certificate, c.in_snapshot, c.found_status, c.level, s.locator,"
      " f.table_name FROM claim AS c JOIN source AS s ON s.id = c.source"
      " JOIN source_feed AS f ON f.source = s.id");
  REQUIRE(row.step());
  CHECK(row.text(0) == "We use it");
  CHECK(row.text(1) == "certificate-in-use");
  CHECK(row.integer(2) == 4985);
  CHECK(row.integer(3) == 1);
  CHECK(row.text(4) == "Active");
  CHECK(row.text(5).empty());
  CHECK(row.text(6) == "c.toml");
  CHECK(row.text(7) == "claim");
  CHECK_FALSE(row.step());
}
