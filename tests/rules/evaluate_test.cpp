#include "rules/evaluate.h"

#include "tests/catch.h"
#include "tests/rules/small_pack.h"

using rules::Finding;
using rules::Pack;
using rules::Result;
using namespace rules::test;

namespace {

const std::string kFips = "openssl:fips";

Finding only(const std::vector<Finding>& findings) {
  REQUIRE(findings.size() == 1);
  return findings.front();
}

Pack small() { return pack_of(RuleText().xml()); }

}  // namespace

TEST_CASE("a rule without violations passes and shows what was seen") {
  const Finding finding =
      only(judge(small(), sources_sql() + provider_sql(kFips) + integrity_sql(kFips, 1)));
  CHECK(finding.result == Result::pass);
  CHECK(finding.title == "The module file is intact");
  CHECK(finding.message == "computed aa");
  REQUIRE(finding.evidence.size() == 1);
  CHECK(finding.evidence[0].source == 2);
  CHECK(finding.evidence[0].locator == "/place/2");
  CHECK(finding.evidence[0].outcome == "observed");
  CHECK(finding.evidence[0].basis == "observed");
  CHECK(finding.evidence[0].seen == "computed aa");
  CHECK(finding.id == "integrity--openssl-fips");
  CHECK(finding.subject_label == "Provider openssl:fips 3.0");
  CHECK(finding.area == "5 Integrity");
}

TEST_CASE("a violation fails with the first as the reason and all as evidence") {
  const std::string second =
      "INSERT INTO module_integrity (source, basis, module, computed, matches) VALUES"
      " (2, 'observed', 'openssl:fips', 'bb', 0);";
  const Finding finding =
      only(judge(small(), sources_sql() + provider_sql(kFips) + integrity_sql(kFips, 0) + second));
  CHECK(finding.result == Result::fail);
  CHECK(finding.title == "The module file is damaged");
  CHECK(finding.message == "differs: aa");
  REQUIRE(finding.evidence.size() == 4);
  CHECK(finding.evidence[1].seen == "differs: bb");
}

TEST_CASE("a violation of one subject leaves the others alone") {
  const auto findings =
      judge(small(), sources_sql() + provider_sql("openssl:a") + provider_sql("openssl:b") +
                         integrity_sql("openssl:a", 0) + integrity_sql("openssl:b", 1));
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].result == Result::fail);
  CHECK(findings[1].result == Result::pass);
}

TEST_CASE("a table that nothing was collected for is not checked") {
  const Finding finding =
      only(judge(small(), source_sql(1, "", "observed", {"provider"}) + provider_sql(kFips)));
  CHECK(finding.result == Result::notchecked);
  CHECK(finding.message == "no evidence was collected for module_integrity");
  CHECK(finding.title == "Not checked: whether the module file is intact");
}

TEST_CASE("a source about another subject is no evidence for this one") {
  const Finding finding =
      only(judge(small(), source_sql(1, "", "observed", {"provider"}) +
                              source_sql(2, "openssl:other", "observed", {"module_integrity"}) +
                              provider_sql(kFips)));
  CHECK(finding.result == Result::notchecked);
}

TEST_CASE("an unreadable source is unknown, names the place and is shown") {
  const Finding finding = only(judge(
      small(), source_sql(1, "", "observed", {"provider"}) +
                   source_sql(2, kFips, "unreadable", {"module_integrity"}, "permission denied") +
                   provider_sql(kFips) + integrity_sql(kFips, 1)));
  CHECK(finding.result == Result::unknown);
  CHECK(finding.message == "permission denied (/place/2)");
  CHECK(finding.title == "Could not determine whether the module file is intact");
  REQUIRE_FALSE(finding.evidence.empty());
  CHECK(finding.evidence[0].outcome == "unreadable");
}

TEST_CASE("an unsupported source is unknown") {
  const Finding finding =
      only(judge(small(), source_sql(1, "", "observed", {"provider"}) +
                              source_sql(2, "", "unsupported", {"module_integrity"}, "no way") +
                              provider_sql(kFips) + integrity_sql(kFips, 1)));
  CHECK(finding.result == Result::unknown);
}

