#include "rules/gate.h"

#include <algorithm>
#include <map>
#include <set>

#include "evidence/base/text.h"
#include "rules/evaluate.h"
#include "rules/phrase.h"

namespace rules {
namespace {

bool names_rule(const Waiver& waiver, const Finding& finding) {
  return waiver.rule == finding.rule || waiver.rule == finding.pack + "/" + finding.rule;
}

bool names(const Waiver& waiver, const Finding& finding) {
  return names_rule(waiver, finding) && matches_pattern(finding.subject, waiver.subject);
}

bool accepts(const Waiver& waiver, Result result) {
  return std::find(waiver.results.begin(), waiver.results.end(), result) != waiver.results.end();
}

std::string place_of(const Waiver& waiver) {
  return waiver.file + ":" + std::to_string(waiver.line);
}

std::string scope_of(const Waiver& waiver) { return waiver.rule + " for " + waiver.subject; }

Finding about(const std::string& rule, const std::string& file, std::int64_t line,
              const std::string& scope) {
  return gate_finding(rule, "Waivers and baseline", {file, line}, scope);
}

Finding about(const std::string& rule, const Waiver& waiver) {
  Finding finding = about(rule, waiver.file, waiver.line, scope_of(waiver));
  finding.evidence = {{0, place_of(waiver), "read the waiver", "observed", "declared",
                       "created " + waiver.created + ", expires " + waiver.expires +
                           ", approved by " + waiver.approver + ", ticket " + waiver.ticket}};
  return finding;
}

Finding expired(const Waiver& waiver, const std::string& as_of) {
  Finding finding = about("waiver-expired", waiver);
  finding.message = "the waiver of " + scope_of(waiver) + " ended with " + waiver.expires +
                    ", and the as-of date is " + as_of;
  finding.remedy =
      "Repair what was waived, or have the waiver approved again with a new date, then "
      "take the old one out of " +
      waiver.file + ".";
  return finding;
}

Finding early(const Waiver& waiver, const std::string& as_of) {
  Finding finding = about("waiver-not-yet", waiver);
  finding.message = "the waiver of " + scope_of(waiver) + " was created on " + waiver.created +
                    ", and the as-of date is " + as_of;
  finding.remedy =
      "Judge as of a later day with --as-of, or correct the date in " + waiver.file + ".";
  return finding;
}

// "; did you mean …?" where another rule is called nearly so.
std::string nearest_rule(const Waiver& waiver, const std::vector<Finding>& findings) {
  std::vector<std::string_view> rules;
  for (const Finding& one : findings) {
    if (names_rule(waiver, one)) return "";
    rules.push_back(one.rule);
  }
  const auto near = base::nearest(waiver.rule, rules);
  return near ? "; did you mean " + std::string(*near) + "?" : "";
}

Finding unused(const Waiver& waiver, const std::vector<Finding>& findings) {
  std::map<Result, std::size_t> others;
  for (const Finding& one : findings)
    if (names(waiver, one)) ++others[one.result];
  std::vector<std::string> words;
  const std::string nothing =
      "no rule and subject here are called so" + nearest_rule(waiver, findings);
  for (const auto& [result, count] : others)
    words.push_back(std::to_string(count) + " " + std::string(name_of(result)));
  Finding finding = about("waiver-unused", waiver);
  finding.message = "the waiver of " + scope_of(waiver) + " covers no finding: " +
                    (words.empty() ? nothing : "what it names is " + enumerated(words));
  finding.remedy = "Take the waiver out of " + waiver.file + ", or correct its rule and subject.";
  return finding;
}

Finding stale(const Baseline& baseline, const BaselineEntry& entry) {
  const std::string what = entry.rule + " for " + entry.subject;
  Finding finding = about("baseline-stale", baseline.file, entry.line,
                          std::string(name_of(entry.result)) + " " + entry.pack + " " + what);
  finding.message = what + " is no longer " + std::string(name_of(entry.result));
  finding.evidence = {{0, baseline.file + ":" + std::to_string(entry.line), "read the baseline",
                       "observed", "declared", "the entry is there, the finding is not"}};
  finding.remedy = "Take the line out: assay check --write-baseline " + baseline.file +
                   " takes away what is gone and adds nothing.";
  return finding;
}

void apply_waivers(const std::vector<Waiver>& waivers, const std::string& as_of,
                   std::vector<Finding>& findings, std::vector<Finding>& added) {
  for (const Waiver& waiver : waivers) {
    if (as_of > waiver.expires || as_of < waiver.created) {
      added.push_back(as_of > waiver.expires ? expired(waiver, as_of) : early(waiver, as_of));
      continue;
    }
    bool used = false;
    for (Finding& finding : findings) {
      if (!accepts(waiver, finding.result) || !names(waiver, finding)) continue;
      finding.waivers.push_back(waiver);
      used = true;
    }
    if (!used) added.push_back(unused(waiver, findings));
  }
}

void apply_baseline(const Baseline& baseline, std::vector<Finding>& findings,
                    std::vector<Finding>& added) {
  std::set<std::string> there;
  std::set<std::string> known;
  for (const BaselineEntry& entry : baseline.entries) known.insert(baseline_line(entry));
  for (Finding& finding : findings) {
    if (!belongs_in_baseline(finding)) continue;
    const std::string line = baseline_line(finding);
    there.insert(line);
    finding.novelty = known.contains(line) ? Novelty::known : Novelty::fresh;
  }
  for (const BaselineEntry& entry : baseline.entries)
    if (!there.contains(baseline_line(entry))) added.push_back(stale(baseline, entry));
}

}  // namespace

Finding gate_finding(const std::string& rule, const std::string& area, const PlaceInFile& place,
                     const std::string& scope) {
  Finding finding;
  finding.id = finding_id(rule, scope);
  finding.pack = kGatePack;
  finding.rule = rule;
  for (const GateRule& one : kGateRules)
    if (one.id == rule) finding.title = one.title, finding.rationale = std::string(one.rationale);
  finding.area = area;
  finding.subject = place.file;
  finding.subject_label = place.file;
  finding.result = Result::fail;
  finding.severity = Severity::low;
  finding.file = place.file;
  finding.line = place.line;
  return finding;
}

void apply_gate(const Gate& gate, const std::string& as_of, std::vector<Finding>& findings) {
  std::vector<Finding> added;
  apply_waivers(gate.waivers, as_of, findings, added);
  if (gate.baseline) apply_baseline(*gate.baseline, findings, added);
  std::move(added.begin(), added.end(), std::back_inserter(findings));
}

}  // namespace rules
