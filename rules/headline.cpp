#include <algorithm>
#include <optional>

#include "rules/ladder.h"
#include "rules/phrase.h"
#include "rules/summary.h"

namespace rules {
namespace {

std::size_t count_of(const Assessment& assessment, Result result) {
  return static_cast<std::size_t>(assessment.count[static_cast<std::size_t>(result)]);
}

std::string date_of(const Assessment& assessment) { return " as of " + assessment.as_of; }

bool holds(base::Database& db, const char* sql) {
  db.renew_step_budget();
  auto query = db.prepare(sql);
  return query.step() && query.integer(0) == 1;
}

// That nothing is there can only be said where every place was read.
bool no_fips_provider(base::Database& db) {
  return holds(
             db,
             "SELECT count(*) > 0 AND coalesce(sum(s.outcome IN ('unreadable', 'unsupported')), 0)"
             " = 0 FROM source_feed AS f JOIN source AS s ON s.id = f.source"
             " WHERE f.table_name = 'provider'") &&
         holds(db, "SELECT count(*) = 0 FROM provider WHERE fips = 1 AND active = 1") &&
         holds(db, "SELECT count(*) > 0 FROM provider WHERE active = 1");
}

// The ladder of the module that serves programs which ask for nothing special, if one is told.
const Ladder* serving_ladder(base::Database& db, const Assessment& assessment) {
  db.renew_step_budget();
  auto query = db.prepare(
      "SELECT module FROM provider WHERE active = 1 AND coalesce(fips, 0) = 0"
      " ORDER BY provider <> 'default', built_in DESC, module LIMIT 1");
  if (!query.step()) return nullptr;
  const auto found =
      std::find_if(assessment.ladders.begin(), assessment.ladders.end(),
                   [&](const Ladder& ladder) { return ladder.subject == query.text(0); });
  return found == assessment.ladders.end() ? nullptr : &*found;
}

std::optional<std::string> unserved_headline(base::Database& db, const Assessment& assessment) {
  if (!no_fips_provider(db)) return std::nullopt;
  const Ladder* serving = serving_ladder(db, assessment);
  if (serving == nullptr) return std::nullopt;
  const bool folder = assessment.assessed.starts_with("root folder");
  std::string sentence = folder ? "No FIPS provider is active in this root folder"
                                : "No FIPS provider is active on this host";
  sentence += "; programs get the " + serving->name;
  if (rung_of(*serving, Rung::certificate).result == Result::fail)
    sentence += ", which no certificate in " + snapshot_words(assessment) + " covers";
  return sentence + ".";
}

// Everybody for whom the rule of `gravest` came out the same.
std::vector<std::string> labels_like(const Finding& gravest, const Assessment& assessment) {
  std::vector<std::string> labels;
  for (const Finding& finding : assessment.findings)
    if (finding.pack == gravest.pack && finding.rule == gravest.rule &&
        finding.result == gravest.result)
      labels.push_back(finding.subject_label);
  return labels;
}

const Finding* gravest_of(const Assessment& assessment, Result result) {
  for (const Finding& finding : assessment.findings)
    if (finding.result == result) return &finding;
  return nullptr;
}

std::string failed_headline(const Assessment& assessment) {
  const Finding& gravest = *gravest_of(assessment, Result::fail);
  const auto labels = labels_like(gravest, assessment);
  const std::size_t others = count_of(assessment, Result::fail) - labels.size();
  std::string sentence = short_phrase(gravest.title, 200) + " (" + enumerated(labels, 2) + ")";
  if (others > 0) sentence += ", and " + counted(others, "more result fails", "more results fail");
  return sentence + date_of(assessment) + ".";
}

// Titles of open questions begin with words like "Could not determine".
std::string question_of(const Finding& finding) {
  const auto at = finding.title.find("whether ");
  return (at == std::string::npos ? "\"" + finding.title + "\"" : finding.title.substr(at)) + " (" +
         finding.subject_label + ")";
}

std::string undecided_headline(const Assessment& assessment) {
  const std::size_t open = count_of(assessment, Result::unknown) +
                           count_of(assessment, Result::notchecked) +
                           count_of(assessment, Result::error);
  const Finding* gravest = gravest_of(assessment, Result::error);
  if (gravest == nullptr) gravest = gravest_of(assessment, Result::unknown);
  if (gravest == nullptr) gravest = gravest_of(assessment, Result::notchecked);
  const bool nothing = count_of(assessment, Result::pass) == 0;
  return (nothing ? "Nothing could be shown" : "Nothing that was checked failed") +
         date_of(assessment) + (nothing ? ": " : ", but ") +
         counted(open, "question has no answer", "questions have no answer") + "; the first is " +
         question_of(*gravest) + "." +
         (nothing && gravest->result == Result::notchecked ? " " + gravest->remedy : "");
}

std::string passed_headline(const Assessment& assessment) {
  const std::size_t modules = assessment.ladders.size();
  return "Every rule that applies held" + date_of(assessment) +
         (modules == 0 ? "" : " for " + counted(modules, "module", "modules")) + ".";
}

}  // namespace

std::string headline(base::Database& judgement, const Assessment& assessment) {
  if (assessment.findings.empty()) return "No rule was applied, so nothing was shown.";
  if (count_of(assessment, Result::fail) > 0) {
    if (const auto sentence = unserved_headline(judgement, assessment)) return *sentence;
    return failed_headline(assessment);
  }
  if (count_of(assessment, Result::unknown) + count_of(assessment, Result::notchecked) +
          count_of(assessment, Result::error) >
      0)
    return undecided_headline(assessment);
  if (count_of(assessment, Result::pass) > 0) return passed_headline(assessment);
  return "No rule applies to what was found here, so nothing was shown" + date_of(assessment) + ".";
}

}  // namespace rules
