// The digest is that of "abc" (FIPS 180-4, example 1); names of assertions are those of ISO/IEC
// 24759 as docs/coverage.md lists them; persons and documents are made up.
#include "rules/attestation.h"

#include "evidence/base/error.h"
#include "rules/attest.h"
#include "rules/verdict.h"
#include "tests/catch.h"

using Catch::Matchers::Contains;
using rules::Account;
using rules::Attestation;
using rules::AttestationStanding;
using rules::Finding;
using rules::RequirementStatus;
using rules::Result;
using rules::Stand;

namespace {

const std::string kDigest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

std::string entry(const std::string& assertions, const std::string& more = "",
                  const std::string& by = "A. Person") {
  return "[[attestation]]\nassertions = " + assertions +
         "\nstatement = \"The covers are tight.\"\nby = \"" + by +
         "\"\nrole = \"security officer\"\ndate = 2026-11-01\n"
         "document = \"Record 17\"\nsha256 = \"" +
         kDigest + "\"\n" + more;
}

std::string refusal(const std::string& text) {
  try {
    rules::read_attestations(text, "a.toml");
  } catch (const base::Error& error) {
    return error.what();
  }
  return {};
}

std::string without(const std::string& text, const std::string& key) {
  const auto from = text.find("\n" + key + " =");
  REQUIRE(from != std::string::npos);
  return text.substr(0, from) + text.substr(text.find('\n', from + 1));
}

RequirementStatus status(const std::string& id, Stand stand = Stand::person) {
  RequirementStatus one;
  one.requirement.id = id;
  one.stand = stand;
  one.requirement.reach = stand == Stand::person ? rules::Reach::manual : rules::Reach::partial;
  if (stand == Stand::against)
    one.voices = {{"integrity", Result::fail, "integrity--fips", "The value differs", 1}};
  return one;
}

struct Attested {
  std::vector<Attestation> attestations;
  std::vector<RequirementStatus> requirements;
  std::vector<Finding> findings;
};

Attested attested(const std::string& text, std::vector<RequirementStatus> requirements,
                  const std::string& as_of = "2026-11-23") {
  Attested all{rules::read_attestations(text, "a.toml"), std::move(requirements), {}};
  rules::attest(as_of, all.attestations, all.requirements, all.findings);
  return all;
}

}  // namespace

TEST_CASE("an attestation tells who says what on which day and rests on which document") {
  const auto list = rules::read_attestations(
      entry("[\"AS07.01\", \"AS08\"]", "file = \"r.pdf\"\nexpires = 2027-11-01\n"), "a.toml");
  REQUIRE(list.size() == 1);
  CHECK(list[0].assertions == std::vector<std::string>{"AS07.01", "AS08"});
  CHECK(list[0].by == "A. Person");
  CHECK(list[0].role == "security officer");
  CHECK(list[0].date == "2026-11-01");
  CHECK(list[0].document == "Record 17");
  CHECK(list[0].sha256 == kDigest);
  CHECK(list[0].document_file == "r.pdf");
  CHECK(list[0].expires == "2027-11-01");
  CHECK(list[0].place() == "a.toml:1");
}

TEST_CASE("an attestation without a person, a document or a date is refused with its line") {
  const std::string whole = entry("\"AS07.01\"");
  REQUIRE(refusal(whole).empty());
  for (const std::string key : {"statement", "by", "role", "date", "document", "sha256"}) {
    INFO(key);
    CHECK_THAT(refusal(without(whole, key)), Contains("a.toml:1: \"" + key + "\" is missing"));
  }
  CHECK_THAT(refusal(without(whole, "assertions")), Contains("a.toml:1: assertions is missing"));
  CHECK_THAT(refusal(entry("\"AS07.01\"", "", "")), Contains("\"by\" is missing or empty"));
}

TEST_CASE("an attestation that makes no sense is refused with its line") {
  CHECK_THAT(refusal(entry("[]")), Contains("a.toml:2: assertions is missing"));
  CHECK_THAT(refusal(entry("[\"AS07.01\", \"AS07.01\"]")), Contains("is named twice"));
  CHECK_THAT(refusal(entry("[\"\"]")), Contains("without a name"));
  CHECK_THAT(refusal(entry("7")), Contains("a.toml:2"));
  CHECK_THAT(refusal(entry("\"AS07.01\"", "expires = 2026-10-31\n")),
             Contains("a.toml:9: the attestation expires on 2026-10-31, before it was made"));
  CHECK_THAT(refusal(entry("\"AS07.01\"", "expire = 2026-12-31\n")),
             Contains("did you mean expires"));
  std::string text = entry("\"AS07.01\"");
  text.replace(text.find(kDigest), 2, "zz");
  CHECK_THAT(refusal(text), Contains("a.toml:8: sha256 is no SHA-256"));
  CHECK_THAT(refusal("[[waiver]]\n"), Contains("a.toml:1"));
  CHECK_THAT(refusal("[[attestation]\n"), Contains("a.toml:1"));
}

TEST_CASE("an attested assertion is attested, never shown or consistent") {
  const auto all = attested(entry("\"AS07.01\""), {status("AS07.01"), status("AS07.02")});
  CHECK(all.findings.empty());
  CHECK(all.requirements[0].stand == Stand::person);
  CHECK(account_of(all.requirements[0]) == Account::attested);
  CHECK(account_of(all.requirements[1]) == Account::left);
  CHECK(all.attestations[0].holds());
}

TEST_CASE("the name of a section attests all of it, and nothing of another section") {
  const auto all = attested(entry("\"AS07\""), {status("AS07.01"), status("AS07.02"),
                                                status("AS0701"), status("AS08.01")});
  CHECK(all.attestations[0].covers == std::vector<std::string>{"AS07.01", "AS07.02"});
  CHECK(account_of(all.requirements[2]) == Account::left);
  CHECK(account_of(all.requirements[3]) == Account::left);
}

