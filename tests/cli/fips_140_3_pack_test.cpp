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
#include "rules/requirement_lint.h"
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

TEST_CASE("the class of every assertion follows from the rules of the built-in packs") {
  std::vector<rules::Pack> packs;
  const auto names = rules::built_in_packs();
  for (const std::string& name : names)
    packs.push_back(rules::read_pack(rules::built_in_pack_files(name)));
  for (const std::string& remark : rules::lint_requirements(packs, names)) FAIL_CHECK(remark);
  CHECK(fips_pack().requirements.size() == 256);
}

TEST_CASE("each of the eleven areas of ISO/IEC 19790, clause 7, has assertions and a file") {
  std::set<std::string> numbers;
  for (const rules::Requirement& one : fips_pack().requirements)
    numbers.insert(one.area.substr(0, one.area.find(' ')));
  for (int area = 2; area <= 12; ++area) CHECK(numbers.count(std::to_string(area)) == 1);
  std::set<std::string> files;
  for (const rules::PackFile& file : rules::built_in_pack_files("fips-140-3"))
    files.insert(file.name.substr(0, 2));
  for (const char* area : {"02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"})
    CHECK(files.count(area) == 1);
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