TEST_CASE("an unreadable source wins over what emptiness means") {
  RuleText text;
  text.needs = R"(<needs table="module_integrity" when-empty="fail">none</needs>)";
  const Finding finding =
      only(judge(pack_of(text.xml()), source_sql(1, "", "observed", {"provider"}) +
                                          source_sql(2, "", "unreadable", {"module_integrity"}) +
                                          provider_sql(kFips)));
  CHECK(finding.result == Result::unknown);
}

TEST_CASE("an empty table means what the author says, for the subject alone") {
  RuleText text;
  text.needs = R"(<needs table="module_integrity" when-empty="fail">no value is on record</needs>)";
  const auto findings =
      judge(pack_of(text.xml()), sources_sql() + provider_sql("openssl:a") +
                                     provider_sql("openssl:b") + integrity_sql("openssl:b", 1));
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].result == Result::fail);
  CHECK(findings[0].message == "no value is on record");
  CHECK(findings[1].result == Result::pass);
}

TEST_CASE("with the scope all the rows of others count too") {
  RuleText text;
  text.needs = R"(<needs table="module_integrity" when-empty="fail" scope="all">none</needs>)";
  const auto findings =
      judge(pack_of(text.xml()), sources_sql() + provider_sql("openssl:a") +
                                     provider_sql("openssl:b") + integrity_sql("openssl:b", 1));
  CHECK(findings[0].result == Result::pass);
}

TEST_CASE("a table about another kind of subject counts whole") {
  RuleText text;
  text.attributes = R"(id="integrity" severity="low" subject="host")";
  text.queries =
      "<violations>SELECT 'host' AS subject, source, 'x' AS message"
      " FROM module_integrity WHERE matches = 0</violations>";
  const Finding finding = only(
      judge(pack_of(text.xml()), sources_sql() + provider_sql(kFips) + integrity_sql(kFips, 1)));
  CHECK(finding.result == Result::pass);
  CHECK(finding.subject == "host");
}

TEST_CASE("with another table named by or, what was seen of tokens counts for their module") {
  RuleText text;
  text.needs =
      R"(<needs table="module_integrity" or="pkcs11_service" when-empty="fail">none</needs>)";
  const std::string token =
      "INSERT INTO pkcs11_token (source, basis, token, module, slot, initialized) VALUES"
      " (3, 'listed', 'pkcs11:token=t', 'openssl:fips', '0', 1);";
  const std::string service =
      "INSERT INTO pkcs11_service (source, basis, token, module, service, outcome) VALUES"
      " (3, 'observed', 'pkcs11:token=t', 'openssl:fips', 'digest-sha1', 'performed');";
  const std::string base = sources_sql() + provider_sql(kFips) + token;
  const auto seen = [&](const std::string& outcome) {
    return source_sql(3, "pkcs11:token=t", outcome, {"pkcs11_service"}, "why");
  };
  CHECK(only(judge(pack_of(text.xml()), base + seen("observed"))).result == Result::fail);
  CHECK(only(judge(pack_of(text.xml()), base + seen("observed") + service)).result == Result::pass);
  CHECK(only(judge(pack_of(text.xml()), base + seen("unreadable"))).result == Result::unknown);
  const std::string blank = "UPDATE pkcs11_token SET initialized = 0;";
  CHECK(only(judge(pack_of(text.xml()), base + blank + seen("unsupported"))).result ==
        Result::fail);
}

TEST_CASE("a failure wins over unreadable evidence beside it") {
  const Finding finding = only(judge(
      small(), sources_sql() + source_sql(3, kFips, "unreadable", {"module_integrity"}, "denied") +
                   provider_sql(kFips) + integrity_sql(kFips, 0)));
  CHECK(finding.result == Result::fail);
  CHECK(finding.message == "differs: aa");
}

