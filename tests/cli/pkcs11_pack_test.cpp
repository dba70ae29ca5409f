// Numbers and names of mechanisms: the header file of PKCS #11 v3.2 (OASIS).
#include "cli/judge.h"
#include "evidence/base/csv.h"
#include "evidence/drivers/cryptoki_names.h"
#include "rules/evaluate.h"
#include "rules/judgement.h"
#include "rules/lint.h"
#include "rules/load_pack.h"
#include "rules/rule_test.h"
#include "tests/catch.h"

namespace {

rules::Pack pkcs11_pack() { return rules::read_pack(rules::built_in_pack_files("pkcs11")); }

}  // namespace

TEST_CASE("every rule of the pack pkcs11 passes its own tests") {
  const auto report = rules::run_rule_tests(pkcs11_pack(), cli::prepare_empty_judgement);
  for (const auto& failure : report.failures) UNSCOPED_INFO(failure.message);
  CHECK(report.failures.empty());
  CHECK(report.tests >= 36);
}

TEST_CASE("the pack pkcs11 has nothing that lint complains of") {
  CHECK(rules::lint(pkcs11_pack(), cli::prepare_empty_judgement).empty());
}

TEST_CASE("every pack keeps to its own subjects where a provider has a certificate") {
  for (const std::string& name : rules::built_in_packs()) {
    const rules::Pack pack = rules::load_pack(base::SystemHost(), name, {});
    base::Database judgement = base::Database::in_memory();
    cli::prepare_empty_judgement(judgement);
    judgement.execute(
        "INSERT INTO run VALUES (1, 'test', 'test', '', 'test', '2026-11-23T09:00:00Z',"
        " '2026-11-23T09:00:00Z', 1);"
        "INSERT INTO source VALUES (1, 1, 'openssl', '', '/', 'read', 'observed', '',"
        " '2026-11-23T09:00:00Z');"
        "INSERT INTO source_feed SELECT 1, name FROM sqlite_schema WHERE type = 'table';"
        "INSERT INTO provider (source, basis, module, provider, name, version, active, fips) VALUES"
        " (1, 'observed', 'openssl:fips', 'fips', 'OpenSSL FIPS Provider', '3.0.9', 1, 1);"
        "INSERT INTO snapshot (taken_at, source, digest, certificates) VALUES"
        " ('2026-09-30', 'NIST CMVP', 'ab12', 5516);"
        "INSERT INTO certificate (number, vendor, name, standard, status, status_as_of, "
        "sunset_date,"
        " overall_level, module_type, versions, caveat_flags) VALUES (4282, 'OpenSSL', 'OpenSSL "
        "FIPS"
        " Provider', 'FIPS 140-2', 'Historical', '2026-09-30', '2026-09-21', 1, 'Hardware', "
        "'3.0.9',"
        " 'no_assurance_of_strength tamper_seals_required bound_modules');"
        "INSERT INTO certificate_match (module, certificate, grade, nearness, name_matches,"
        " version_matches, reasons_for, reasons_against) VALUES ('openssl:fips', 4282, 'exact', 1,"
        " 1, 1, 'name and version', '');"
        "INSERT INTO certificate_status (certificate, as_of, status, reason, sunset_passed) VALUES"
        " (4282, '2026-11-23', 'Historical', 'FIPS 140-2', 1);"
        "INSERT INTO environment_match (module, certificate, verdict, closest, reasons) VALUES"
        " ('openssl:fips', 4282, 'not listed', 'RHEL 9', 'other');");
    rules::prepare_judgement(judgement, {pack}, "2026-11-23");
    for (const rules::Finding& finding : rules::evaluate(pack, judgement)) {
      INFO(name << " " << finding.rule << ": " << finding.message);
      CHECK(finding.result != rules::Result::error);
    }
  }
}

TEST_CASE("every mechanism with a status has the name that probes give it") {
  const auto pack = pkcs11_pack();
  const auto csv = base::parse_csv(pack.reference.at(0).csv, "pkcs11_mechanism_status.csv");
  CHECK(csv.rows.size() > 400);
  for (const auto& row : csv.rows) {
    INFO(row.at(0));
    CHECK(evidence::drivers::mechanism_name(std::stoul(row.at(0), nullptr, 16)) == row.at(1));
    CHECK((row.at(2) == "yes" || row.at(2) == "conditional" || row.at(2) == "no"));
  }
}

TEST_CASE("values of PKCS #11 are named, and numbers where they have no name") {
  using namespace evidence::drivers;
  CHECK(mechanism_name(0x1087) == "CKM_AES_GCM");
  CHECK(mechanism_name(0x17) == "CKM_ML_KEM");
  CHECK_FALSE(mechanism_name(0x80000001).has_value());
  CHECK(result_name(0xe0) == "CKR_TOKEN_NOT_PRESENT");
  CHECK(result_name(0x80000123) == "0x80000123");
  CHECK(cryptoki_hex(1) == "0x00000001");
}
