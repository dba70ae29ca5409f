#include "reports/sarif.h"

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>
#include <vector>

#include "evidence/base/digest.h"
#include "evidence/base/text.h"
#include "reports/markdown_escape.h"
#include "reports/place.h"
#include "reports/words.h"

namespace reports {
namespace {

using Json = nlohmann::ordered_json;
using Result = rules::Result;

constexpr std::string_view kSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

// SARIF 2.1.0, 3.27.9 and 3.27.10, in the order of rules::Result and rules::Severity. Code scanning
// sorts by a number, whose bounds between the four words are 4, 7 and 9.
constexpr std::array<const char*, 6> kKinds = {"pass", "notApplicable", "review",
                                               "open", "fail",          "open"};
constexpr std::array<const char*, 4> kLevels = {"note", "warning", "error", "error"};
constexpr std::array<const char*, 4> kSecuritySeverities = {"2.0", "5.5", "8.0", "9.5"};

template <typename Word>
std::size_t index_of(Word word) {
  return static_cast<std::size_t>(word);
}

// The rules of the findings, each once, in the order in which they come up.
class RuleTable {
 public:
  explicit RuleTable(const std::vector<rules::Finding>& findings) {
    for (const rules::Finding& finding : findings) add(finding);
  }

  struct Entry {
    std::size_t index = 0;
    std::string id;
  };
  const Entry& of(const rules::Finding& finding) const {
    return entries_.at({finding.pack, finding.rule});
  }
  Json descriptors() const;

 private:
  void add(const rules::Finding& finding) {
    const auto [entry, is_new] = entries_.try_emplace({finding.pack, finding.rule});
    if (!is_new) return;
    std::string id = clean(finding.rule);
    if (!ids_.insert(id).second) ids_.insert(id = clean(finding.pack) + "/" + id);
    entry->second = {order_.size(), id};
    order_.push_back(&finding);
  }

  std::map<std::pair<std::string, std::string>, Entry> entries_;
  std::set<std::string> ids_;
  std::vector<const rules::Finding*> order_;
};

// "kernel-fips-mode" as SARIF wants the name of a rule: "KernelFipsMode". A name that is no more
// than the id is left out (its validator's SARIF1001).
std::string pascal_case(const std::string& id) {
  std::string name;
  bool start = true;
  for (const char c : id) {
    if (c == '-' || c == '/') {
      start = true;
      continue;
    }
    name += start && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    start = false;
  }
  return name;
}

Json text_object(const std::string& text) { return {{"text", text}}; }

// What the rule asks: a title tells how it came out for one subject.
std::string requirement(const rules::Finding& finding) {
  for (const rules::Citation& citation : finding.citations)
    if (!citation.says.empty()) return clean(citation.says);
  return finding.title.empty() ? clean(finding.rule) : clean(finding.title);
}

// What helps with a rule, whatever came out of it: what repairs a failure, where a rule says so.
Json help_of(const rules::Finding& finding) {
  const std::string& remedy = finding.repair.empty() ? finding.remedy : *finding.repair;
  const std::string clauses = clauses_in_words(finding);
  const std::string more = "assay explain " + clean(finding.rule);
  std::string text = clean(remedy), markdown = markdown_text(remedy, "\n\n");
  for (std::string* help : {&text, &markdown})
    if (!help->empty()) *help += "\n\n";
  if (!clauses.empty()) text += "Clauses: " + clauses + ".\n";
  if (!clauses.empty()) markdown += "**Clauses:** " + markdown_text(clauses) + ".\n\n";
  return {{"text", text + "More: " + more},
          {"markdown", markdown + "More: " + markdown_text(more)}};
}

Json clause_list(const rules::Finding& finding) {
  Json list = Json::array();
  for (const rules::Citation& citation : finding.citations)
    list.push_back(clean(citation.standard + " " + citation.clause));
  return list;
}

// Code scanning groups and filters by tags.
Json tags_of(const rules::Finding& finding) {
  Json tags = Json::array({"security"});
  for (const std::string& control : finding.controls) tags.push_back(clean(control));
  return tags;
}

Json descriptor(const rules::Finding& finding, const std::string& id) {
  const std::size_t severity = index_of(finding.severity);
  const std::string why =
      finding.rationale.empty() ? requirement(finding) : clean(*finding.rationale);
  Json rule = {{"id", id}};
  if (const std::string name = pascal_case(id); base::lower(name) != base::lower(id))
    rule["name"] = name;
  rule["shortDescription"] = text_object(requirement(finding));
  rule["fullDescription"] = text_object(why);
  rule["help"] = help_of(finding);
  rule["defaultConfiguration"] = {{"level", kLevels[severity]}};
  rule["properties"] = {
      {"severity", name_of(finding.severity)}, {"security-severity", kSecuritySeverities[severity]},
      {"pack", clean(finding.pack)},           {"area", clean(finding.area)},
      {"clauses", clause_list(finding)},       {"tags", tags_of(finding)}};
  return rule;
}

Json RuleTable::descriptors() const {
  Json list = Json::array();
  for (const rules::Finding* finding : order_)
    list.push_back(descriptor(*finding, of(*finding).id));
  return list;
}

// RFC 3986: everything but unreserved characters and the slash as %XX.
std::string percent_encoded(std::string_view path) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || std::string_view("-._~/").find(c) != std::string_view::npos)
      encoded += c;
    else
      encoded.append({'%', kDigits[byte >> 4U], kDigits[byte & 0x0FU]});
  }
  return encoded;
}

