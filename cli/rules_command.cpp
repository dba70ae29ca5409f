#include <fmt/format.h>

#include <ostream>

#include "cli/coverage_page.h"
#include "cli/exit_code.h"
#include "cli/judge.h"
#include "cli/options.h"
#include "evidence/base/error.h"
#include "evidence/base/host.h"
#include "evidence/base/text.h"
#include "rules/lint.h"
#include "rules/lint_packs.h"
#include "rules/load_pack.h"
#include "rules/mapping.h"
#include "rules/missing_value.h"
#include "rules/mutation.h"
#include "rules/requirement_lint.h"
#include "rules/rule_test.h"
#include "rules/schema.h"
#include "rules/suggestion.h"

namespace cli {
namespace {

constexpr Option kEvery = {"every", "", "N",
                           "mutate: try only every N-th mutant, a sample (default 1, all)"};
constexpr Option kScore = {
    "score", "", "PERCENT",
    "mutate: the share of mutants, slips in rules and in the subjects and views that they "
    "ask, that tests must kill (default 95)"};
constexpr Option kSuggest = {"suggest", "", "",
                             "mutate: print tests that would notice what no test notices yet; read "
                             "each before you take it over, for it expects what the rule says now"};
constexpr Option kOptions[] = {kPack, kPackKey, kEvery, kScore, kSuggest};
constexpr std::string_view kExamples[] = {
    "assay rules list",
    "assay rules test --pack ./my-pack   run every test that the rules of a pack carry",
    "assay rules lint --pack ./my-pack",
    "assay rules mutate --pack ./my-pack   do the tests notice slips in the rules?",
    "assay rules missing --pack ./my-pack   which rules take a missing value for good?",
    "assay rules coverage                which requirements rules speak to, and what a person does",
};

int list(const std::vector<rules::Pack>& packs, Terminal& terminal) {
  for (const rules::Pack& pack : packs) {
    terminal.out << pack.id << " " << pack.version << ": " << pack.title << " (" << pack.origin
                 << ")\n";
    for (const auto& [rule, other] : pack.replaced)
      terminal.out << fmt::format("  {} stands in place of the built-in rule of {}\n", rule, other);
    for (const rules::Rule& rule : pack.rules)
      terminal.out << fmt::format("  {:<36} {:<9} {}\n", rule.id, name_of(rule.severity),
                                  rule.question);
  }
  return kHolds;
}

// The line that a signature is over (docs/rules-guide.md), and nothing else.
int digest(const std::vector<rules::Pack>& packs, Terminal& terminal) {
  for (const rules::Pack& pack : packs) terminal.out << rules::signed_text(pack.digest);
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

// What a person has to read: a column can say something by being empty.
int missing(const std::vector<rules::Pack>& packs, Terminal& terminal) {
  for (const rules::Pack& pack : packs)
    for (const rules::TakenForGood& taken : rules::taken_for_good(pack, prepare_empty_judgement))
      terminal.out << fmt::format("{}: {}: rule {}: {} without {}.{}\n", pack.id, taken.origin,
                                  taken.rule, name_of(taken.result), taken.table, taken.column);
  return kHolds;
}

// The files of `pack`, wherever it is from.
std::vector<rules::PackFile> files_of(const rules::Pack& pack, const Invocation& invocation) {
  for (const std::string& name : invocation.values("pack"))
    if (const rules::PackName parts = rules::parse_pack_name(name); rules::is_folder_name(parts))
      if (rules::load_pack(base::SystemHost(), name, {}).id == pack.id)
        return rules::pack_files_in(base::SystemHost(), parts.place);
  return rules::built_in_pack_files(pack.id);
}

// Without the library that applies the schema the rest of lint is worth something still.
std::vector<std::string> lint_schema(const rules::Pack& pack, const Invocation& invocation,
                                     std::string& left_out) {
  try {
    return rules::lint_schema(files_of(pack, invocation));
  } catch (const base::Error& error) {
    if (error.kind() != base::ErrorKind::environment) throw;
    left_out = error.what();
    return {};
  }
}

int lint(const std::vector<rules::Pack>& packs, const Invocation& invocation, Terminal& terminal) {
  std::vector<std::string> remarks, names;
  std::string left_out;
  for (const rules::Pack& pack : packs) {
    names.push_back(pack.id);
    for (const std::string& remark : lint_schema(pack, invocation, left_out))
      remarks.push_back(pack.id + "/" + remark);
    for (auto& list : {rules::lint(pack, prepare_empty_judgement),
                       rules::lint_tests_and_subjects(pack, prepare_empty_judgement)})
      remarks.insert(remarks.end(), list.begin(), list.end());
  }
  const auto all = with_built_in_packs(packs);
  for (auto& list : {rules::lint_requirements(all, names), rules::lint_side_by_side(all, names),
                     rules::lint_mapping(rules::built_in_mappings(), all)})
    remarks.insert(remarks.end(), list.begin(), list.end());
  for (const std::string& remark : remarks) terminal.out << remark << "\n";
  if (!left_out.empty())
    terminal.out << "note: the schema of packs was not applied: " << left_out << "\n";
  if (!invocation.has("pack"))
    for (const std::string& table : rules::unasked_tables(all))
      terminal.out << "note: no rule asks the evidence table " << table << "\n";
  terminal.out << fmt::format("{} remark{}\n", remarks.size(), remarks.size() == 1 ? "" : "s");
  return remarks.empty() ? kHolds : kFindings;
}

int coverage(const std::vector<rules::Pack>& packs, Terminal& terminal) {
  const std::string text = coverage_text(packs);
  terminal.out << (text.empty() ? "no pack lists requirements\n" : text);
  return text.empty() ? kUndetermined : kHolds;
}

std::int64_t number(const Invocation& invocation, const std::string& option, std::int64_t otherwise,
                    std::int64_t most) {
  const auto given = invocation.value(option);
  const auto value = given ? base::parse_integer(*given) : otherwise;
  if (!value || *value < 1 || *value > most)
    throw base::Error(
        base::ErrorKind::usage,
        fmt::format("--{} is a number from 1 to {}, not \"{}\"", option, most, given.value_or("")));
  return *value;
}

// The reviewed list beside the pack, wherever that is.
std::string survivors_of(const rules::Pack& pack, const Invocation& invocation) {
  for (const std::string& name : invocation.values("pack"))
    if (const rules::PackName parts = rules::parse_pack_name(name); rules::is_folder_name(parts))
      if (rules::load_pack(base::SystemHost(), name, {}).id == pack.id)
        return rules::survivors_in(base::SystemHost(), parts.place);
  return rules::built_in_survivors(pack.id);
}

void print(const rules::SuggestedTest& suggested, const std::string& pack, Terminal& terminal) {
  terminal.out << "rule " << suggested.rule << " of pack " << pack << ": a test that notices\n";
  for (const rules::Mutant& mutant : suggested.notices)
    terminal.out << fmt::format("  {}: {}\n", mutant.part, mutant.change);
  if (suggested.passes_without)
    terminal.out
        << "  It passes though a value is missing: if a probe can leave that out, repair the "
           "rule; else do not take this test\n";
  terminal.out << rules::as_xml(suggested.test) << std::flush;
}

int suggest(const std::vector<rules::Pack>& packs, const Invocation& invocation,
            Terminal& terminal) {
  for (const rules::Pack& pack : packs)
    rules::suggest_tests(
        pack, prepare_empty_judgement, {survivors_of(pack, invocation)},
        [&](const rules::SuggestedTest& suggested) { print(suggested, pack.id, terminal); });
  return kHolds;
}

int mutate(const std::vector<rules::Pack>& packs, const Invocation& invocation,
           Terminal& terminal) {
  if (invocation.has("suggest")) return suggest(packs, invocation, terminal);
  const auto wanted = static_cast<double>(number(invocation, "score", 95, 100));
  bool all_good = true;
  for (const rules::Pack& pack : packs) {
    const rules::MutationReport report =
        rules::mutate(pack, prepare_empty_judgement,
                      {survivors_of(pack, invocation),
                       static_cast<int>(number(invocation, "every", 1, 1'000'000))});
    for (const rules::Mutant& mutant : report.survivors)
      terminal.out << fmt::format("{}: rule {}: no test notices a change of <{}>: {}\n",
                                  mutant.origin, mutant.rule, mutant.part, mutant.change);
    for (const std::string& mistake : report.mistakes) terminal.out << mistake << "\n";
    terminal.out << fmt::format(
        "{}: {} mutants, {} killed, {} survive, {} listed as equivalent: {:.1f} %\n", pack.id,
        report.mutants, report.killed, report.survivors.size(), report.equivalent, report.score());
    all_good = all_good && report.score() >= wanted && report.mistakes.empty();
  }
  return all_good ? kHolds : kFindings;
}

int run(const Invocation& invocation, Terminal& terminal) {
  const std::string what = invocation.words().empty() ? "list" : invocation.words().front();
  const auto packs = packs_to_explain(invocation);
  if (what == "list") return list(packs, terminal);
  if (what == "test") return test(packs, terminal);
  if (what == "lint") return lint(packs, invocation, terminal);
  if (what == "digest") return digest(packs, terminal);
  if (what == "mutate") return mutate(packs, invocation, terminal);
  if (what == "coverage") return coverage(packs, terminal);
  if (what == "missing") return missing(packs, terminal);
  throw base::Error(
      base::ErrorKind::usage,
      "rules takes list, test, lint, mutate, missing, coverage or digest, not \"" + what + "\"");
}

}  // namespace

Command rules_command() {
  return {
      "rules",
      "list|test|lint|mutate|missing|coverage|digest",
      "List rules, run their tests, look for slips, or show which requirements they speak to",
      "A pack is data: XML and CSV files, with tests for every rule. Test a pack of your own with "
      "--pack DIR before you use it. Exit code 1 if a test fails or lint has a remark; a note is "
      "none.",
      kOptions,
      kExamples,
      run};
}

}  // namespace cli
