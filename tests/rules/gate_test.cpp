#include "rules/gate.h"

#include "evidence/base/error.h"
#include "rules/threshold.h"
#include "rules/verdict.h"
#include "tests/catch.h"

using Catch::Matchers::Contains;
using rules::Finding;
using rules::Novelty;
using rules::Result;

namespace {

const std::string kHead =
    "[[waiver]]\nrule = \"approved-mode\"\nsubject = \"openssl:*\"\nreason = \"planned\"\n"
    "approver = \"A. Person\"\nticket = \"SEC-12\"\ncreated = 2026-11-01\n";
const std::string kWaiver = kHead + "expires = 2026-11-30\n";

Finding finding(const std::string& rule, const std::string& subject, Result result = Result::fail) {
  Finding made;
  made.id = rule + "--" + subject;
  made.pack = "fips-140-3";
  made.rule = rule;
  made.subject = subject;
  made.result = result;
  made.severity = rules::Severity::high;
  made.title = "as it was";
  return made;
}

rules::Gate waived_by(const std::string& text) {
  return {rules::read_waivers(text, "waivers.toml"), std::nullopt};
}

std::vector<Finding> judged(const rules::Gate& gate, std::vector<Finding> findings,
                            const std::string& as_of = "2026-11-23") {
  rules::apply_gate(gate, as_of, findings);
  return findings;
}

int exit_of(const std::vector<Finding>& findings) { return verdict_on(findings, {}).exit_code; }

}  // namespace

TEST_CASE("a waived failure stays a failure and does not count for the exit code") {
  const auto findings = judged(waived_by(kWaiver), {finding("approved-mode", "openssl:default"),
                                                    finding("other", "host", Result::pass)});
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].result == Result::fail);
  CHECK(findings[0].title == "as it was");
  REQUIRE(findings[0].waivers.size() == 1);
  CHECK(findings[0].waivers[0].ticket == "SEC-12");
  const auto verdict = verdict_on(findings, {});
  CHECK(verdict.exit_code == 0);
  CHECK(verdict.count[static_cast<std::size_t>(Result::fail)] == 1);
  CHECK(verdict.meaning == "all else that was checked held at the chosen threshold; 1 waived");
}

TEST_CASE("a waiver covers its rule and its subjects, and no others") {
  const auto findings =
      judged(waived_by(kWaiver),
             {finding("approved-mode", "openssl:default"), finding("approved-mode", "pkcs11:token"),
              finding("module-integrity", "openssl:default")});
  CHECK(findings[0].waivers.size() == 1);
  CHECK(findings[1].waivers.empty());
  CHECK(findings[2].waivers.empty());
  CHECK(exit_of(findings) == 1);
}

TEST_CASE("a waiver may name the pack of its rule") {
  std::string text = kWaiver;
  text.replace(text.find("approved-mode"), 13, "fips-140-3/approved-mode");
  CHECK(judged(waived_by(text), {finding("approved-mode", "openssl:a")})[0].waivers.size() == 1);
  text.replace(text.find("fips-140-3"), 10, "other-pack");
  CHECK(judged(waived_by(text), {finding("approved-mode", "openssl:a")})[0].waivers.empty());
}

TEST_CASE("a waiver of failures does not cover a question without an answer, unless it says so") {
  const Finding open = finding("approved-mode", "openssl:default", Result::unknown);
  const auto findings = judged(waived_by(kWaiver), {open});
  CHECK(findings[0].waivers.empty());
  CHECK(exit_of(findings) == 3);
  CHECK_THAT(findings[1].message, Contains("what it names is 1 unknown"));
  const std::string both = kWaiver + "results = [\"fail\", \"unknown\"]\n";
  CHECK(judged(waived_by(both), {open})[0].waivers.size() == 1);
  CHECK_THROWS_WITH(waived_by(kWaiver + "results = [\"error\"]\n"),
                    "waivers.toml:9: \"error\" cannot be waived; results are fail, unknown or "
                    "notchecked");
}

TEST_CASE("a waiver holds to the end of the day on which it expires") {
  const std::vector<Finding> before = {finding("approved-mode", "openssl:default")};
  CHECK(exit_of(judged(waived_by(kWaiver), before, "2026-11-30")) != 1);
  const auto after = judged(waived_by(kWaiver), before, "2026-12-01");
  CHECK(exit_of(after) == 1);
  REQUIRE(after.size() == 2);
  CHECK(after[1].rule == "waiver-expired");
  CHECK(after[1].title == "A waiver has expired");
  CHECK(after[1].result == Result::fail);
  CHECK(after[1].file == "waivers.toml");
  CHECK(after[1].line == 1);
  CHECK_THAT(after[1].message, Contains("ended with 2026-11-30, and the as-of date is 2026-12-01"));
}

TEST_CASE("a waiver does not reach back to days before it was created") {
  const auto findings =
      judged(waived_by(kWaiver), {finding("approved-mode", "openssl:default")}, "2026-10-31");
  CHECK(findings[0].waivers.empty());
  CHECK(findings[1].rule == "waiver-not-yet");
}

TEST_CASE("a waiver that covers nothing is a finding, and names the nearest rule") {
  const auto passed =
      judged(waived_by(kWaiver), {finding("approved-mode", "openssl:default", Result::pass)});
  REQUIRE(passed.size() == 2);
  CHECK(passed[1].rule == "waiver-unused");
  CHECK(passed[0].waivers.empty());
  CHECK_THAT(passed[1].message, Contains("what it names is 1 pass"));
  const auto slip = judged(waived_by(kWaiver), {finding("approved-modes", "openssl:default")});
  CHECK_THAT(slip[1].message, Contains("did you mean approved-modes?"));
}

