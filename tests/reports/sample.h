#pragma once

#include <string>
#include <utility>
#include <vector>

#include "rules/assessment.h"

/// An Assessment made by hand: four modules, every result, every field filled, and text that a
/// hostile module could have supplied. Its host is made up; its digests are those of "abc" and of
/// the empty text (FIPS 180-4 examples).
namespace sample {

inline const std::string kDigest =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
inline const std::string kOtherDigest =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// Text that must come out as text: markup, quotes, a formula, broken UTF-8, controls, overrides.
inline const std::vector<std::string> kHostile = {
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "</style></script><!-- ]]> & &amp; 'single' \"double\"",
    "=HYPERLINK(\"http://example.org\",\"click\")",
    "@SUM(A1)",
    "-2+3",
    "broken \xFF\xC3 and \xED\xA0\x80 UTF-8",
    "bell \x07, escape \x1B[31m, C1 \xC2\x9B[31m, zero " + std::string(1, '\0') + " end",
    "turned \xE2\x80\xAE txt.exe \xE2\x80\xAC back",
    "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xD8\xB3\xD9\x84\xD8\xA7\xD9\x85",
    "\xF0\x9F\x94\x91 key \xE9\x8D\xB5 e\xCC\x81",
    "noncharacter \xEF\xBF\xBF and escape _x0041_",
};

inline rules::Finding finding(const std::string& rule, const std::string& subject,
                              const std::string& label, rules::Result result,
                              rules::Severity severity, rules::Rung rung,
                              const std::string& title) {
  rules::Finding f;
  f.id = rule + "--" + subject;
  f.pack = "fips-140-3";
  f.rule = rule;
  f.area = "5 Software/Firmware security";
  f.subject = subject;
  f.subject_label = label;
  f.result = result;
  f.severity = severity;
  f.rung = rung;
  f.title = title;
  f.message = "what the module says and what was seen differ for " + label;
  f.evidence = {{7, "/usr/lib/x86_64-linux-gnu/ossl-modules/fips.so", "read the file", "observed",
                 "observed", "HMAC-SHA-256 recomputed over 1,234,567 bytes"},
                {8, "/etc/ssl/fipsmodule.cnf:5", "read the setting", "observed", "declared",
                 "security-checks = 0"},
                {0, "pkcs11:token=payments;object=legacy-tls;type=private", "C_GetAttributeValue",
                 "unreadable", "", ""}};
  f.citations = std::vector<rules::Citation>{
      {"ISO/IEC 19790:2012", "7.5", "Software is checked by an approved technique.", true},
      {"FIPS 140-3 IG", "10.3.A", "How a self-test is run and when.", false}};
  f.rationale = std::string("A module that is not the one that was tested gives no assurance.");
  f.remedy = "Install the module again from the package, then run assay probe again.";
  f.query = std::string(
      "SELECT provider.name, setting.value\nFROM provider\nJOIN setting USING (provider)\n"
      "WHERE setting.name = 'security-checks' AND setting.value = '0'");
  return f;
}

inline rules::Ladder ladder(const std::string& subject, const std::string& name,
                            const std::string& place, const std::vector<rules::Result>& results) {
  rules::Ladder one{subject, name, place, {}, 0};
  bool whole = true;
  for (std::size_t at = 0; at < results.size(); ++at) {
    const auto rung = static_cast<rules::Rung>(at + 1);
    whole = whole && results[at] == rules::Result::pass;
    one.holds_to += whole ? 1 : 0;
    one.rungs.push_back({rung, results[at], "one short reason, from evidence",
                         results[at] == rules::Result::notchecked
                             ? ""
                             : std::string(name_of(rung)) + "--" + subject});
  }
  return one;
}

inline std::vector<rules::Ladder> ladders() {
  using enum rules::Result;
  return {
      ladder("openssl:fips", "OpenSSL FIPS Provider 3.0.20",
             "/usr/lib/x86_64-linux-gnu/ossl-modules/fips.so, on this host",
             {pass, pass, pass, fail, fail, fail, notapplicable, notapplicable, fail}),
      ladder("openssl:default", "OpenSSL Default Provider 3.0.22", "in libcrypto, on this host",
             {pass, notapplicable, notapplicable, fail, notapplicable, fail, notapplicable,
              notapplicable, fail}),
      ladder("pkcs11:softhsm", "SoftHSM 2.6.1", "token \"payments\"",
             {pass, unknown, unknown, fail, notapplicable, error, notchecked, notchecked, fail}),
      ladder("image:fips", "OpenSSL FIPS Provider 3.5.9", "image root /srv/images/app-trixie",
             {pass, pass, pass, pass, unknown, pass, pass, pass, pass}),
      ladder("hostile", kHostile[0], kHostile[8],
             {notchecked, notchecked, notchecked, notchecked, notchecked, notchecked, notchecked,
              notchecked, notchecked}),
  };
}

inline rules::Finding finding_for(const rules::Ladder& module, const rules::RungResult& rung) {
  const auto severity = static_cast<rules::Severity>(static_cast<int>(rung.rung) % 4);
  const std::string title = std::string(title_of(rung.rung)) + ", or not";
  return finding(std::string(name_of(rung.rung)), module.subject, module.name, rung.result,
                 severity, rung.rung, title);
}

inline std::vector<rules::Finding> hostile_findings() {
  std::vector<rules::Finding> findings;
  for (std::size_t at = 0; at < kHostile.size(); ++at) {
    const std::string& text = kHostile[at];
    auto f = finding("hostile-" + std::to_string(at), "file:" + text, text, rules::Result::unknown,
                     rules::Severity::medium, rules::Rung::none, "Whether " + text + " is text");
    f.message = f.area = f.remedy = text;
    f.rationale = f.query = text;
    f.evidence = {{9, text, text, "unsupported", "listed", text}};
    f.citations = std::vector<rules::Citation>{{text, text, text, true}};
    findings.push_back(std::move(f));
  }
  return findings;
}

/// Findings for every rung above, the hostile ones, and one with a very long message; gravest
/// first.
inline std::vector<rules::Finding> findings() {
  std::vector<rules::Finding> all = hostile_findings(), sorted;
  for (const auto& module : ladders())
    for (const auto& rung : module.rungs)
      if (!rung.finding.empty()) all.push_back(finding_for(module, rung));
  auto wide = finding("unbroken", "host", "Host app-07", rules::Result::notchecked,
                      rules::Severity::low, rules::Rung::none, std::string(300, 'W'));
  wide.message = std::string(40000, 'm');
  all.push_back(wide);
  for (int grave = 5; grave >= 0; --grave)
    for (const auto& one : all)
      if (static_cast<int>(one.result) == grave) sorted.push_back(one);
  return sorted;
}

inline std::vector<rules::ReferenceTable> tables() {
  rules::ReferenceTable services{"services",
                                 "Services",
                                 "What each module did when it was asked. Listed is no proof.",
                                 {"Service", "Module", "Key bits", "Outcome"},
                                 {},
                                 false};
  for (const std::string& text : kHostile)
    services.rows.push_back({text, "SoftHSM 2.6.1", std::int64_t{2048}, nullptr});
  rules::ReferenceTable certificates{
      "certificates",
      "Certificates that match or nearly match: with [odd] name*?/",
      "As listed.",
      {"Certificate", "Module", "Validation date", "Sunset"},
      {{std::int64_t{4985}, "OpenSSL FIPS Provider", "2025-03-11", "2030-03-10"},
       {std::int64_t{4282}, "OpenSSL FIPS Provider", "not a date", ""}},
      true};
  return {services, certificates, {"nothing", "Nothing found", "No rows.", {"Column"}, {}, false}};
}

/// One requirement of every stand, one of them hostile.
inline std::vector<rules::RequirementStatus> requirements() {
  std::vector<rules::RequirementStatus> list;
  for (std::size_t at = 0; at < rules::kStandNames.size(); ++at) {
    const auto stand = static_cast<rules::Stand>(at);
    rules::RequirementStatus one{
        "ISO/IEC 24759:2017",
        {"AS05.0" + std::to_string(at), "5 Software/Firmware security", "What it asks.", "all", "",
         rules::Reach::partial, "What is shown.", "Compare with the Security Policy.", at == 1, ""},
        stand,
        {}};
    if (stand != rules::Stand::person)
      one.voices = {{"integrity", static_cast<rules::Result>(at), "integrity--openssl:fips",
                     "Integrity, or not", 3}};
    list.push_back(one);
  }
  list.push_back({kHostile[0],
                  {kHostile[1], kHostile[2], kHostile[3], "3 4", kHostile[4], rules::Reach::manual,
                   "", kHostile[8], true, ""},
                  rules::Stand::person,
                  {{kHostile[0], rules::Result::pass, kHostile[1], kHostile[2], 1}}});
  return list;
}

/// Attestations of the last plain requirement, one that holds and one that does not, and a hostile
/// one.
inline std::vector<rules::Attestation> attestations() {
  rules::Attestation one{{"AS05.04"},
                         "The covers are tight.",
                         "A. Person",
                         "security officer",
                         "2026-11-01",
                         "Record 17",
                         kDigest,
                         "record.pdf",
                         "2027-11-01",
                         "attestations.toml",
                         1};
  one.check = rules::DocumentCheck::same;
  one.check_words = kDigest;
  one.covers = {"AS05.04"};
  rules::Attestation old = one;
  old.line = 12, old.expires = "2026-11-02", old.standing = rules::AttestationStanding::expired;
  old.check = rules::DocumentCheck::not_read, old.check_words = "no such file";
  rules::Attestation hostile{{kHostile[0]},
                             kHostile[1],
                             kHostile[2],
                             kHostile[3],
                             "2026-11-01",
                             kHostile[4],
                             kDigest,
                             kHostile[7],
                             "",
                             kHostile[8],
                             7};
  hostile.check = rules::DocumentCheck::other;
  hostile.check_words = kHostile[6];
  hostile.standing = rules::AttestationStanding::other_document;
  return {one, old, hostile};
}

/// A control with one finding, one from memory, and a hostile one.
inline std::vector<rules::Control> controls() {
  return {{"NIST SP 800-53 Rev. 5",
           "SC-13",
           "Cryptographic protection",
           "OSCAL",
           false,
           {0, 0, 0, 0, 1, 0},
           {"policy--openssl:fips"}},
          {"PCI DSS 4.0.1",
           "2.2.1",
           "Configured by a standard",
           "ours",
           true,
           {1, 0, 0, 0, 0, 0},
           {"present--openssl:fips"}},
          {kHostile[0],
           kHostile[1],
           kHostile[2],
           kHostile[3],
           true,
           {0, 0, 0, 1, 0, 0},
           {kHostile[4]}}};
}

/// See above.
inline rules::Assessment rich() {
  rules::Assessment a;
  a.tool_version = "0.1.0";
  a.host_name = "app-07.example.org";
  a.assessed = "host app-07.example.org, Debian GNU/Linux 12 (bookworm), x86_64";
  a.as_of = "2026-11-23";
  a.collected_from = "2026-11-23T09:14:02Z";
  a.collected_to = "2026-11-23T09:14:06Z";
  a.collected_by = "auditor";
  a.evidence_name = "evidence.db";
  a.evidence_digest = kDigest;
  a.packs = {{"fips-140-3", "0.1.0", "FIPS 140-3", kOtherDigest, 44}};
  a.snapshot = {"2026-09-30", "NIST CMVP validated modules search", kDigest, 5516, 54};
  a.threshold = "medium";
  a.exit_code = 1;
  a.exit_meaning = "findings at or over the threshold";
  a.headline =
      "One of five modules matches a certificate in the CMVP snapshot 2026-09-30, and "
      "programs on this host reach non-approved algorithms by default.";
  a.shows = "Five modules were assessed: three on the host, one in the image, one that is made up.";
  a.shows_not = "Whether the system as a whole meets a requirement: that is decided by people.";
  a.statements = {{"Algorithms are approved", "By default fetch: no."},
                  {"Module is in approved mode", "1 of 5."},
                  {"Module is validated", "1 of 5 match a certificate."},
                  {"System meets its obligations", "Not stated."}};
  a.ladders = ladders();
  a.findings = findings();
  a.findings.front().claim = kHostile[0];
  a.findings.back().claim = "This module is a validated one";
  a.findings.back().file = "claims.toml", a.findings.back().line = 3;
  a.next = {{rules::Severity::critical,
             "Programs get non-approved algorithms by default",
             "Set default_properties = fips=yes.",
             {"approved-mode--openssl:fips"}},
            {rules::Severity::low, kHostile[0], kHostile[2], {"hostile-0--file:" + kHostile[0]}}};
  a.requirements = requirements();
  a.attestations = attestations();
  a.requirements[1].attestations = a.requirements[4].attestations = {0};
  a.controls = controls();
  a.findings.front().controls =
      std::vector<std::string>{"NIST SP 800-53 Rev. 5 SC-13", kHostile[0]};
  a.tables = tables();
  a.manual = {{"Physical security", "Look at the seals of the enclosure."},
              {kHostile[1], kHostile[2]}};
  a.glossary = {{"Rung", "One of nine statements about a module."},
                {"Unknown", "Evidence is missing, unreadable or decides nothing."}};
  for (const auto& one : a.findings) {
    ++a.count[static_cast<std::size_t>(one.result)];
    a.over_threshold +=
        one.result == rules::Result::fail && one.severity >= rules::Severity::medium ? 1 : 0;
  }
  return a;
}

/// The assessment above with one module and one finding of every result, one of them hostile: small
/// enough to be read.
inline rules::Assessment small() {
  using enum rules::Result;
  rules::Assessment a = rich();
  a.ladders.resize(1);
  a.findings.clear();
  a.count = {};
  for (const auto result : {error, fail, unknown, notchecked, notapplicable, pass}) {
    const std::string name(name_of(result));
    a.findings.push_back(finding("rule-" + name, "openssl:fips", "OpenSSL FIPS Provider 3.0.20",
                                 result, rules::Severity::high, rules::Rung::policy,
                                 "What is the case when it is " + name));
    ++a.count[static_cast<std::size_t>(result)];
  }
  a.findings[1].message = "/etc/ssl/openssl.cnf:7: default_properties is not set";
  a.findings[2].title = a.findings[2].message = kHostile[3];
  a.findings[2].subject_label = kHostile[2];
  a.over_threshold = 1;
  return a;
}

/// The small assessment with every way in which a finding can stand to the gate; texts are hostile.
inline rules::Assessment gated() {
  rules::Assessment a = small();
  const auto waiver = [](const std::string& reason) {
    return rules::Waiver{"rule-fail",
                         "openssl:*",
                         reason,
                         "A. Person",
                         "SEC-12",
                         "2026-11-01",
                         "2027-01-31",
                         {rules::Result::fail},
                         "etc/waivers.toml",
                         7};
  };
  a.findings[1].waivers = {waiver("The move is planned for January."), waiver(kHostile[2])};
  a.findings[0].novelty = a.findings[1].novelty = rules::Novelty::fresh;
  a.findings[2].novelty = rules::Novelty::known;
  a.findings.push_back(finding("waiver-unused", "etc/waivers.toml", "etc/waivers.toml",
                               rules::Result::fail, rules::Severity::low, rules::Rung::none,
                               "A waiver covers nothing"));
  a.findings.back().pack = "gate";
  a.findings.back().file = "etc/waivers.toml";
  a.findings.back().line = 12;
  ++a.count[static_cast<std::size_t>(rules::Result::fail)];
  a.over_threshold = 0;
  a.waived = a.known = 1;
  return a;
}

}  // namespace sample
