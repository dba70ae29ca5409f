#include <ostream>

#include "cli/coverage_page.h"
#include "cli/document.h"
#include "cli/exit_code.h"
#include "cli/help.h"
#include "cli/judge.h"
#include "cli/options.h"
#include "evidence/base/error.h"

namespace cli {
namespace {

constexpr Option kOptions[] = {kPack, kPackKey};
constexpr std::string_view kExamples[] = {
    "assay document tables        every evidence table and column, as Markdown",
    "assay document man | man -l -",
    "source <(assay document bash)",
};

int run(const Invocation& invocation, Terminal& terminal) {
  const std::string what = invocation.words().empty() ? "" : invocation.words().front();
  if (what == "tables")
    terminal.out << evidence_tables_page();
  else if (what == "rules")
    terminal.out << rules_page(packs_to_explain(invocation));
  else if (what == "coverage")
    terminal.out << coverage_page(packs_to_explain(invocation));
  else if (what == "man")
    terminal.out << manual_page();
  else if (what == "bash" || what == "zsh" || what == "fish")
    terminal.out << completion(what);
  else
    throw base::Error(
        base::ErrorKind::usage,
        "document takes tables, rules, coverage, man, bash, zsh or fish, not \"" + what + "\"");
  return kHolds;
}

}  // namespace

Command document_command() {
  return {"document",
          "tables|rules|coverage|man|bash|zsh|fish",
          "Print a document that is made from the program itself",
          "The evidence tables, the rules and what they cover as Markdown, the manual page, and "
          "the completions of "
          "three shells. What stands in docs/ was made with it.",
          kOptions,
          kExamples,
          run};
}

}  // namespace cli