TEST_CASE("a waiver has to say everything, and nothing else") {
  CHECK_THROWS_WITH(waived_by(kHead), "waivers.toml:1: \"expires\" is missing or empty");
  CHECK_THROWS_WITH(waived_by(kWaiver + "expirse = 1\n"),
                    "waivers.toml:9: no key \"expirse\" is known here; did you mean expires?");
  CHECK_THROWS_WITH(waived_by("[[waivers]]\n"),
                    "waivers.toml:1: no key \"waivers\" is known here; did you mean waiver?");
  CHECK_THROWS_WITH(waived_by(kHead + "expires = 2026-10-01\n"),
                    "waivers.toml:8: the waiver expires on 2026-10-01, before it was created");
  CHECK(waived_by("# none yet\n").waivers.empty());
}

TEST_CASE("a pattern is all of a subject; a star is any text") {
  CHECK(rules::matches_pattern("openssl:fips", "openssl:*"));
  CHECK(rules::matches_pattern("openssl:fips", "*"));
  CHECK(rules::matches_pattern("openssl:fips", "o*:f?ps"));
  CHECK(rules::matches_pattern("aXbXc", "*X*c"));
  CHECK(rules::matches_pattern("", "*"));
  CHECK_FALSE(rules::matches_pattern("openssl:fips", "openssl"));
  CHECK_FALSE(rules::matches_pattern("openssl:fips", "?"));
  CHECK_FALSE(rules::matches_pattern("", "?"));
  CHECK_FALSE(rules::matches_pattern(std::string(3000, 'a'), "*a*a*a*a*a*a*a*a*a*a*b"));
}

TEST_CASE("a finding of the baseline is known, every other open one is new and counts") {
  const std::vector<Finding> before = {finding("a", "host"), finding("b", "host"),
                                       finding("c", "host", Result::pass)};
  const std::string text = rules::write_baseline(before);
  CHECK_THAT(text, Contains("fail\tfips-140-3/a\thost\nfail\tfips-140-3/b\thost\n"));
  CHECK_THAT(text, !Contains("/c"));
  const rules::Gate gate{{}, rules::read_baseline(text, "baseline.txt")};
  const auto same = judged(gate, before);
  CHECK(same.size() == 3);
  CHECK(same[0].novelty == Novelty::known);
  CHECK(same[2].novelty == Novelty::none);
  CHECK(verdict_on(same, {}).meaning ==
        "all else that was checked held at the chosen threshold; 2 in the baseline");
  auto more = before;
  more.push_back(finding("d", "host"));
  const auto grown = judged(gate, more);
  CHECK(grown[3].novelty == Novelty::fresh);
  CHECK(exit_of(grown) == 1);
}

TEST_CASE("a finding that came out graver than in the baseline is new") {
  const rules::Gate gate{{}, rules::read_baseline("unknown\tfips-140-3/a\thost\n", "b.txt")};
  const auto findings = judged(gate, {finding("a", "host")});
  CHECK(findings[0].novelty == Novelty::fresh);
  CHECK(exit_of(findings) == 1);
}

TEST_CASE("an entry of the baseline that is gone is a finding") {
  const rules::Gate gate{{}, rules::read_baseline("# x\nfail\tfips-140-3/a\thost\n", "b.txt")};
  const auto findings = judged(gate, {finding("a", "host", Result::pass)});
  REQUIRE(findings.size() == 2);
  CHECK(findings[1].rule == "baseline-stale");
  CHECK(findings[1].line == 2);
  CHECK(exit_of(findings) == 0);
}

TEST_CASE("a baseline only shrinks") {
  const auto before =
      rules::read_baseline("fail\tfips-140-3/a\thost\nfail\tfips-140-3/gone\thost\n", "b.txt");
  const std::string text =
      rules::write_baseline({finding("a", "host"), finding("new", "host")}, &before);
  CHECK_THAT(text, Contains("/a\thost"));
  CHECK_THAT(text, !Contains("/gone") && !Contains("/new"));
}

TEST_CASE("findings about the gate's own files are in no baseline") {
  auto findings = judged(waived_by(kWaiver), {});
  REQUIRE(findings.size() == 1);
  CHECK_THAT(rules::write_baseline(findings), !Contains("waiver-unused"));
}

TEST_CASE("a subject that breaks lines does not break a baseline") {
  const std::vector<Finding> odd = {finding("a", "two\nlines\tand \xff")};
  const auto baseline = rules::read_baseline(rules::write_baseline(odd), "b.txt");
  CHECK(judged({{}, baseline}, odd)[0].novelty == Novelty::known);
}

TEST_CASE("a line that is none of a baseline is an error with file and line") {
  CHECK_THROWS_WITH(rules::read_baseline("# x\nfial\tp/a\thost\n", "b.txt"),
                    "b.txt:2: no result \"fial\" stands in a baseline; did you mean fail?");
  CHECK_THROWS_WITH(rules::read_baseline("fail p/a host\n", "b.txt"),
                    Catch::Matchers::StartsWith("b.txt:1: a line of a baseline is"));
  CHECK_THROWS_WITH(rules::read_baseline("fail\tp/a\tx\nfail\tp/a\tx\n", "b.txt"),
                    "b.txt:2: the same finding stands here twice; take one line away");
}