// Readers such as code scanning refuse a whole file for one result without a physical location. The
// evidence file is where everything else can be looked up.
Json physical_location(const rules::Finding& finding, const std::string& evidence) {
  if (const auto place = place_of(finding)) {
    const bool absolute = place->file.front() == '/';
    Json physical = {{"artifactLocation",
                      {{"uri", (absolute ? "file://" : "") + percent_encoded(place->file)}}}};
    if (place->line > 0) physical["region"] = {{"startLine", place->line}};
    return physical;
  }
  if (evidence.empty()) return nullptr;
  return {{"artifactLocation", {{"uri", percent_encoded(clean(evidence))}}}};
}

Json location(const rules::Finding& finding, const std::string& evidence) {
  Json where = Json::object();
  if (Json physical = physical_location(finding, evidence); !physical.is_null())
    where["physicalLocation"] = std::move(physical);
  Json logical = {{"name", subject_in_words(finding)}};
  if (!finding.subject.empty()) logical["fullyQualifiedName"] = clean(finding.subject);
  where["logicalLocations"] = Json::array({std::move(logical)});
  return where;
}

Json evidence_list(const rules::Finding& finding) {
  Json list = Json::array();
  for (const rules::Exhibit& exhibit : finding.evidence) list.push_back(exhibit_in_words(exhibit));
  return list;
}

// SARIF 2.1.0, 3.35: what a person decided outside of the source.
Json suppressions(const rules::Finding& finding) {
  Json list = Json::array();
  for (const rules::Waiver& waiver : finding.waivers)
    list.push_back({{"kind", "external"},
                    {"status", "accepted"},
                    {"justification", clean(waiver.reason)},
                    {"properties",
                     {{"approver", clean(waiver.approver)},
                      {"ticket", clean(waiver.ticket)},
                      {"created", clean(waiver.created)},
                      {"expires", clean(waiver.expires)},
                      {"place", clean(waiver.file) + ":" + std::to_string(waiver.line)}}}});
  return list;
}

// What an assessment with waivers or a baseline says besides, so that one without stays as it was.
void add_standing(Json& result, const rules::Finding& finding) {
  if (!finding.waivers.empty()) result["suppressions"] = suppressions(finding);
  if (finding.novelty != rules::Novelty::none)
    result["baselineState"] = finding.novelty == rules::Novelty::fresh ? "new" : "unchanged";
}

