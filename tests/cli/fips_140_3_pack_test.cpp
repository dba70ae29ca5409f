// The catalogue of services is the drivers' own; what is approved is data of the pack.
#include <set>

#include "cmvp/tables.h"
#include "evidence/base/csv.h"
#include "evidence/base/resource.h"
#include "evidence/drivers/driver.h"
#include "evidence/drivers/embedded.h"
#include "evidence/schema.h"
#include "rules/lint.h"
#include "rules/pack.h"
#include "rules/rule_test.h"
#include "tests/catch.h"

namespace {

rules::Pack fips_pack() { return rules::read_pack(rules::built_in_pack_files("fips-140-3")); }

void empty_judgement(base::Database& db) {
  evidence::create_schema(db);
  cmvp::create_judgement_tables(db);
}

}  // namespace

TEST_CASE("every rule of the pack fips-140-3 passes its own tests") {
  const rules::TestReport report = rules::run_rule_tests(fips_pack(), empty_judgement);
  for (const rules::RuleTestFailure& failure : report.failures) FAIL_CHECK(failure.message);
  CHECK(report.tests > 300);
}

TEST_CASE("the pack fips-140-3 has nothing that lint complains of") {
  for (const std::string& message : rules::lint(fips_pack(), empty_judgement)) FAIL_CHECK(message);
  CHECK(fips_pack().rules.size() > 40);
}

TEST_CASE("the pack fips-140-3 says of every service of the catalogue what is approved") {
  std::set<std::string> judged;
  for (const rules::ReferenceData& data : fips_pack().reference)
    if (data.table == "approved_service")
      for (const auto& row : base::parse_csv(data.csv, data.origin).rows) judged.insert(row[0]);
  const auto catalogue =
      base::find_resource(evidence::drivers::embedded(), "drivers/catalogue.csv");
  for (const evidence::drivers::Service& service :
       evidence::drivers::read_catalogue(std::string(catalogue))) {
    INFO(service.id);
    CHECK(judged.erase(service.id) == 1);
  }
  CHECK(judged.empty());
}
