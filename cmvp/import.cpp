#include "cmvp/import.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "cmvp/algorithm_name.h"
#include "cmvp/field.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "evidence/base/time.h"

namespace cmvp {
namespace {

using nlohmann::json;

[[noreturn]] void reject(const std::string& why) { throw base::Error(base::ErrorKind::input, why); }

// Reads the fields of one record; what is odd goes to `left_out`.
class Record {
 public:
  Record(const json& object, std::size_t line, std::vector<LineNote>& left_out)
      : object_(object), line_(line), left_out_(left_out) {}

  std::string text(const char* field) const {
    const auto found = object_.find(field);
    if (found == object_.end() || found->is_null()) return {};
    if (!found->is_string()) return odd(field, "is no text"), std::string();
    return clean_field(limited(field, found->get_ref<const std::string&>()));
  }

  std::string date(const char* field) const {
    const std::string value = text(field);
    if (value.empty() || base::parse_date(value)) return value;
    odd(field, "is no date: " + value);
    return {};
  }

  std::optional<std::int64_t> integer(const char* field, std::int64_t low,
                                      std::int64_t high) const {
    const auto found = object_.find(field);
    if (found == object_.end() || found->is_null()) return std::nullopt;
    if (found->is_number_integer() && *found >= low && *found <= high)
      return found->get<std::int64_t>();
    odd(field, "is no number from " + std::to_string(low) + " to " + std::to_string(high));
    return std::nullopt;
  }

  std::vector<std::string> texts(const char* field) const {
    std::vector<std::string> result;
    for (const json& element : array(field)) {
      if (!element.is_string()) {
        odd(field, "has an element that is no text");
        continue;
      }
      std::string value = clean_field(limited(field, element.get_ref<const std::string&>()));
      if (!value.empty()) result.push_back(std::move(value));
    }
    return result;
  }

  std::vector<std::string> dates(const char* field) const {
    std::vector<std::string> result;
    for (std::string& value : texts(field)) {
      if (base::parse_date(value)) {
        result.push_back(std::move(value));
      } else {
        odd(field, "has no date: " + value);
      }
    }
    std::sort(result.begin(), result.end());
    return result;
  }

  // The elements of a list of objects; what is no object is left out.
  std::vector<json> objects(const char* field) const {
    std::vector<json> result;
    for (const json& element : array(field)) {
      if (element.is_object()) {
        result.push_back(element);
      } else {
        odd(field, "has an element that is no object");
      }
    }
    return result;
  }

  bool flag(const char* field) const {
    const auto found = object_.find(field);
    return found != object_.end() && found->is_boolean() && found->get<bool>();
  }

  const json& array(const char* field) const {
    static const json kEmpty = json::array();
    const auto found = object_.find(field);
    if (found == object_.end() || found->is_null()) return kEmpty;
    if (!found->is_array()) return odd(field, "is no list"), kEmpty;
    return *found;
  }

  void odd(const std::string& field, const std::string& what) const {
    left_out_.push_back({line_, field + " " + what});
  }

 private:
  static const std::string& limited(const std::string& field, const std::string& value) {
    if (value.size() > kFieldLimit)
      reject(field + " has " + std::to_string(value.size()) + " bytes, more than " +
             std::to_string(kFieldLimit));
    return value;
  }