Json result(const rules::Finding& finding, const RuleTable::Entry& rule,
            const std::string& evidence) {
  const bool failed = finding.result == Result::fail;
  return {{"ruleId", rule.id},
          {"ruleIndex", rule.index},
          {"kind", kKinds[index_of(finding.result)]},
          {"level", failed ? kLevels[index_of(finding.severity)] : "none"},
          {"message", text_object(finding_in_words(finding))},
          {"locations", Json::array({location(finding, evidence)})},
          {"partialFingerprints",
           {{"assayFinding/v1", base::sha256(finding.pack + "\n" + finding.id)}}},
          {"properties",
           {{"id", clean(finding.id)},
            {"result", name_of(finding.result)},
            {"severity", name_of(finding.severity)},
            {"rung", name_of(finding.rung)},
            {"evidence", evidence_list(finding)}}}};
}

Json driver(const rules::Assessment& assessment, const RuleTable& rules) {
  Json tool = {{"name", "assay"}};
  if (!assessment.tool_version.empty()) tool["version"] = clean(assessment.tool_version);
  tool["rules"] = rules.descriptors();
  return tool;
}

Json invocation(const rules::Assessment& assessment) {
  constexpr int kTrouble = 2;
  return {{"executionSuccessful", assessment.exit_code != kTrouble},
          {"exitCode", assessment.exit_code},
          {"exitCodeDescription", clean(assessment.exit_meaning)}};
}

Json packs(const rules::Assessment& assessment) {
  Json list = Json::array();
  for (const rules::PackUsed& pack : assessment.packs)
    list.push_back({{"id", clean(pack.id)},
                    {"version", clean(pack.version)},
                    {"sha256", clean(pack.digest)},
                    {"origin", pack.origin.empty() ? "built in" : clean(pack.origin)}});
  return list;
}

Json properties(const rules::Assessment& a) {
  return {{"host", clean(a.host_name)},
          {"assessed", clean(a.assessed)},
          {"as_of", clean(a.as_of)},
          {"collected", {{"from", clean(a.collected_from)}, {"to", clean(a.collected_to)}}},
          {"evidence", {{"file", clean(a.evidence_name)}, {"sha256", clean(a.evidence_digest)}}},
          {"packs", packs(a)},
          {"snapshot",
           {{"taken_at", clean(a.snapshot.taken_at)},
            {"source", clean(a.snapshot.source)},
            {"sha256", clean(a.snapshot.digest)}}},
          {"threshold", clean(a.threshold)},
          {"headline", clean(a.headline)},
          {"shows_not", clean(a.shows_not)}};
}

// Stable from run to run, which the name of a container is not.
std::string automation_id(const rules::Assessment& assessment) {
  std::string id = "assay/";
  for (const rules::PackUsed& pack : assessment.packs) id += percent_encoded(clean(pack.id)) + "/";
  return id;
}

Json run_without_results(const rules::Assessment& assessment, const RuleTable& rules) {
  return {{"tool", {{"driver", driver(assessment, rules)}}},
          {"automationDetails", {{"id", automation_id(assessment)}}},
          {"invocations", Json::array({invocation(assessment)})},
          {"columnKind", "unicodeCodePoints"},
          {"properties", properties(assessment)}};
}

}  // namespace

// Results are written one by one: a tree of all of them would take ten times the room.
std::string write_sarif(const rules::Assessment& assessment) {
  const RuleTable rules(assessment.findings);
  std::string run = run_without_results(assessment, rules).dump();
  run.pop_back();
  std::string text =
      "{\"$schema\":" + Json(kSchema).dump() + ",\"version\":\"2.1.0\",\"runs\":[\n" + run;
  text += ",\n\"results\":[";
  const char* before = "\n";
  for (const rules::Finding& finding : assessment.findings) {
    Json one = result(finding, rules.of(finding), assessment.evidence_name);
    add_standing(one, finding);
    text += before + one.dump();
    before = ",\n";
  }
  text += "\n]}]}\n";
  return text;
}

}  // namespace reports
