#include <fmt/format.h>

#include <ostream>

#include "cli/exit_code.h"
#include "cli/judge.h"
#include "cli/options.h"
#include "evidence/base/error.h"
#include "rules/lint.h"
#include "rules/rule_test.h"

namespace cli {
namespace {

constexpr Option kOptions[] = {kPack};
constexpr std::string_view kExamples[] = {
    "assay rules list",
    "assay rules test --pack ./my-pack   run every test that the rules of a pack carry",
    "assay rules lint --pack ./my-pack",
};

int list(const std::vector<rules::Pack>& packs, Terminal& terminal) {
  for (const rules::Pack& pack : packs) {
    terminal.out << pack.id << " " << pack.version << ": " << pack.title << "\n";
    for (const rules::Rule& rule : pack.rules)
      terminal.out << fmt::format("  {:<36} {:<9} {}\n", rule.id, name_of(rule.severity),
                                  rule.question);
  }
  return kHolds;
}

int test(const std::vector<rules::Pack>& packs, Terminal& terminal) {
  bool all_good = true;
  for (const rules::Pack& pack : packs) {
    const rules::TestReport report = rules::run_rule_tests(pack, prepare_empty_judgement);
    for (const auto& failure : report.failures) terminal.out << failure.message << "\n";
    terminal.out << fmt::format("{}: {} tests and {} generated ones, {} failed\n", pack.id,
                                report.tests, report.generated, report.failures.size());
    all_good = all_good && report.failures.empty() && report.tests > 0;
  }
  return all_good ? kHolds : kFindings;
}

int lint(const std::vector<rules::Pack>& packs, Terminal& terminal) {
  std::size_t count = 0;
  for (const rules::Pack& pack : packs)
    for (const std::string& remark : rules::lint(pack, prepare_empty_judgement)) {
      terminal.out << remark << "\n";
      ++count;
    }
  terminal.out << fmt::format("{} remarks\n", count);
  return count == 0 ? kHolds : kFindings;
}

int run(const Invocation& invocation, Terminal& terminal) {
  const std::string what = invocation.words().empty() ? "list" : invocation.words().front();
  const auto packs = packs_to_explain(invocation);
  if (what == "list") return list(packs, terminal);
  if (what == "test") return test(packs, terminal);
  if (what == "lint") return lint(packs, terminal);
  throw base::Error(base::ErrorKind::usage, "rules takes list, test or lint, not \"" + what + "\"");
}

}  // namespace

Command rules_command() {
  return {
      "rules",
      "list|test|lint",
      "List rules, run the tests they carry, or look for slips in a pack",
      "A pack is data: XML and CSV files, with tests for every rule. Test a pack of your own with "
      "--pack DIR before you use it. Exit code 1 if a test fails or lint has a remark.",
      kOptions,
      kExamples,
      run};
}

}  // namespace cli