  const json& object_;
  std::size_t line_;
  std::vector<LineNote>& left_out_;
};

bool sound_number(const json& value) {
  return value.is_number_integer() && value >= 1 && value <= kHighestNumber;
}

std::int64_t read_number(const json& object) {
  const auto found = object.find("number");
  if (found == object.end()) reject("no certificate number");
  if (!sound_number(*found))
    reject("certificate number is none from 1 to " + std::to_string(kHighestNumber));
  return found->get<std::int64_t>();
}

void read_status(const Record& record, Certificate& certificate) {
  certificate.status = record.text("status");
  certificate.status_as_of = record.text("status_as_of");
  if (certificate.status != "Active" && certificate.status != "Historical" &&
      certificate.status != "Revoked")
    reject("status is \"" + certificate.status + "\", not Active, Historical or Revoked");
  if (!base::parse_date(certificate.status_as_of))
    reject("status_as_of is no date: \"" + certificate.status_as_of + "\"");
  certificate.became_historical_by = record.date("became_historical_by");
  certificate.earlier_status = record.text("status_2026_04_15");
  if (!certificate.earlier_status.empty()) certificate.earlier_status_as_of = "2026-04-15";
}

// A protected mail address that a web page hides is not the name of a vendor.
std::string read_vendor(const Record& record) {
  std::string vendor = record.text("vendor");
  if (!is_hidden_mail(vendor)) return vendor;
  record.odd("vendor", "is a hidden mail address: " + vendor);
  return {};
}

std::string version_kind(const std::string& word) {
  if (word == "hw") return "hardware";
  if (word == "fw") return "firmware";
  if (word == "library") return "software";
  if (word == "software" || word == "firmware" || word == "hardware" || word == "module")
    return word;
  return "unlabelled";
}

void add_version(Certificate& certificate, const std::string& kind, const std::string& value,
                 const char* origin) {
  if (value.empty() || value == "N/A") return;
  for (const RecordedVersion& known : certificate.recorded_versions)
    if (known.text == value && known.origin == origin) return;
  certificate.recorded_versions.push_back({kind, value, origin});
}

// What a text field of an object inside a list says; "" where it is absent or no text.
std::string inner_text(const json& object, const char* field) {
  const auto found = object.find(field);
  if (found == object.end() || !found->is_string()) return {};
  const auto& value = found->get_ref<const std::string&>();
  return value.size() > kFieldLimit ? std::string() : clean_field(value);
}

void read_versions(const Record& record, Certificate& certificate) {
  for (const char* kind : {"software", "firmware", "hardware"}) {
    const std::string field = std::string(kind) + "_versions";
    // The page's list was cut at every comma, footnotes included; joined it reads as it stood.
    add_version(certificate, kind, base::join(record.texts(field.c_str()), ", "),
                "certificate page");
  }
  for (const json& version : record.objects("versions_from_security_policy"))
    add_version(certificate, version_kind(inner_text(version, "kind")), inner_text(version, "text"),
                "security policy");
  // Tables of a Security Policy are read by column, and a software module has no firmware.
  const bool software = certificate.module_type == "Software";
  for (const json& row : record.objects("configurations_from_security_policy"))
    for (const std::string kind : {"software", "firmware", "hardware"})
      add_version(certificate, software && kind == "firmware" ? "software" : kind,
                  inner_text(row, (kind + "Version").c_str()), "security policy");
}

// In the wording of certificate pages: "OS on hypervisor running on platform with processor with
// PAA".
std::string environment_text(const json& row) {
  const std::string system = inner_text(row, "operatingSystem");
  const std::string platform = inner_text(row, "hardwarePlatform");
  const std::string hypervisor = inner_text(row, "hypervisor");
  const std::string processor = inner_text(row, "processor");
  const std::string acceleration = base::lower(inner_text(row, "paaPai"));
  if (system.empty()) return {};
  std::string result = system;
  if (!hypervisor.empty() && hypervisor != "N/A") result += " on " + hypervisor;
  if (!platform.empty()) result += " running on " + platform;
  if (!processor.empty()) result += " with " + processor;
  if (acceleration.starts_with("no") || acceleration.starts_with("without"))
    return result + " without PAA";
  return acceleration.empty() || acceleration == "n/a" ? result : result + " with PAA";
}

void read_environments(const Record& record, Certificate& certificate) {
  for (std::string& text : record.texts("tested_configurations"))
    if (base::lower(text) != "n/a")
      certificate.environments.push_back({std::move(text), "certificate page"});
  for (const json& row : record.objects("configurations_from_security_policy")) {
    ListedEnvironment listed{environment_text(row), "security policy"};
    const bool known =
        std::any_of(certificate.environments.begin(), certificate.environments.end(),
                    [&](const ListedEnvironment& other) { return other.text == listed.text; });
    if (!listed.text.empty() && !known) certificate.environments.push_back(std::move(listed));
  }
}

void read_relations(const Record& record, Certificate& certificate) {
  for (const json& relation : record.objects("relations")) {
    const auto other = relation.find("certificate");
    const std::string type = inner_text(relation, "type");
    if (type.empty() || other == relation.end() || !sound_number(*other)) {
      record.odd("relations", "has one without type or certificate");
      continue;
    }
    certificate.relations.push_back({type, other->get<std::int64_t>()});
  }
  for (const json& other : record.array("superseded_by_inferred"))
    if (sound_number(other))
      certificate.relations.push_back({"superseded_by_inferred", other.get<std::int64_t>()});
}

// "AES-CBC A4809" on one line for each validation becomes one algorithm with all of them.
void read_algorithms(const Record& record, Certificate& certificate) {
  std::size_t pieces = 0;
  for (const std::string& text : record.texts("approved_algorithms")) {
    const auto read = read_algorithm(text);
    if (!read) {
      ++pieces;
      continue;
    }
    const auto known = std::find_if(certificate.algorithms.begin(), certificate.algorithms.end(),
                                    [&](const Algorithm& each) { return each.name == read->name; });
    if (known == certificate.algorithms.end()) {
      certificate.algorithms.push_back(*read);
    } else if (!read->validation.empty()) {
      known->validation += (known->validation.empty() ? "" : " ") + read->validation;
    }
  }
  if (pieces > 0)
    record.odd("approved_algorithms",
               "has " + std::to_string(pieces) + " pieces of text that name no algorithm");
  if (certificate.algorithms.empty()) return;
  const bool whole = record.flag("algorithms_complete") && pieces == 0;
  certificate.algorithms_read = whole ? "whole" : "partly";
}

void read_page_details(const Record& record, Certificate& certificate) {
  read_algorithms(record, certificate);
  certificate.caveat = record.text("caveat");
  certificate.cavp_numbers = record.texts("cavp_certificates");
  certificate.parameter_sets = record.texts("pqc_parameter_sets");
  if (std::string entropy = record.text("entropy"); !entropy.empty())
    certificate.entropy.push_back(std::move(entropy));
  for (const json& each : record.objects("level_exceptions")) {
    LevelException exception{inner_text(each, "area"), inner_text(each, "level")};
    if (exception.area.empty() || exception.level.empty()) {
      record.odd("level_exceptions", "has one without area or level");
    } else {
      certificate.level_exceptions.push_back(std::move(exception));
    }
  }
  for (std::string& digest : record.texts("file_digests")) {
    digest = base::lower(digest);
    if (digest.size() == 64 && digest.find_first_not_of("0123456789abcdef") == std::string::npos) {
      certificate.file_digests.push_back(std::move(digest));
    } else {
      record.odd("file_digests", "has no SHA-256: " + digest.substr(0, 80));
    }
  }
  // The newest validation comes last.
  for (const json& each : record.objects("validation_history"))
    if (std::string laboratory = inner_text(each, "lab"); !laboratory.empty())
      certificate.laboratory = std::move(laboratory);
}

Certificate read_certificate(const json& object, std::size_t line,
                             std::vector<LineNote>& left_out) {
  if (!object.is_object()) reject("no JSON object");
  const Record record(object, line, left_out);
  Certificate certificate;
  certificate.number = read_number(object);
  read_status(record, certificate);
  certificate.vendor = read_vendor(record);
  certificate.name = record.text("name");
  certificate.standard = record.text("standard");
  certificate.validation_dates = record.dates("validation_dates");
  certificate.sunset_date = record.date("sunset_date");
  certificate.sunset_as_of = record.date("sunset_as_of");
  certificate.overall_level = record.integer("overall_level", 1, 4);
  certificate.module_type = record.text("module_type");
  certificate.embodiment = record.text("embodiment");
  certificate.caveat_flags = record.texts("caveat_flags");
  read_versions(record, certificate);
  read_environments(record, certificate);
  read_relations(record, certificate);
  read_page_details(record, certificate);
  return certificate;
}

// The next line of at most kLineLimit bytes; of a longer one only the beginning is kept.
bool next_line(std::istream& input, std::string& line, bool& too_long) {
  line.clear();
  too_long = false;
  if (input.peek() == std::istream::traits_type::eof()) return false;
  for (char c = 0; input.get(c) && c != '\n';) {
    if (line.size() < kLineLimit) {
      line += c;
    } else {
      too_long = true;
    }
  }
  return true;
}

}  // namespace

Import import_json_lines(std::istream& input) {
  Import result;
  std::map<std::int64_t, std::size_t> line_of;
  std::string text;
  bool too_long = false;
  for (std::size_t line = 1; next_line(input, text, too_long); ++line) {
    if (base::trim(text).empty()) continue;
    std::vector<LineNote> left_out;
    try {
      if (too_long) reject("longer than " + std::to_string(kLineLimit) + " bytes");
      const json object = json::parse(text, nullptr, false);
      if (object.is_discarded()) reject("no JSON");
      Certificate certificate = read_certificate(object, line, left_out);
      const auto [first, fresh] = line_of.emplace(certificate.number, line);
      if (!fresh)
        reject("certificate #" + std::to_string(certificate.number) + " again, first on line " +
               std::to_string(first->second));
      result.certificates.push_back(std::move(certificate));
      result.left_out.insert(result.left_out.end(), left_out.begin(), left_out.end());
    } catch (const base::Error& error) {
      result.rejected.push_back({line, error.what()});
    }
  }
  std::sort(result.certificates.begin(), result.certificates.end(),
            [](const Certificate& a, const Certificate& b) { return a.number < b.number; });
  return result;
}

}  // namespace cmvp
