#include <algorithm>
#include <array>

#include "cmvp/snapshot.h"
#include "evidence/base/csv.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "evidence/base/time.h"

namespace cmvp {
namespace {

enum Cell : std::size_t {
  kNumber,
  kVendor,
  kName,
  kStandard,
  kStatus,
  kStatusAsOf,
  kEarlierStatus,
  kEarlierStatusAsOf,
  kBecameHistoricalBy,
  kValidationDates,
  kSunsetDate,
  kSunsetAsOf,
  kOverallLevel,
  kModuleType,
  kEmbodiment,
  kPageVersions,
  kPolicyVersions,
  kRelations,
  kCaveatFlags,
  kPageConfigurations,
  kPolicyConfigurations,
  kCaveat,
  kLaboratory,
  kAlgorithms,
  kAlgorithmsRead,
  kCavpNumbers,
  kParameterSets,
  kEntropy,
  kLevelExceptions,
  kFileDigests,
  kCells,
  // A text of an earlier version ends here or later; the last column is there if it has something.
  kFirstCells = kCaveat
};

constexpr std::array<const char*, kCells> kHeader = {"number",
                                                     "vendor",
                                                     "name",
                                                     "standard",
                                                     "status",
                                                     "status_as_of",
                                                     "earlier_status",
                                                     "earlier_status_as_of",
                                                     "became_historical_by",
                                                     "validation_dates",
                                                     "sunset_date",
                                                     "sunset_as_of",
                                                     "overall_level",
                                                     "module_type",
                                                     "embodiment",
                                                     "page_versions",
                                                     "policy_versions",
                                                     "relations",
                                                     "caveat_flags",
                                                     "page_configurations",
                                                     "policy_configurations",
                                                     "caveat",
                                                     "laboratory",
                                                     "algorithms",
                                                     "algorithms_read",
                                                     "cavp_numbers",
                                                     "parameter_sets",
                                                     "entropy",
                                                     "level_exceptions",
                                                     "file_digests"};

constexpr const char* kPage = "certificate page";
constexpr const char* kPolicy = "security policy";

std::vector<std::string> list(const std::string& cell) {
  std::vector<std::string> result;
  if (cell.empty()) return result;
  for (const auto part : base::split(cell, '|')) result.emplace_back(part);
  return result;
}

std::string versions_cell(const Certificate& certificate, std::string_view origin) {
  std::vector<std::string> parts;
  for (const RecordedVersion& version : certificate.recorded_versions)
    if (version.origin == origin) parts.push_back(version.kind + ": " + version.text);
  return base::join(parts, "|");
}

std::string environments_cell(const Certificate& certificate, std::string_view origin) {
  std::vector<std::string> parts;
  for (const ListedEnvironment& environment : certificate.environments)
    if (environment.origin == origin) parts.push_back(environment.text);
  return base::join(parts, "|");
}

std::string algorithms_cell(const Certificate& c) {
  std::vector<std::string> parts;
  for (const Algorithm& each : c.algorithms) parts.push_back(each.validation + ": " + each.name);
  return base::join(parts, "|");
}

std::string level_exceptions_cell(const Certificate& c) {
  std::vector<std::string> parts;
  for (const LevelException& each : c.level_exceptions)
    parts.push_back(each.area + ": " + each.level);
  return base::join(parts, "|");
}

std::vector<std::string> cells(const Certificate& c) {
  std::vector<std::string> relations;
  for (const Relation& relation : c.relations)
    relations.push_back(relation.type + ": " + std::to_string(relation.other));
  std::vector<std::string> row(kCells);
  row[kNumber] = std::to_string(c.number);
  row[kVendor] = c.vendor;
  row[kName] = c.name;
  row[kStandard] = c.standard;
  row[kStatus] = c.status;
  row[kStatusAsOf] = c.status_as_of;
  row[kEarlierStatus] = c.earlier_status;
  row[kEarlierStatusAsOf] = c.earlier_status_as_of;
  row[kBecameHistoricalBy] = c.became_historical_by;
  row[kValidationDates] = base::join(c.validation_dates, "|");
  row[kSunsetDate] = c.sunset_date;
  row[kSunsetAsOf] = c.sunset_as_of;
  row[kOverallLevel] = c.overall_level ? std::to_string(*c.overall_level) : "";
  row[kModuleType] = c.module_type;
  row[kEmbodiment] = c.embodiment;
  row[kPageVersions] = versions_cell(c, kPage);
  row[kPolicyVersions] = versions_cell(c, kPolicy);
  row[kRelations] = base::join(relations, "|");
  row[kCaveatFlags] = base::join(c.caveat_flags, "|");
  row[kPageConfigurations] = environments_cell(c, kPage);
  row[kPolicyConfigurations] = environments_cell(c, kPolicy);
  row[kCaveat] = c.caveat;
  row[kLaboratory] = c.laboratory;
  row[kAlgorithms] = algorithms_cell(c);
  row[kAlgorithmsRead] = c.algorithms_read;
  row[kCavpNumbers] = base::join(c.cavp_numbers, "|");
  row[kParameterSets] = base::join(c.parameter_sets, "|");
  row[kEntropy] = base::join(c.entropy, "|");
  row[kLevelExceptions] = level_exceptions_cell(c);
  row[kFileDigests] = base::join(c.file_digests, "|");
  return row;
}

[[noreturn]] void fail(const std::string& where, const std::string& why) {
  throw base::Error(base::ErrorKind::input, where + ": " + why);
}

// The parts of "kind: text".
std::pair<std::string, std::string> labelled(const std::string& element, const std::string& where) {
  const auto colon = element.find(": ");
  if (colon == std::string::npos) fail(where, "no \"kind: value\" in \"" + element + "\"");
  return {element.substr(0, colon), element.substr(colon + 2)};
}

std::int64_t number(const std::string& text, const std::string& where) {
  const auto value = base::parse_integer(text);
  if (!value || *value < 1) fail(where, "\"" + text + "\" is no positive number");
  return *value;
}

std::string date(const std::string& text, const std::string& where) {
  if (!text.empty() && !base::parse_date(text)) fail(where, "\"" + text + "\" is no date");
  return text;
}

void read_lists(const std::vector<std::string>& row, const std::string& where, Certificate& c) {
  for (const auto& [cell, origin] : {std::pair{kPageVersions, kPage}, {kPolicyVersions, kPolicy}})
    for (const std::string& element : list(row[cell])) {
      const auto [kind, text] = labelled(element, where);
      c.recorded_versions.push_back({kind, text, origin});
    }
  for (const auto& [cell, origin] :
       {std::pair{kPageConfigurations, kPage}, {kPolicyConfigurations, kPolicy}})
    for (const std::string& element : list(row[cell])) c.environments.push_back({element, origin});
  for (const std::string& element : list(row[kRelations])) {
    const auto [type, other] = labelled(element, where);
    c.relations.push_back({type, number(other, where)});
  }
  for (const std::string& day : list(row[kValidationDates]))
    c.validation_dates.push_back(date(day, where));
  c.caveat_flags = list(row[kCaveatFlags]);
}

void read_page_cells(const std::vector<std::string>& row, const std::string& where,
                     Certificate& c) {
  c.caveat = row[kCaveat];
  c.laboratory = row[kLaboratory];
  for (const std::string& element : list(row[kAlgorithms])) {
    auto [validation, name] = labelled(element, where);
    c.algorithms.push_back({std::move(name), std::move(validation)});
  }
  c.algorithms_read = row[kAlgorithmsRead];
  c.cavp_numbers = list(row[kCavpNumbers]);
  c.parameter_sets = list(row[kParameterSets]);
  c.entropy = list(row[kEntropy]);
  c.file_digests = list(row[kFileDigests]);
  for (const std::string& element : list(row[kLevelExceptions])) {
    auto [area, level] = labelled(element, where);
    c.level_exceptions.push_back({std::move(area), std::move(level)});
  }
}

Certificate certificate(const std::vector<std::string>& row, const std::string& where) {
  Certificate c;
  c.number = number(row[kNumber], where);
  c.vendor = row[kVendor];
  c.name = row[kName];
  c.standard = row[kStandard];
  c.status = row[kStatus];
  c.status_as_of = date(row[kStatusAsOf], where);
  c.earlier_status = row[kEarlierStatus];
  c.earlier_status_as_of = date(row[kEarlierStatusAsOf], where);
  c.became_historical_by = date(row[kBecameHistoricalBy], where);
  c.sunset_date = date(row[kSunsetDate], where);
  c.sunset_as_of = date(row[kSunsetAsOf], where);
  if (!row[kOverallLevel].empty()) c.overall_level = number(row[kOverallLevel], where);
  c.module_type = row[kModuleType];
  c.embodiment = row[kEmbodiment];
  if (c.status.empty() || c.status_as_of.empty()) fail(where, "a status with its date is missing");
  read_lists(row, where, c);
  read_page_cells(row, where, c);
  return c;
}

}  // namespace

SnapshotHeader read_header(std::string_view text, const std::string& origin) {
  SnapshotHeader header;
  for (const auto line : base::lines(text)) {
    const auto [name, value] = labelled(std::string(line), origin);
    if (name == "taken_at") {
      header.taken_at = date(value, origin);
    } else if (name == "source") {
      header.source = value;
    } else if (name == "certificates") {
      header.certificates = number(value, origin);
    } else {
      fail(origin, "no line \"" + name + "\" is known; taken_at, source, certificates are");
    }
  }
  if (header.taken_at.empty() || header.source.empty() || header.certificates == 0)
    fail(origin, "one of the lines taken_at, source, certificates is missing");
  return header;
}

std::string write_header(const SnapshotHeader& header) {
  return "taken_at: " + header.taken_at + "\nsource: " + header.source +
         "\ncertificates: " + std::to_string(header.certificates) + '\n';
}

void make_compact(std::vector<Certificate>& certificates) {
  for (Certificate& each : certificates)
    if (each.status != "Active") each.caveat.clear();
}

void write_csv(std::span<const Certificate> certificates,
               const std::function<void(const std::string&)>& line) {
  const bool digests = std::any_of(certificates.begin(), certificates.end(),
                                   [](const Certificate& c) { return !c.file_digests.empty(); });
  const std::size_t columns = digests ? kCells : kFileDigests;
  line(base::csv_line({kHeader.begin(), kHeader.begin() + columns}));
  for (const Certificate& each : certificates) {
    auto row = cells(each);
    row.resize(columns);
    line(base::csv_line(row));
  }
}

std::string write_csv(std::span<const Certificate> certificates) {
  std::string text;
  write_csv(certificates, [&](const std::string& line) { text += line; });
  return text;
}

std::vector<Certificate> read_csv(std::string_view text, const std::string& origin) {
  base::Csv csv = base::parse_csv(text, origin);
  const std::size_t columns = csv.header.size();
  if (columns < kFirstCells || columns > kCells ||
      !std::equal(csv.header.begin(), csv.header.end(), kHeader.begin()))
    fail(origin + ":1", "not the columns of a snapshot; make it with the importer");
  std::vector<Certificate> result;
  result.reserve(csv.rows.size());
  for (auto& row : csv.rows) {
    row.resize(kCells);
    result.push_back(certificate(row, origin + ":" + std::to_string(result.size() + 2)));
  }
  return result;
}

}  // namespace cmvp
