#include "rules/assess.h"

#include <algorithm>
#include <chrono>

#include "evidence/base/error.h"
#include "rules/ladder.h"
#include "tests/catch.h"
#include "tests/rules/small_pack.h"

using rules::Assessment;
using rules::Pack;
using rules::Result;
using rules::Rung;
using namespace rules::test;
using Catch::Matchers::Contains;

namespace {

const std::string kFips = "openssl:fips";

Assessment assessment_of(const std::vector<Pack>& packs, const std::string& sql) {
  base::Database judgement = rules::judgement_database(evidence_of(sql));
  rules::AssessOptions options;
  options.tool_version = "0.1.0";
  options.evidence_name = "evidence.db";
  options.evidence_digest = "8d41";
  options.as_of = "2026-11-23";
  return assess(judgement, packs, options);
}

// A rule about every provider that comes out as `result` says: the name of a column of nothing.
std::string rule_that(const std::string& id, const std::string& attributes, Result result) {
  RuleText text;
  text.attributes = "id=\"" + id + "\" " + attributes;
  text.needs.clear();
  const std::string about =
      attributes.find("\"host\"") == std::string::npos
          ? "module AS subject, 1 AS source, '" + id + " is why' AS message FROM provider"
          : "'host' AS subject, 1 AS source, '" + id + " is why' AS message";
  const auto query = [&](const std::string& name, bool active) {
    return "<" + name + ">SELECT * FROM (SELECT " + about + ") WHERE " + (active ? "1" : "0") +
           "</" + name + ">";
  };
  text.queries = query("not-applicable", result == Result::notapplicable) +
                 query("unknown", result == Result::unknown) +
                 query("violations", result == Result::fail) + query("evidence", true);
  if (result == Result::notchecked)
    text.needs = "<needs table=\"self_test\" when-empty=\"unknown\">x</needs>";
  return text.xml();
}

std::string on(const std::string& rung, const std::string& severity = "high") {
  return "severity=\"" + severity + "\" subject=\"provider\" rung=\"" + rung + "\"";
}

const std::string kOne = source_sql(1, "", "observed", {"provider"}) + provider_sql(kFips);

rules::RungResult only_rung(const std::string& rules_xml, Rung rung) {
  const Assessment a = assessment_of({pack_of(rules_xml)}, kOne);
  REQUIRE(a.ladders.size() == 1);
  return rung_of(a.ladders[0], rung);
}

// Everything that a report could print, in one text.
std::string printed(const Assessment& a) {
  std::string text = a.headline + a.shows + a.shows_not + a.assessed + a.exit_meaning;
  for (const auto& finding : a.findings) {
    text += finding.id + finding.title + finding.message + *finding.query;
    for (const auto& exhibit : finding.evidence) text += exhibit.locator + exhibit.seen;
  }
  for (const auto& ladder : a.ladders) {
    text += ladder.subject + ladder.name + ladder.place + std::to_string(ladder.holds_to);
    for (const auto& rung : ladder.rungs) text += rung.reason + rung.finding;
  }
  for (const auto& step : a.next) text += step.title + step.remedy;
  for (const auto& statement : a.statements) text += statement.heading + statement.text;
  for (const auto& table : a.tables)
    for (const auto& row : table.rows)
      for (const auto& cell : row)
        text += std::to_string(cell.index()) +
                (std::holds_alternative<std::string>(cell) ? std::get<std::string>(cell) : "");
  return text;
}

}  // namespace

TEST_CASE("a rung is the gravest of its results") {
  const auto rung = only_rung(rule_that("a", on("policy"), Result::pass) +
                                  rule_that("b", on("policy"), Result::fail) +
                                  rule_that("c", on("policy"), Result::unknown),
                              Rung::policy);
  CHECK(rung.result == Result::fail);
  CHECK(rung.reason == "b is why");
  CHECK(rung.finding == "b--openssl-fips");
}

TEST_CASE("among results as grave the severest decides a rung") {
  const auto rung = only_rung(rule_that("a", on("policy", "low"), Result::fail) +
                                  rule_that("b", on("policy", "critical"), Result::fail),
                              Rung::policy);
  CHECK(rung.finding == "b--openssl-fips");
}

TEST_CASE("a question that does not arise is set aside on a rung where another does") {
  const std::string inapplicable = rule_that("a", on("policy"), Result::notapplicable);
  CHECK(only_rung(inapplicable + rule_that("b", on("policy"), Result::pass), Rung::policy).result ==
        Result::pass);
  CHECK(only_rung(inapplicable, Rung::policy).result == Result::notapplicable);
}

TEST_CASE("a rung that no rule is about is not checked") {
  const auto rung = only_rung(rule_that("a", on("policy"), Result::pass), Rung::integrity);
  CHECK(rung.result == Result::notchecked);
  CHECK(rung.reason.empty());
  CHECK(rung.finding.empty());
}