TEST_CASE("rows of the unknown query make a result unknown unless it fails") {
  RuleText text;
  text.queries +=
      "<unknown>SELECT module AS subject, source, 'cannot be compared' AS message"
      " FROM module_integrity WHERE computed = 'aa'</unknown>";
  const std::string base = sources_sql() + provider_sql(kFips);
  CHECK(only(judge(pack_of(text.xml()), base + integrity_sql(kFips, 1))).result == Result::unknown);
  CHECK(only(judge(pack_of(text.xml()), base + integrity_sql(kFips, 0))).result == Result::fail);
}

TEST_CASE("a subject that a rule does not apply to is asked nothing else") {
  RuleText text;
  text.queries +=
      "<not-applicable>SELECT module AS subject, 'has no file' AS message"
      " FROM provider</not-applicable>";
  const Finding finding = only(
      judge(pack_of(text.xml()), sources_sql() + provider_sql(kFips) + integrity_sql(kFips, 0)));
  CHECK(finding.result == Result::notapplicable);
  CHECK(finding.message == "has no file");
  CHECK(finding.title == "Not asked: whether the module file is intact");
}

TEST_CASE("a rule whose kind of subject is not there is in the results once") {
  const Finding finding = only(judge(small(), sources_sql()));
  CHECK(finding.result == Result::notapplicable);
  CHECK(finding.subject.empty());
  CHECK(finding.subject_label == "none found");
  CHECK(finding.message == "there is no provider here");
  CHECK(finding.id == "integrity--none");
}

TEST_CASE("a kind of subject that nobody could look for is unknown, not inapplicable") {
  const Finding finding = only(
      judge(small(), source_sql(1, "", "unreadable", {"module_integrity"}, "the probe crashed")));
  CHECK(finding.result == Result::unknown);
  CHECK(only(judge(small(), "")).result == Result::notchecked);
}

TEST_CASE("a query that fails is an error of its rule alone") {
  RuleText broken;
  broken.attributes = R"(id="broken" severity="low" subject="provider")";
  broken.queries = "<violations>SELECT subject, message FROM no_such_table</violations>";
  const auto findings = judge(pack_of(broken.xml() + RuleText().xml()),
                              sources_sql() + provider_sql(kFips) + integrity_sql(kFips, 1));
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].result == Result::error);
  CHECK(findings[0].message == "query <violations>: no such table: no_such_table");
  CHECK(findings[1].result == Result::pass);
}

TEST_CASE("a violation of a subject that nobody enumerated is not lost") {
  const auto findings = judge(small(), sources_sql() + provider_sql(kFips) +
                                           integrity_sql(kFips, 1) + integrity_sql("ghost", 0));
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].result == Result::pass);
  CHECK(findings[1].result == Result::error);
  CHECK(findings[1].message ==
        "the rule speaks of the subject \"ghost\", which is no provider in this evidence");
}

TEST_CASE("a kind of subject that cannot be enumerated is an error of its rules") {
  auto files = pack_files(RuleText().xml());
  const std::string good = "FROM provider";
  files[0].text.replace(files[0].text.find(good), good.size(), "FROM nowhere");
  const Finding finding = only(judge(rules::read_pack(files), sources_sql()));
  CHECK(finding.result == Result::error);
  CHECK(finding.message == "subjects \"provider\": no such table: nowhere");
}

TEST_CASE("columns are taken by name in any order") {
  RuleText text;
  text.queries =
      "<violations>SELECT 'why' AS message, 2 AS source, module AS subject"
      " FROM module_integrity</violations>";
  const Finding finding = only(
      judge(pack_of(text.xml()), sources_sql() + provider_sql(kFips) + integrity_sql(kFips, 1)));
  CHECK(finding.message == "why");
  CHECK(finding.evidence[0].source == 2);
}