TEST_CASE("an attestation holds from its day to the end of its last day") {
  const std::string text = entry("\"AS07.01\"", "expires = 2026-12-31\n");
  const auto on = [&](const std::string& day) {
    auto all = attested(text, {status("AS07.01")}, day);
    CHECK(all.requirements[0].attestations.size() == (all.attestations[0].holds() ? 1 : 0));
    return std::pair(all.attestations[0].standing,
                     all.findings.empty() ? "" : all.findings[0].rule);
  };
  using Pair = std::pair<AttestationStanding, std::string>;
  CHECK(on("2026-10-31") == Pair(AttestationStanding::not_yet, "attestation-not-yet"));
  CHECK(on("2026-11-01") == Pair(AttestationStanding::holds, ""));
  CHECK(on("2026-12-31") == Pair(AttestationStanding::holds, ""));
  CHECK(on("2027-01-01") == Pair(AttestationStanding::expired, "attestation-expired"));
}

TEST_CASE("an attestation of what is not listed is a finding that names the nearest") {
  const auto all =
      attested(entry("[\"AS07.1\", \"AS07.02\"]"), {status("AS07.01"), status("AS07.02")});
  REQUIRE(all.findings.size() == 1);
  CHECK(all.findings[0].rule == "attestation-unknown");
  CHECK(all.findings[0].pack == "gate");
  CHECK(all.findings[0].file == "a.toml");
  CHECK(all.findings[0].line == 1);
  CHECK_THAT(all.findings[0].message, Contains("\"AS07.1\"; did you mean AS07.0"));
  CHECK(account_of(all.requirements[1]) == Account::attested);
  const auto nothing = attested(entry("\"AS07.01\""), {});
  CHECK(nothing.attestations[0].standing == AttestationStanding::names_nothing);
  REQUIRE(nothing.findings.size() == 1);
  CHECK_THAT(nothing.findings[0].remedy, Contains("--pack fips-140-3"));
}

TEST_CASE("an attestation whose document is another one does not count") {
  auto list = rules::read_attestations(entry("\"AS07.01\"", "file = \"r.pdf\"\n"), "a.toml");
  list[0].check = rules::DocumentCheck::other;
  list[0].check_words = "e3b0";
  std::vector<RequirementStatus> requirements = {status("AS07.01")};
  std::vector<Finding> findings;
  rules::attest("2026-11-23", list, requirements, findings);
  CHECK(list[0].standing == AttestationStanding::other_document);
  CHECK(account_of(requirements[0]) == Account::left);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].rule == "attestation-other-document");
  CHECK_THAT(findings[0].message, Contains("r.pdf has the SHA-256 e3b0"));
}

TEST_CASE("one person attests a thing once; two persons may attest the same") {
  const std::string twice = entry("\"AS07\"") + entry("\"AS07.01\"");
  const auto all = attested(twice, {status("AS07.01"), status("AS07.02")});
  REQUIRE(all.findings.size() == 1);
  CHECK(all.findings[0].rule == "attestation-duplicate");
  CHECK_THAT(all.findings[0].message, Contains("AS07.01: A. Person attested this at a.toml:1"));
  const auto two = attested(entry("\"AS07\"") + entry("\"AS07.01\"", "", "B. Other"),
                            {status("AS07.01"), status("AS07.02")});
  CHECK(two.findings.empty());
  CHECK(two.requirements[0].attestations.size() == 2);
}

TEST_CASE("an attestation against the evidence is shown, and evidence counts") {
  const auto all = attested(entry("\"AS05.05\""), {status("AS05.05", Stand::against)});
  CHECK(account_of(all.requirements[0]) == Account::against);
  CHECK(all.requirements[0].attestations.size() == 1);
  REQUIRE(all.findings.size() == 1);
  CHECK(all.findings[0].rule == "attestation-contradicted");
  CHECK_THAT(all.findings[0].message, Contains("The value differs (integrity--fips)"));
}

TEST_CASE("what is shown by rules stays so beside an attestation") {
  auto shown = status("AS05.05", Stand::consistent);
  shown.requirement.reach = rules::Reach::automated;
  const auto all = attested(entry("[\"AS05\"]"), {shown, status("AS05.06", Stand::consistent),
                                                  status("AS05.07", Stand::undetermined)});
  CHECK(account_of(all.requirements[0]) == Account::shown);
  CHECK(account_of(all.requirements[1]) == Account::attested);
  CHECK(account_of(all.requirements[2]) == Account::attested);
  CHECK(all.requirements[2].stand == Stand::undetermined);
  CHECK(account_of(status("AS05.08", Stand::consistent)) == Account::partly);
  CHECK(account_of(status("AS05.09", Stand::not_here)) == Account::not_here);
}

TEST_CASE("attestations leave other findings and the verdict as they were") {
  std::vector<Finding> findings(2);
  findings[0].rule = "a", findings[0].result = Result::unknown,
  findings[0].severity = rules::Severity::high;
  findings[1].rule = "b";
  const auto before = rules::verdict_on(findings, {});
  auto list = rules::read_attestations(entry("\"AS07.01\"") + entry("\"AS99\""), "a.toml");
  std::vector<RequirementStatus> requirements = {status("AS07.01")};
  rules::attest("2026-11-23", list, requirements, findings);
  CHECK(findings[0].result == Result::unknown);
  CHECK(findings[1].result == Result::pass);
  CHECK(findings.size() == 3);
  CHECK(rules::verdict_on(findings, {}).exit_code == before.exit_code);
  CHECK(rules::verdict_on(findings, {}).meaning == before.meaning);
}
