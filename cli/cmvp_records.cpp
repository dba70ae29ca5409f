#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "cli/cmvp_subcommand.h"
#include "cli/exit_code.h"
#include "cmvp/record_search.h"
#include "cmvp/snapshot.h"
#include "evidence/base/text.h"

namespace cli {
namespace {

constexpr std::int64_t kShown = 50;

std::string text_of(const base::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  const auto* text = std::get_if<std::string>(&value);
  return text == nullptr ? "" : base::printable(*text);
}

std::string label_of(std::string column) {
  for (char& c : column)
    if (c == '_') c = ' ';
  return column;
}

void print_record(const cmvp::FoundRecord& record, std::ostream& out) {
  bool first = true;
  for (const auto& [column, value] : record.columns) {
    if (first)
      out << text_of(value) << "\n";
    else
      out << fmt::format("  {:<20} {}\n", label_of(column), text_of(value));
    first = false;
  }
}

bool is_choice_of(const cmvp::RequirementSelection& choice,
                  const cmvp::SecurityRequirement& requirement) {
  return choice.component == requirement.component && choice.element == requirement.element;
}

void print_requirements(const cmvp::ProfileDocument& document, std::ostream& out) {
  for (const cmvp::SecurityRequirement& each : document.requirements) {
    out << fmt::format("\n{}.{}  {}{}\n", each.component, each.element, base::printable(each.name),
                       each.status.empty() ? "" : " (" + base::printable(each.status) + ")");
    out << "  " << base::printable(each.text) << "\n";
    for (const cmvp::RequirementSelection& choice : document.selections)
      if (is_choice_of(choice, each))
        out << fmt::format("  - {}{}\n", base::printable(choice.text),
                           choice.exclusive ? " (alone)" : "");
  }
}

nlohmann::ordered_json requirements_json(const cmvp::ProfileDocument& document) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const cmvp::SecurityRequirement& each : document.requirements) {
    nlohmann::ordered_json json = {{"component", each.component},
                                   {"element", each.element},
                                   {"name", each.name},
                                   {"status", each.status},
                                   {"text", each.text}};
    for (const cmvp::RequirementSelection& choice : document.selections)
      if (is_choice_of(choice, each))
        json["choices"].push_back({{"selectable", choice.selectable},
                                   {"exclusive", choice.exclusive},
                                   {"text", choice.text}});
    list.push_back(std::move(json));
  }
  return list;
}

nlohmann::ordered_json record_json(const cmvp::FoundRecord& record) {
  nlohmann::ordered_json json;
  for (const auto& [column, value] : record.columns)
    if (const auto* number = std::get_if<std::int64_t>(&value))
      json[column] = *number;
    else
      json[column] = std::get<std::string>(value);
  return json;
}

void print_list(const base::Database& snapshot, const std::vector<cmvp::FoundRecord>& found,
                const std::vector<std::int64_t>& certificates, bool profiles, std::ostream& out) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const cmvp::FoundRecord& each : found) {
    list.push_back(record_json(each));
    if (profiles)
      list.back()["requirements"] =
          requirements_json(cmvp::profile_requirements(snapshot, each.id));
    if (!certificates.empty()) list.back()["certificates"] = certificates;
  }
  print_json(list, out);
}

// Certificates that name the validation asked for, whether or not the snapshot holds it.
std::vector<std::int64_t> naming(const base::Database& snapshot, const cmvp::RecordKind& kind,
                                 const std::vector<std::string>& words) {
  if (kind.name != "cavp" || words.size() != 1) return {};
  return cmvp::certificates_naming(snapshot, words.front());
}

void print_naming(const std::string& word, const std::vector<std::int64_t>& certificates,
                  std::ostream& out) {
  if (certificates.empty()) return;
  std::vector<std::string> numbers;
  for (const std::int64_t number : certificates) numbers.push_back("#" + std::to_string(number));
  out << fmt::format("{} is named by {}\n", base::printable(word), base::join(numbers, ", "));
}

// What to do where a snapshot holds nothing of the kind.
std::string none_words(const base::Database& snapshot, const cmvp::RecordKind& kind) {
  if (cmvp::count_records(snapshot, kind) > 0) return "";
  return fmt::format(
      "assay: this snapshot holds no {}; assay cmvp import takes their pages, and assay cmvp list "
      "shows what each snapshot holds\n",
      kind.noun);
}

}  // namespace

int cmvp_records(const Invocation& invocation, Terminal& terminal) {
  const cmvp::RecordKind& kind = cmvp::record_kind(invocation.words().front());
  const base::Database snapshot = chosen_snapshot(invocation);
  const std::vector<std::string> words(invocation.words().begin() + 1, invocation.words().end());
  const auto limit = static_cast<std::size_t>(count_given(invocation, "limit", kShown));
  const auto found = cmvp::find_records(snapshot, kind, base::join(words, " "), limit);
  const auto certificates = naming(snapshot, kind, words);
  const bool profiles = kind.name == "profiles";
  if (format_is(invocation, "json", "text json")) {
    print_list(snapshot, found, certificates, profiles, terminal.out);
  } else {
    for (const cmvp::FoundRecord& each : found) print_record(each, terminal.out);
    if (profiles && found.size() == 1)
      print_requirements(cmvp::profile_requirements(snapshot, found[0].id), terminal.out);
    print_naming(words.empty() ? "" : words.front(), certificates, terminal.out);
    terminal.out << fmt::format("{}{} {} found in the {}\n", found.empty() ? "" : "\n",
                                found.size(), kind.noun, snapshot_lead(snapshot));
  }
  terminal.err << none_words(snapshot, kind);
  return found.empty() ? kUndetermined : kHolds;
}

}  // namespace cli