namespace {

// `rows` violations of one module, and one of another between them.
std::string many_integrity_sql(int rows) {
  return sources_sql() + provider_sql("openssl:a") + provider_sql("openssl:b") +
         integrity_sql("openssl:b", 0) +
         "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
         std::to_string(rows) +
         ") INSERT INTO module_integrity (source, basis, module, computed, matches)"
         " SELECT CASE i WHEN 21 THEN 1 ELSE 2 END, 'observed', 'openssl:a', i, 0 FROM n;";
}

std::vector<Finding> judge_violations(const std::string& select, int rows) {
  RuleText text;
  text.queries = "<violations>" + select + "</violations>";
  return judge(pack_of(text.xml()), many_integrity_sql(rows));
}

const std::string kWithRest =
    "SELECT module AS subject, source, 'differs: ' || computed AS message, 'files more.' AS rest"
    " FROM module_integrity WHERE matches = 0";

}  // namespace

TEST_CASE("of a query with a column rest twenty rows of a subject are shown and the others told") {
  const auto findings = judge_violations(kWithRest, 50'000);
  REQUIRE(findings.size() == 2);
  REQUIRE(findings[0].evidence.size() == 21);
  CHECK(findings[0].evidence[19].seen == "differs: 20");
  CHECK(findings[0].evidence[19].source == 2);
  CHECK(findings[0].evidence[20].seen == "And 49980 files more.");
  CHECK(findings[0].evidence[20].source == 1);
  CHECK(findings[1].evidence.size() == 1);
}

TEST_CASE("twenty rows of a query with a column rest leave none to tell of") {
  const auto findings = judge_violations(kWithRest, 20);
  CHECK(findings[0].evidence.size() == 20);
}

TEST_CASE("too many rows of a query without a column rest are an error of its rule") {
  const std::string all =
      "SELECT module AS subject, 'differs' AS message FROM module_integrity WHERE matches = 0";
  CHECK(judge_violations(all, 9'999)[0].result == Result::fail);
  CHECK(judge_violations(all, 10'001)[0].result == Result::error);
}

TEST_CASE("subjects whose names differ only in signs get ids of their own") {
  const auto findings = judge(small(), sources_sql() + provider_sql("a:b") + provider_sql("a-b"));
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].id == "integrity--a-b");
  CHECK(findings[1].id == "integrity--a-b-2");
}

namespace {

const std::string kCertificateTables =
    "CREATE TABLE snapshot (taken_at TEXT, source TEXT, digest TEXT, certificates INTEGER) STRICT;"
    "CREATE TABLE certificate_match (module TEXT, certificate INTEGER, grade TEXT) STRICT;";

Pack certificate_pack() {
  RuleText text;
  text.needs =
      R"(<needs table="certificate_match" when-empty="fail">no certificate matches</needs>)";
  text.queries =
      "<violations>SELECT module AS subject, 'matches nearly' AS message FROM certificate_match"
      " WHERE grade = 'near'</violations>";
  return pack_of(text.xml());
}

}  // namespace

TEST_CASE("a rule on certificates quotes the snapshot it rests on") {
  const Finding finding =
      only(judge(certificate_pack(), kCertificateTables + sources_sql() + provider_sql(kFips) +
                                         "INSERT INTO snapshot VALUES ('2026-09-30', 'lists', "
                                         "'0c0f', 5516)"));
  CHECK(finding.result == Result::fail);
  CHECK(finding.message == "no certificate matches");
  REQUIRE(finding.evidence.size() == 1);
  CHECK(finding.evidence[0].locator == "CMVP snapshot 2026-09-30");
  CHECK(finding.evidence[0].seen == "5516 certificates read; SHA-256 0c0f");
}

TEST_CASE("a rule on certificates is not checked without a snapshot") {
  for (const std::string& tables : {kCertificateTables, std::string()}) {
    RuleText text;
    text.needs = R"(<needs table="certificate_match" when-empty="fail">none</needs>)";
    const Finding finding =
        only(judge(pack_of(text.xml()), tables + sources_sql() + provider_sql(kFips)));
    CHECK(finding.result == Result::notchecked);
    CHECK(finding.message == "no certificate snapshot was read");
  }
}

namespace {

std::string remedy_for(const std::string& queries, const std::string& sql) {
  RuleText text;
  if (!queries.empty()) text.queries = queries;
  return only(judge(pack_of(text.xml()), sql)).remedy;
}

std::string remedy_where_blind(const std::string& outcome, const std::string& reason) {
  return remedy_for("", source_sql(1, "", "observed", {"provider"}) +
                            source_sql(2, "", outcome, {"module_integrity"}, reason) +
                            provider_sql(kFips));
}

}  // namespace

TEST_CASE("what to do about a failure is the remedy of the rule, about a pass nothing") {
  const std::string seen = sources_sql() + provider_sql(kFips);
  CHECK(remedy_for("", seen + integrity_sql(kFips, 0)) == "Install it anew.");
  const Finding passed = only(judge(small(), seen + integrity_sql(kFips, 1)));
  CHECK(passed.remedy.empty());
  CHECK(*passed.repair == "Install it anew.");
}

TEST_CASE("what to do about a place that nobody could see is to see it, not to repair") {
  CHECK(remedy_where_blind("unreadable", "permission denied") ==
        "Run assay as a user who may read /place/2 (permission denied), and collect the evidence "
        "again.");
  CHECK(
      remedy_where_blind("unsupported", "the loader cannot be started") ==
      "Settle what kept assay from looking at /place/2 (the loader cannot be started), and collect "
      "the evidence again.");
}

TEST_CASE("what to do about evidence that is not there is the command that collects it") {
  const std::string modules = sources_sql() + provider_sql(kFips);
  CHECK(remedy_for("", modules) ==
        "Collect it: assay check. If it is missing even then, find out why, at the places that its "
        "evidence names.");
  for (const auto& [table, remedy] :
       {std::pair{"pkcs11_conformance", "Collect it: assay check --exercise MODULE.so."},
        {"pkcs11_key", "Collect it: assay check --objects MODULE.so (or --login)."},
        {"service\" or=\"pkcs11_service",
         "Collect it: assay check (without --passive), or assay check --exercise MODULE.so."}}) {
    RuleText text;
    text.needs = "<needs table=\"" + std::string(table) + "\" when-empty=\"unknown\">none</needs>";
    const Finding finding = only(judge(pack_of(text.xml()), modules));
    CHECK(finding.result == Result::notchecked);
    CHECK(finding.remedy == remedy);
  }
}

TEST_CASE("what to do about evidence that decides nothing is what its row says, if it says it") {
  const std::string seen = sources_sql() + provider_sql(kFips) + integrity_sql(kFips, 1);
  const std::string rest =
      "<violations>SELECT module AS subject, '' AS message FROM provider"
      " WHERE 0</violations>";
  const std::string row = "<unknown>SELECT module AS subject, source, 'a' AS message";
  CHECK(remedy_for(row + ", 'Ask again.' AS remedy FROM provider</unknown>" + rest, seen) ==
        "Ask again.");
  CHECK(remedy_for(row + ", NULL AS remedy FROM provider</unknown>" + rest, seen) ==
        "Find out why this is not told, at the places that its evidence names, and collect the "
        "evidence again: assay check.");
}

TEST_CASE("what to do about certificates that tell nothing is to renew the snapshot") {
  const Finding finding =
      only(judge(certificate_pack(), kCertificateTables + sources_sql() + provider_sql(kFips)));
  CHECK(finding.result == Result::notchecked);
  CHECK_THAT(finding.remedy, Catch::Matchers::StartsWith("Renew the certificate snapshot"));
}

TEST_CASE("what to do about a rule that breaks is to correct it") {
  CHECK(remedy_for("<violations>SELECT module AS subject, 'm' AS message FROM"
                   " no_such_table</violations>",
                   sources_sql() + provider_sql(kFips)) ==
        "Correct the rule integrity of the pack small (assay rules lint shows where it breaks), "
        "then assess again.");
}