TEST_CASE("a ladder holds as far as every rung passes, and no later pass repairs a gap") {
  const Assessment a =
      assessment_of({pack_of(rule_that("a", on("present"), Result::pass) +
                             rule_that("b", on("integrity"), Result::pass) +
                             rule_that("c", on("self-tests"), Result::notapplicable) +
                             rule_that("d", on("approved-mode"), Result::pass))},
                    kOne);
  REQUIRE(a.ladders.size() == 1);
  CHECK(a.ladders[0].rungs.size() == 9);
  CHECK(a.ladders[0].holds_to == 2);
  CHECK(a.ladders[0].name == "Provider openssl:fips 3.0");
  CHECK(a.ladders[0].place == "built in");
}

TEST_CASE("a rule about the host joins a ladder only if it says so") {
  const std::string host = "severity=\"high\" subject=\"host\" rung=\"approved-mode\"";
  CHECK(only_rung(rule_that("a", host, Result::fail), Rung::approved_mode).result ==
        Result::notchecked);
  CHECK(only_rung(rule_that("a", host + " ladder=\"all\"", Result::fail), Rung::approved_mode)
            .result == Result::fail);
}

TEST_CASE("a rule about the host makes no rung pass that asks nothing of the module") {
  const std::string host =
      "severity=\"high\" subject=\"host\" rung=\"certificate-active\" ladder=\"all\"";
  const std::string own = rule_that("own", on("certificate-active"), Result::notapplicable);
  CHECK(only_rung(own + rule_that("a", host, Result::pass), Rung::certificate_active).result ==
        Result::notapplicable);
  CHECK(only_rung(own + rule_that("a", host, Result::fail), Rung::certificate_active).result ==
        Result::fail);
  CHECK(only_rung(rule_that("own", on("certificate-active"), Result::pass) +
                      rule_that("a", host, Result::notapplicable),
                  Rung::certificate_active)
            .result == Result::pass);
  CHECK(only_rung(rule_that("a", host, Result::pass), Rung::certificate_active).result ==
        Result::notchecked);
}

TEST_CASE("every module has a ladder of its own") {
  const Assessment a = assessment_of({pack_of(RuleText().xml())},
                                     sources_sql() + provider_sql("a") + provider_sql("b") +
                                         integrity_sql("a", 1) + integrity_sql("b", 0));
  REQUIRE(a.ladders.size() == 2);
  CHECK(rung_of(a.ladders[0], Rung::integrity).result == Result::pass);
  CHECK(rung_of(a.ladders[1], Rung::integrity).result == Result::fail);
}

TEST_CASE("findings are sorted gravest first, then by severity, rung and id") {
  const Assessment a =
      assessment_of({pack_of(rule_that("p", on("present"), Result::pass) +
                             rule_that("z", on("policy", "low"), Result::fail) +
                             rule_that("u", on("policy", "critical"), Result::unknown) +
                             rule_that("y", on("services"), Result::fail) +
                             rule_that("x", on("integrity"), Result::fail) +
                             rule_that("n", on("policy"), Result::notapplicable) +
                             rule_that("c", on("policy"), Result::notchecked))},
                    kOne);
  std::string order;
  for (const auto& finding : a.findings) order += finding.rule;
  CHECK(order == "xyzucnp");
}

TEST_CASE("steps with the same remedy are one, the gravest first") {
  RuleText first;
  first.attributes = R"(id="first" severity="low" subject="provider")";
  RuleText second;
  second.attributes = R"(id="second" severity="critical" subject="provider")";
  const Assessment a = assessment_of({pack_of(first.xml() + second.xml())},
                                     sources_sql() + provider_sql(kFips) + integrity_sql(kFips, 0));
  REQUIRE(a.next.size() == 1);
  CHECK(a.next[0].severity == rules::Severity::critical);
  CHECK(a.next[0].remedy == "Install it anew.");
  CHECK(a.next[0].findings ==
        std::vector<std::string>{"second--openssl-fips", "first--openssl-fips"});
}

TEST_CASE("of steps as grave the one lower on the ladder comes first") {
  const auto remedied = [](const std::string& id, const std::string& rung,
                           const std::string& remedy) {
    std::string text = rule_that(id, on(rung), Result::fail);
    return text.replace(text.find("Install it anew."), 16, remedy);
  };
  const Assessment a =
      assessment_of({pack_of(remedied("a", "policy", "Switch it on.") +
                             remedied("b", "present", "Install it first.") +
                             remedied("c", "policy", "Switch it on.") +
                             rule_that("d", on("policy", "critical"), Result::unknown))},
                    kOne);
  REQUIRE(a.next.size() == 3);
  CHECK(a.next[0].remedy == "Install it first.");
  CHECK(a.next[1].remedy == "Switch it on.");
  CHECK(a.next[2].severity == rules::Severity::critical);
  CHECK(a.next[2].remedy ==
        "Find out why this is not told, at the places that its evidence names, and collect the "
        "evidence again.");
}

