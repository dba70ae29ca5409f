#include <ostream>

#include "cli/exit_code.h"
#include "cli/judge.h"
#include "cli/options.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "rules/gate.h"

namespace cli {
namespace {

constexpr Option kOptions[] = {kPack, kPackKey};
constexpr std::string_view kExamples[] = {"assay explain module-integrity"};

void print_rule(const rules::Pack& pack, const rules::Rule& rule, std::ostream& out) {
  out << rule.id << ", " << name_of(rule.severity) << ", pack " << pack.id << " " << pack.version
      << "\n\nAsks " << rule.question << ".\n";
  if (rule.rung != rules::Rung::none) out << "Rung of the ladder: " << title_of(rule.rung) << ".\n";
  out << "\nWhen it holds:  " << rule.title_pass << "\nWhen it fails:  " << rule.title_fail
      << "\n\nWhy it matters\n"
      << rule.rationale << "\n\nWhat to do\n"
      << rule.remedy << "\n\nWhere it is written\n";
  for (const rules::Citation& cite : rule.citations)
    out << "- " << cite.standard << ", " << cite.clause << ": " << cite.says
        << (cite.from_memory ? " (from memory; the text was not at hand)" : "") << "\n";
  out << "\nEvidence it needs\n";
  for (const rules::Need& need : rule.needs)
    out << "- table " << need.table << "; if it is empty: " << name_of(need.when_empty) << " ("
        << need.reason << ")\n";
  out << "\nWhat counts as a violation\n" << rule.violations << "\n";
}

int run(const Invocation& invocation, Terminal& terminal) {
  if (invocation.words().size() != 1)
    throw base::Error(
        base::ErrorKind::usage,
        "explain needs one rule, e.g. assay explain module-integrity; assay rules list "
        "names them");
  const std::string& id = invocation.words().front();
  for (const rules::GateRule& rule : rules::kGateRules) {
    if (rule.id != id) continue;
    terminal.out << rule.id << ", low, about the files that a person keeps: " << rule.title
                 << ".\n\n"
                 << rule.rationale << "\nSee " << rule.page << ".\n";
    return kHolds;
  }
  const auto packs = packs_to_explain(invocation);
  std::vector<std::string_view> known;
  for (const rules::Pack& pack : packs)
    for (const rules::Rule& rule : pack.rules) {
      known.push_back(rule.id);
      if (rule.id != id) continue;
      print_rule(pack, rule, terminal.out);
      return kHolds;
    }
  const auto near = base::nearest(id, known);
  throw base::Error(base::ErrorKind::usage, "no rule \"" + id + "\"" +
                                                (near ? "; did you mean " + std::string(*near) + "?"
                                                      : "; assay rules list names them"));
}

}  // namespace

Command explain_command() {
  return {"explain",
          "RULE",
          "Explain a rule: what it asks, why, where it is written, what to do",
          "Prints all that a rule says of itself, with its clauses and the query that finds "
          "violations.",
          kOptions,
          kExamples,
          run};
}

}  // namespace cli
