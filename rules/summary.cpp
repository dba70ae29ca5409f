#include "rules/summary.h"

#include <algorithm>
#include <set>

#include "rules/ladder.h"
#include "rules/phrase.h"
#include "rules/query.h"

namespace rules {
namespace {

std::size_t count_of(const Assessment& assessment, Result result) {
  return static_cast<std::size_t>(assessment.count[static_cast<std::size_t>(result)]);
}

std::vector<std::string> names_of(const std::vector<Ladder>& ladders) {
  std::vector<std::string> names;
  for (const Ladder& ladder : ladders) names.push_back(ladder.name);
  return names;
}

std::string modules_sentence(const Assessment& assessment) {
  const std::size_t count = assessment.ladders.size();
  if (count == 0) return "No module was found.";
  return counted(count, "module was", "modules were") +
         " assessed: " + enumerated(names_of(assessment.ladders)) + ".";
}

std::string counts_sentence(const Assessment& assessment) {
  std::size_t rules = 0;
  for (const PackUsed& pack : assessment.packs) rules += static_cast<std::size_t>(pack.rules);
  std::vector<std::string> parts;
  constexpr std::array<std::string_view, 6> kWords = {"passed",  "did not apply", "not checked",
                                                      "unknown", "failed",        "broke"};
  for (const Result result : {Result::fail, Result::error, Result::unknown, Result::notchecked,
                              Result::notapplicable, Result::pass})
    if (const std::size_t count = count_of(assessment, result); count > 0)
      parts.push_back(std::to_string(count) + " " +
                      std::string(kWords[static_cast<std::size_t>(result)]));
  return counted(rules, "rule", "rules") + " gave " +
         counted(assessment.findings.size(), "result", "results") +
         (parts.empty() ? "" : ": " + enumerated(parts)) + ".";
}

// How far one module holds, and what stops it.
std::string reach_sentence(const Ladder& ladder) {
  const std::string name = ladder.name + " holds to rung " + std::to_string(ladder.holds_to) +
                           " of " + std::to_string(ladder.rungs.size());
  if (static_cast<std::size_t>(ladder.holds_to) == ladder.rungs.size()) return name + ".";
  const RungResult& gap = ladder.rungs[static_cast<std::size_t>(ladder.holds_to)];
  const std::string why = gap.reason.empty() ? "no rule asks about it" : gap.reason;
  return name + "; the first gap is \"" + std::string(title_of(gap.rung)) + "\": " + why +
         (why.ends_with('.') || why.ends_with("…") ? "" : ".");
}

std::vector<std::string> texts(const std::string& sql, base::Database& db) {
  db.renew_step_budget();
  std::vector<std::string> all;
  auto query = db.prepare(sql);
  while (query.step()) all.push_back(query.text(0));
  return all;
}

std::string blind_sentences(base::Database& db) {
  constexpr std::size_t kPlacesTold = 5;
  std::string text;
  const auto unreadable = texts(
      "SELECT DISTINCT locator FROM source WHERE outcome = 'unreadable' ORDER BY locator", db);
  if (!unreadable.empty())
    text += " What is at " + enumerated(unreadable, kPlacesTold) + ", which could not be read.";
  const auto unsupported = texts(
      "SELECT DISTINCT locator || ' (' || reason || ')' FROM source WHERE outcome = 'unsupported'"
      " ORDER BY locator",
      db);
  if (!unsupported.empty())
    text += " What could not be looked at: " + enumerated(unsupported, kPlacesTold) + ".";
  return text;
}

std::string unrecorded_sentence(base::Database& db) {
  constexpr std::size_t kTold = 5;
  if (!has_table(db, "not_recorded")) return {};
  const auto words = texts("SELECT DISTINCT words FROM not_recorded ORDER BY rowid", db);
  return " What the earlier version that collected the evidence did not record: " +
         enumerated(words, kTold) + ".";
}

bool about_pkcs11(base::Database& db) {
  return !texts("SELECT module FROM pkcs11_module LIMIT 1", db).empty();
}

bool services_were_tried(base::Database& db) {
  db.renew_step_budget();
  auto query = db.prepare("SELECT coalesce(max(exercised), 0) FROM run");
  return query.step() && query.integer(0) == 1;
}

std::string open_sentence(const Assessment& assessment) {
  const std::size_t unknown = count_of(assessment, Result::unknown);
  const std::size_t unchecked = count_of(assessment, Result::notchecked);
  if (unknown + unchecked == 0) return {};
  return " The answers to " + counted(unknown + unchecked, "question", "questions") + ": " +
         std::to_string(unknown) + " unknown, " + std::to_string(unchecked) + " not checked.";
}

}  // namespace

std::string snapshot_words(const Assessment& assessment) {
  if (assessment.snapshot.taken_at.empty()) return "any certificate list";
  return "the CMVP snapshot of " + assessment.snapshot.taken_at;
}

std::string shows(const Assessment& assessment) {
  std::string text = modules_sentence(assessment) + " " + counts_sentence(assessment);
  constexpr std::size_t kLaddersTold = 4;
  for (std::size_t i = 0; i < std::min(kLaddersTold, assessment.ladders.size()); ++i)
    text += " " + reach_sentence(assessment.ladders[i]);
  return text;
}

std::string shows_not(base::Database& judgement, const Assessment& assessment) {
  std::string text =
      "Whether the system as a whole meets a requirement: people decide that, not this tool.";
  text += open_sentence(assessment);
  text += blind_sentences(judgement) + unrecorded_sentence(judgement);
  if (!services_were_tried(judgement))
    text += " What the modules do when they are called: no service was tried.";
  text += assessment.snapshot.taken_at.empty()
              ? " Anything about certificates: no certificate list was read."
              : " Any change to a certificate after " + assessment.snapshot.taken_at + ".";
  text += about_pkcs11(judgement) ? " What programs do that use another module."
                                  : " What programs do that choose a provider of their own.";
  if (!assessment.manual.empty())
    text += " " + counted(assessment.manual.size(), "point remains", "points remain") +
            " for a person; the full report lists " +
            (assessment.manual.size() == 1 ? "it." : "them.");
  return text;
}

void summarize(base::Database& judgement, Assessment& assessment) {
  assessment.headline = headline(judgement, assessment);
  assessment.shows = shows(assessment);
  assessment.shows_not = shows_not(judgement, assessment);
  assessment.statements = four_statements(assessment);
}

}  // namespace rules