TEST_CASE("what nobody looked at is a step only where nothing else was looked at") {
  const std::string unchecked = rule_that("n", on("policy"), Result::notchecked);
  const Assessment alone = assessment_of({pack_of(unchecked)}, kOne);
  REQUIRE(alone.next.size() == 1);
  CHECK(alone.next[0].remedy == "Collect it: assay check (without --passive).");
  CHECK_THAT(alone.headline, Catch::Matchers::EndsWith(alone.next[0].remedy));
  CHECK(assessment_of({pack_of(unchecked + rule_that("p", on("policy"), Result::pass))}, kOne)
            .next.empty());
}

TEST_CASE("a place that could not be read is a step of its own, not a repair") {
  const Assessment a = assessment_of(
      {pack_of(RuleText().xml())},
      kOne + source_sql(2, "", "unreadable", {"module_integrity"}, "permission denied"));
  REQUIRE(a.next.size() == 1);
  CHECK(a.next[0].remedy ==
        "Run assay as a user who may read /place/2 (permission denied), and collect the evidence "
        "again.");
  CHECK_THAT(a.shows_not, Contains("What is at /place/2, which could not be read."));
}

TEST_CASE("a headline names what failed, for whom, and how much else") {
  const Assessment a =
      assessment_of({pack_of(RuleText().xml() + rule_that("b", on("policy"), Result::fail))},
                    sources_sql() + provider_sql(kFips) + integrity_sql(kFips, 0));
  CHECK(a.headline ==
        "The module file is damaged (Provider openssl:fips 3.0), and 1 more result fails as of "
        "2026-11-23.");
}

TEST_CASE("a headline says so where no FIPS provider is active") {
  const std::string plain =
      source_sql(1, "", "observed", {"provider"}) +
      "INSERT INTO provider (source, basis, module, provider, name, version, fips, active) VALUES"
      " (1, 'listed', 'openssl:default', 'default', 'OpenSSL Default Provider', '3.0.19', 0, 1);";
  const Pack pack = pack_of(rule_that("a", on("certificate"), Result::fail));
  CHECK(assessment_of({pack}, plain).headline ==
        "No FIPS provider is active on this host; programs get the OpenSSL Default Provider "
        "3.0.19, which no certificate in any certificate list covers.");
  const Assessment blind =
      assessment_of({pack}, plain + source_sql(2, "", "unreadable", {"provider"}, "crashed"));
  CHECK_THAT(blind.headline, Catch::Matchers::StartsWith("The module file is damaged"));
}

TEST_CASE("a headline of open questions does not sound like a pass") {
  const Assessment a =
      assessment_of({pack_of(rule_that("a", on("policy"), Result::unknown))}, kOne);
  CHECK(a.headline ==
        "Nothing could be shown as of 2026-11-23: 1 question has no answer; the first is "
        "whether the module file is intact (Provider openssl:fips 3.0).");
  CHECK(a.exit_code == 3);
}

TEST_CASE("a headline where all held tells for how many modules") {
  const Assessment a = assessment_of({pack_of(rule_that("a", on("policy"), Result::pass))}, kOne);
  CHECK(a.headline == "Every rule that applies held as of 2026-11-23 for 1 module.");
  CHECK(a.exit_code == 0);
}

TEST_CASE("a headline where nothing applies says that nothing was shown") {
  const Assessment a =
      assessment_of({pack_of(rule_that("a", on("policy"), Result::notapplicable))}, kOne);
  CHECK(a.headline ==
        "No rule applies to what was found here, so nothing was shown as of 2026-11-23.");
  CHECK(a.exit_code == 3);
}

TEST_CASE("the four statements are kept apart") {
  const Assessment a = assessment_of({pack_of(rule_that("a", on("services"), Result::pass) +
                                              rule_that("b", on("approved-mode"), Result::fail) +
                                              rule_that("c", on("integrity"), Result::pass) +
                                              rule_that("d", on("certificate"), Result::unknown))},
                                     kOne);
  REQUIRE(a.statements.size() == 4);
  CHECK_THAT(a.statements[0].text, Contains("Shown for 1 of 1 module"));
  CHECK_THAT(a.statements[1].text, Contains("Shown not to be so for: Provider openssl:fips 3.0."));
  CHECK_THAT(a.statements[2].text, Contains("Open for: Provider openssl:fips 3.0."));
  CHECK(a.statements[3].text == "Not stated. This tool does not decide it.");
}

