// Numbers and names of mechanisms: the header file of PKCS #11 v3.2 (OASIS).
#include "cli/judge.h"
#include "evidence/base/csv.h"
#include "evidence/drivers/cryptoki_names.h"
#include "rules/lint.h"
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
