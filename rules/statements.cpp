#include <algorithm>

#include "rules/ladder.h"
#include "rules/phrase.h"
#include "rules/summary.h"

namespace rules {
namespace {

// The modules of which one thing is shown, is shown not to be, or stays open.
struct Tally {
  std::vector<std::string> shown, refuted, open, inapplicable;
};

// Rungs that together carry one statement: it holds if all pass, and the gravest of them decides.
Tally tally(const Assessment& assessment, std::initializer_list<Rung> rungs) {
  Tally tally;
  for (const Ladder& ladder : assessment.ladders) {
    Result gravest = Result::pass;
    for (const Rung rung : rungs) gravest = std::max(gravest, rung_of(ladder, rung).result);
    auto& list = gravest == Result::pass            ? tally.shown
                 : gravest == Result::fail          ? tally.refuted
                 : gravest == Result::notapplicable ? tally.inapplicable
                                                    : tally.open;
    list.push_back(ladder.name);
  }
  return tally;
}

void tell(const std::vector<std::string>& modules, const std::string& what, std::string& text) {
  if (!modules.empty()) text += " " + what + ": " + enumerated(modules) + ".";
}

std::string told(const Assessment& assessment, const Tally& tally, const std::string& shown) {
  if (assessment.ladders.empty()) return "Not shown: no module was found.";
  std::string text = "Shown for " + std::to_string(tally.shown.size()) + " of " +
                     counted(assessment.ladders.size(), "module", "modules") + ": " + shown + ".";
  tell(tally.shown, "Shown for", text);
  tell(tally.refuted, "Shown not to be so for", text);
  tell(tally.open, "Open for", text);
  tell(tally.inapplicable, "The question does not arise for", text);
  return text;
}

std::string system_statement(const Assessment& assessment) {
  std::string text = "Not stated. This tool does not decide it";
  if (!assessment.manual.empty())
    text += "; " + counted(assessment.manual.size(), "point remains", "points remain") +
            " for a person";
  return text + ".";
}

}  // namespace

std::vector<Statement> four_statements(const Assessment& assessment) {
  return {
      {"Algorithms are approved",
       told(assessment, tally(assessment, {Rung::services}),
            "the non-approved services that were tried are refused, or the module says that they "
            "are not approved")},
      {"Module is in approved mode",
       told(assessment, tally(assessment, {Rung::approved_mode}),
            "programs that ask for nothing special are served in the approved mode")},
      {"Module is validated",
       told(assessment, tally(assessment, {Rung::integrity, Rung::certificate}),
            "the file is intact, and a certificate in " + snapshot_words(assessment) +
                " names the module and its version")},
      {"System meets its obligations", system_statement(assessment)},
  };
}

}  // namespace rules