TEST_CASE("the facts of the run are those on record") {
  const Assessment a =
      assessment_of({pack_of(RuleText().xml())},
                    kOne +
                        "INSERT INTO operating_system (source, basis, host, name, host_name) VALUES"
                        " (1, 'declared', 'host', 'Debian GNU/Linux 12 (bookworm)', 'app-07');"
                        "INSERT INTO kernel (source, basis, host, architecture) VALUES"
                        " (1, 'observed', 'host', 'x86_64');");
  CHECK(a.assessed == "host app-07, Debian GNU/Linux 12 (bookworm), x86_64");
  CHECK(a.collected_from == "2026-11-23T09:14:02Z");
  CHECK(a.collected_to == "2026-11-23T09:14:06Z");
  CHECK(a.collected_by == "auditor");
  CHECK(a.packs[0].rules == 1);
  CHECK(a.threshold == "medium");
}

TEST_CASE("the snapshot is quoted with its age on the as-of date") {
  const Assessment a = assessment_of(
      {pack_of(RuleText().xml())},
      kOne +
          "CREATE TABLE snapshot (taken_at TEXT, source TEXT, digest TEXT, certificates INTEGER);"
          "INSERT INTO snapshot VALUES ('2026-09-30', 'lists', '0c0f', 5516);");
  CHECK(a.snapshot.certificates == 5516);
  CHECK(a.snapshot.age_days == 54);
  CHECK_THAT(a.shows_not, Contains("Any change to a certificate after 2026-09-30."));
}

TEST_CASE("tables of facts have as many cells in a row as columns") {
  const Assessment a =
      assessment_of({pack_of(RuleText().xml())},
                    sources_sql() + provider_sql(kFips) + integrity_sql(kFips, 1) +
                        "INSERT INTO provider_file (source, basis, module, provider, path) VALUES"
                        " (1, 'observed', 'openssl:legacy', 'legacy', '/legacy.so');");
  const auto named = [&](const std::string& id) {
    const auto found = std::find_if(a.tables.begin(), a.tables.end(),
                                    [&](const auto& table) { return table.id == id; });
    REQUIRE(found != a.tables.end());
    return *found;
  };
  CHECK(named("modules").rows.size() == 2);
  CHECK(named("integrity").rows.size() == 1);
  CHECK(named("sources").rows.size() == 2);
  for (const auto& table : a.tables)
    for (const auto& row : table.rows) {
      CAPTURE(table.id);
      CHECK(row.size() == table.columns.size());
    }
}

TEST_CASE("the same input gives the same assessment, whatever the order of its rows") {
  const std::string first = provider_sql("a") + provider_sql("b");
  const std::string second = provider_sql("b") + provider_sql("a");
  const std::string rest = integrity_sql("a", 0) + integrity_sql("b", 1);
  const Pack pack = pack_of(RuleText().xml() + rule_that("x", on("policy"), Result::fail));
  const std::string once = printed(assessment_of({pack}, sources_sql() + first + rest));
  CHECK(printed(assessment_of({pack}, sources_sql() + first + rest)) == once);
  CHECK(printed(assessment_of({pack}, sources_sql() + second + rest)) == once);
}

TEST_CASE("rules of the same name in two packs have results of their own") {
  const Pack one = pack_of(RuleText().xml());
  Pack two = one;
  two.id = "other";
  const Assessment a =
      assessment_of({one, two}, sources_sql() + provider_sql(kFips) + integrity_sql(kFips, 1));
  REQUIRE(a.findings.size() == 2);
  CHECK(a.findings[0].id != a.findings[1].id);
  CHECK_THROWS_WITH(assessment_of({one, one}, ""), Contains("two rule packs are called small"));
}

TEST_CASE("an as-of date that is none is refused") {
  base::Database judgement = rules::judgement_database(evidence_of(""));
  rules::AssessOptions options;
  options.as_of = "2026-13-01";
  CHECK_THROWS_AS(assess(judgement, {pack_of(RuleText().xml())}, options), base::Error);
}

TEST_CASE("four hundred rules are judged within a second even in a slow build") {
  std::string rules_xml;
  for (int i = 0; i < 400; ++i) {
    RuleText text;
    text.attributes =
        "id=\"rule-" + std::to_string(i) + R"(" severity="low" subject="provider" rung="policy")";
    rules_xml += text.xml();
  }
  const Pack pack = pack_of(rules_xml);
  const auto start = std::chrono::steady_clock::now();
  const auto findings = judge(pack, sources_sql() + provider_sql("a") + provider_sql("b") +
                                        integrity_sql("a", 1) + integrity_sql("b", 0));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  CHECK(findings.size() == 800);
  CHECK(took.count() < 1.0);
}
