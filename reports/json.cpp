#include "reports/json.h"

#include <nlohmann/json.hpp>

#include "evidence/base/text.h"
#include "reports/attestations.h"
#include "reports/claims.h"

namespace reports {
namespace {

using Json = nlohmann::ordered_json;

// Made of every element of `items` in turn.
template <typename Items, typename Make>
Json array_of(const Items& items, const Make& make) {
  Json array = Json::array();
  for (const auto& item : items) array.push_back(make(item));
  return array;
}

std::string text(const std::string& bytes) { return base::printable(bytes); }

Json texts(const std::vector<std::string>& items) { return array_of(items, text); }

Json text_or_null(const std::string& bytes) { return bytes.empty() ? Json() : Json(text(bytes)); }

Json json_of(const rules::Statement& statement) {
  return {{"heading", text(statement.heading)}, {"text", text(statement.text)}};
}

Json statements(const std::vector<rules::Statement>& items) {
  return array_of(items, [](const rules::Statement& item) { return json_of(item); });
}

Json json_of(const rules::PackUsed& pack) {
  Json json = {{"id", text(pack.id)},
               {"version", text(pack.version)},
               {"title", text(pack.title)},
               {"sha256", text(pack.digest)},
               {"rules", pack.rules}};
  if (!pack.origin.empty()) json["origin"] = text(pack.origin);
  if (!pack.replaced.empty()) json["replaces"] = texts(pack.replaced);
  return json;
}

Json json_of(const rules::SnapshotUsed& snapshot) {
  return {{"taken_at", text(snapshot.taken_at)},
          {"source", text(snapshot.source)},
          {"sha256", text(snapshot.digest)},
          {"certificates", snapshot.certificates},
          {"age_days", snapshot.age_days}};
}

Json json_of(const rules::RungResult& rung) {
  return {{"number", static_cast<int>(rung.rung)}, {"rung", name_of(rung.rung)},
          {"title", title_of(rung.rung)},          {"result", name_of(rung.result)},
          {"reason", text(rung.reason)},           {"finding", text_or_null(rung.finding)}};
}

Json json_of(const rules::Ladder& ladder) {
  return {{"subject", text(ladder.subject)},
          {"name", text(ladder.name)},
          {"place", text(ladder.place)},
          {"holds_to", ladder.holds_to},
          {"rungs", array_of(ladder.rungs, [](const auto& rung) { return json_of(rung); })}};
}

Json json_of(const rules::Step& step) {
  return {{"severity", name_of(step.severity)},
          {"title", text(step.title)},
          {"remedy", text(step.remedy)},
          {"findings", texts(step.findings)}};
}

Json json_of(const rules::Exhibit& exhibit) {
  return {{"source", exhibit.source == 0 ? Json() : Json(exhibit.source)},
          {"locator", text(exhibit.locator)},
          {"method", text(exhibit.method)},
          {"outcome", text(exhibit.outcome)},
          {"basis", text_or_null(exhibit.basis)},
          {"seen", text(exhibit.seen)}};
}

Json json_of(const rules::Citation& citation) {
  return {{"standard", text(citation.standard)},
          {"clause", text(citation.clause)},
          {"says", text(citation.says)},
          {"from_memory", citation.from_memory}};
}

Json json_of(const rules::Waiver& waiver) {
  return {{"rule", text(waiver.rule)},
          {"subject", text(waiver.subject)},
          {"reason", text(waiver.reason)},
          {"approver", text(waiver.approver)},
          {"ticket", text(waiver.ticket)},
          {"created", text(waiver.created)},
          {"expires", text(waiver.expires)},
          {"place", text(waiver.file) + ":" + std::to_string(waiver.line)}};
}

Json json_of(rules::Novelty novelty) {
  if (novelty == rules::Novelty::none) return nullptr;
  return novelty == rules::Novelty::fresh ? "new" : "known";
}

Json json_of(const rules::Finding& finding) {
  return {{"id", text(finding.id)},
          {"result", name_of(finding.result)},
          {"severity", name_of(finding.severity)},
          {"rung", finding.rung == rules::Rung::none ? Json() : Json(name_of(finding.rung))},
          {"pack", text(finding.pack)},
          {"rule", text(finding.rule)},
          {"area", text(finding.area)},
          {"subject", text(finding.subject)},
          {"subject_label", text(finding.subject_label)},
          {"claim", text_or_null(finding.claim)},
          {"title", text(finding.title)},
          {"message", text(finding.message)},
          {"remedy", text(finding.remedy)},
          {"rationale", text(*finding.rationale)},
          {"evidence", array_of(finding.evidence, [](const auto& one) { return json_of(one); })},
          {"citations", array_of(finding.citations, [](const auto& one) { return json_of(one); })},
          {"query", text(*finding.query)},
          {"controls", texts(*finding.controls)},
          {"waivers", array_of(finding.waivers, [](const auto& one) { return json_of(one); })},
          {"baseline", json_of(finding.novelty)}};
}

Json json_of_claim(const rules::Finding& finding) {
  const Json place =
      finding.file.empty() ? Json() : Json(text(finding.file) + ":" + std::to_string(finding.line));
  return {{"claim", text(finding.claim)},
          {"verdict", verdict_name(finding.result)},
          {"subject", text(finding.subject)},
          {"why", text(reason_in_words(finding))},
          {"place", place},
          {"finding", text(finding.id)}};
}

Json json_of(const rules::RuleVoice& voice) {
  return {{"rule", text(voice.rule)},
          {"result", name_of(voice.result)},
          {"finding", text(voice.finding)},
          {"findings", voice.findings}};
}

Json json_of(const rules::RequirementStatus& status) {
  const rules::Requirement& one = status.requirement;
  return {{"standard", text(status.standard)},
          {"requirement", text(one.id)},
          {"area", text(one.area)},
          {"says", text(one.says)},
          {"levels", text(one.levels)},
          {"applies", text(one.applies)},
          {"from_memory", one.from_memory},
          {"class", name_of(one.reach)},
          {"stand", name_of(status.stand)},
          {"shows", text(one.shows)},
          {"rules", array_of(status.voices, [](const auto& voice) { return json_of(voice); })},
          {"attestations", Json(status.attestations)},
          {"account", name_of(account_of(status))},
          {"remains", text(one.remains)}};
}

Json json_of(const rules::Control& control) {
  Json counts = Json::object();
  for (std::size_t at = 0; at < control.count.size(); ++at)
    counts[std::string(rules::kResultNames[at])] = control.count[at];
  return {{"framework", text(control.framework)}, {"control", text(control.id)},
          {"title", text(control.title)},         {"source", text(control.source)},
          {"from_memory", control.from_memory},   {"counts", counts},
          {"findings", texts(control.findings)}};
}

Json json_of(const rules::Attestation& one) {
  return {{"assertions", texts(one.assertions)},
          {"statement", text(one.statement)},
          {"by", text(one.by)},
          {"role", text(one.role)},
          {"date", text(one.date)},
          {"expires", text_or_null(one.expires)},
          {"document", text(one.document)},
          {"sha256", text(one.sha256)},
          {"file", text_or_null(one.document_file)},
          {"document_check", name_of(one.check)},
          {"covers", texts(one.covers)},
          {"standing", name_of(one.standing)},
          {"place", text(one.place())}};
}

Json account_counts_of(const rules::Assessment& assessment) {
  const AccountCounts counts = account_counts(assessment.requirements);
  Json json = Json::object();
  for (std::size_t at = 0; at < counts.size(); ++at)
    json[std::string(rules::kAccountNames[at])] = counts[at];
  return json;
}

Json json_of(const base::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  if (const auto* words = std::get_if<std::string>(&value)) return text(*words);
  if (const auto* blob = std::get_if<base::Blob>(&value)) return base::hex(blob->bytes);
  return nullptr;
}

Json json_of(const rules::ReferenceTable& table) {
  const auto row_of = [](const std::vector<base::Value>& row) {
    return array_of(row, [](const base::Value& value) { return json_of(value); });
  };
  return {{"id", text(table.id)},
          {"title", text(table.title)},
          {"lead", text(table.lead)},
          {"dates", table.dates},
          {"columns", texts(table.columns)},
          {"rows", array_of(table.rows, row_of)}};
}

Json counts_of(const rules::Assessment& assessment) {
  Json counts = Json::object();
  for (std::size_t at = 0; at < assessment.count.size(); ++at)
    counts[std::string(rules::kResultNames[at])] = assessment.count[at];
  counts["over_threshold"] = assessment.over_threshold;
  counts["waived"] = assessment.waived;
  counts["in_baseline"] = assessment.known;
  return counts;
}

Json json_of(const rules::Assessment& a) {
  const auto each = [](const auto& one) { return json_of(one); };
  return {{"schema", "assay-report/1"},
          {"tool", {{"name", "assay"}, {"version", text(a.tool_version)}}},
          {"host", text(a.host_name)},
          {"assessed", text(a.assessed)},
          {"as_of", text(a.as_of)},
          {"collected",
           {{"from", text(a.collected_from)},
            {"to", text(a.collected_to)},
            {"by", text(a.collected_by)}}},
          {"evidence", {{"file", text(a.evidence_name)}, {"sha256", text(a.evidence_digest)}}},
          {"packs", array_of(a.packs, each)},
          {"snapshot", json_of(a.snapshot)},
          {"threshold", text(a.threshold)},
          {"exit", {{"code", a.exit_code}, {"meaning", text(a.exit_meaning)}}},
          {"headline", text(a.headline)},
          {"shows", text(a.shows)},
          {"shows_not", text(a.shows_not)},
          {"statements", statements(a.statements)},
          {"counts", counts_of(a)},
          {"ladders", array_of(a.ladders, each)},
          {"next", array_of(a.next, each)},
          {"findings", array_of(a.findings, each)},
          {"claims", array_of(claims_put(a), [](const auto* one) { return json_of_claim(*one); })},
          {"requirements", array_of(a.requirements, each)},
          {"requirement_counts", account_counts_of(a)},
          {"attestations", array_of(a.attestations, each)},
          {"controls", array_of(a.controls, each)},
          {"tables", array_of(a.tables, each)},
          {"manual", statements(a.manual)},
          {"glossary", statements(a.glossary)}};
}

}  // namespace

std::string write_json(const rules::Assessment& assessment) {
  return json_of(assessment).dump(2) + "\n";
}

}  // namespace reports
