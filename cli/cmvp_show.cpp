#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "cli/cmvp_subcommand.h"
#include "cli/exit_code.h"
#include "cmvp/bindings.h"
#include "cmvp/caveat.h"
#include "cmvp/entropy_certificates.h"
#include "cmvp/lookup.h"
#include "cmvp/status.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace cli {
namespace {

constexpr std::size_t kEnvironmentsShown = 12;
constexpr std::size_t kNumbersShown = 12;

std::int64_t number_given(const Invocation& invocation) {
  const auto number = invocation.words().size() == 2 ? base::parse_integer(invocation.words()[1])
                                                     : std::optional<std::int64_t>();
  if (!number)
    throw base::Error(base::ErrorKind::usage,
                      "a certificate number is needed, e.g. assay cmvp show 4985");
  return *number;
}

int not_there(std::int64_t number, const base::Database& snapshot, Terminal& terminal) {
  terminal.err << fmt::format("assay: no certificate #{} in the {}\n", number,
                              snapshot_lead(snapshot));
  return kUndetermined;
}

void print_line(std::string_view name, const std::string& value, std::ostream& out) {
  if (!value.empty()) out << fmt::format("  {:<14} {}\n", name, base::printable(value));
}

std::string sunset_words(const cmvp::Certificate& c, const cmvp::CertificateStatus& status) {
  if (!status.sunset_passed) return "not known";
  return c.sunset_date + (*status.sunset_passed ? ", passed" : ", ahead") + " (last seen " +
         c.sunset_as_of + "; says nothing about the status)";
}

// "#4725 SUSE … (Historical)" with the status on `as_of`.
std::string named(std::int64_t number, cmvp::Certificates& certificates, const std::string& as_of) {
  const cmvp::Certificate* other = certificates.find(number);
  if (other == nullptr) return fmt::format("#{} (not in the snapshot)", number);
  return fmt::format("#{} {} ({})", number, other->name, cmvp::status_as_of(*other, as_of).status);
}

// The heading under which a relation of this certificate, or of another to it, is printed.
std::string heading(const std::string& type, bool to_this) {
  if (type == "operates_with") return to_this ? "used by" : "operates with";
  if (type == "embeds") return to_this ? "embedded in" : "embeds";
  if (type.starts_with("derived_from")) return to_this ? "re-branded as" : "re-brand of";
  if (type == "superseded_by_inferred") return to_this ? "successor of" : "successor";
  return to_this ? "mentioned by" : "mentions";
}

std::string mark(const std::string& type) {
  return type.ends_with("_inferred") ? ", inferred: not said by CMVP" : "";
}

void print_relations(const cmvp::Certificate& c, const base::Database& snapshot,
                     cmvp::Certificates& certificates, const std::string& as_of,
                     std::ostream& out) {
  for (const cmvp::Relation& relation : c.relations)
    print_line(heading(relation.type, false),
               named(relation.other, certificates, as_of) + mark(relation.type), out);
  for (const cmvp::Binding& each : cmvp::bindings_of(c.number, certificates))
    if (each.depth > 1)
      print_line("rests on",
                 named(each.bound, certificates, as_of) + fmt::format(", through #{}", each.via),
                 out);
  for (const auto& [number, type] : cmvp::relations_to(snapshot, c.number))
    print_line(heading(type, true), named(number, certificates, as_of) + mark(type), out);
}

void print_environments(const cmvp::Certificate& c, std::ostream& out) {
  for (std::size_t i = 0; i < c.environments.size() && i < kEnvironmentsShown; ++i)
    print_line("environment", c.environments[i].text + " (" + c.environments[i].origin + ")", out);
  if (c.environments.size() > kEnvironmentsShown)
    print_line("",
               fmt::format("… and {} more; --format json has all",
                           c.environments.size() - kEnvironmentsShown),
               out);
}

// At most `kNumbersShown` of them, and how many more there are.
std::string some_of(const std::vector<std::string>& items) {
  const std::size_t shown = std::min(items.size(), kNumbersShown);
  std::string text = base::join({items.begin(), items.begin() + static_cast<long>(shown)}, ", ");
  if (items.size() > shown)
    text += fmt::format(" … and {} more; --format json has all", items.size() - shown);
  return text;
}

// "[1]: firmware 10.2.8-h4, hardware 910-000102 with Physical Kit 920-000112"
std::string combination_words(const cmvp::VersionCombination& combination) {
  std::vector<std::string> parts;
  for (const cmvp::Version& each : combination.versions)
    parts.push_back(each.kind + " " + each.component + (each.component.empty() ? "" : " ") +
                    each.text);
  return (combination.mark.empty() ? "" : "[" + combination.mark + "]: ") + some_of(parts);
}

void print_combinations(const cmvp::Certificate& c, std::ostream& out) {
  for (std::size_t i = 0; i < c.combinations.size() && i < kNumbersShown; ++i)
    print_line("together", combination_words(c.combinations[i]), out);
  if (c.combinations.size() > kNumbersShown)
    print_line(
        "",
        fmt::format("… and {} more; --format json has all", c.combinations.size() - kNumbersShown),
        out);
}

std::string algorithms_words(const cmvp::Certificate& c) {
  if (c.algorithms.empty()) return "not known to the snapshot, which says nothing about them";
  std::vector<std::string> names;
  for (const cmvp::Algorithm& each : c.algorithms) names.push_back(each.name);
  return base::join(names, ", ") +
         (c.algorithms_read == "whole"
              ? ""
              : " (the list was not read whole: what is missing here says nothing)");
}

// The entropy certificates that `c` names, each once.
std::vector<std::int64_t> entropy_named(const cmvp::Certificate& c) {
  return cmvp::entropy_numbers(base::join(c.entropy, " ; "));
}

// The parts that are known, with `separator` between them.
std::string known_parts(std::vector<std::string> parts, std::string_view separator) {
  std::erase(parts, "");
  return base::join(parts, std::string(separator));
}

// What the snapshot holds of the entropy certificates and CAVP validations that `c` names.
void print_entropy(const cmvp::Certificate& c, const base::Database& snapshot, std::ostream& out) {
  for (const std::int64_t number : entropy_named(c)) {
    const auto found = cmvp::find_entropy_certificate(snapshot, number);
    print_line(
        "",
        found ? fmt::format(
                    "E{}: {}", number,
                    known_parts({found->name, found->vendor, "noise source " + found->noise_source,
                                 found->reuse_status, base::join(found->validation_dates, " ")},
                                "; "))
              : fmt::format("E{}: not in the snapshot", number),
        out);
  }
}

void print_validations(const cmvp::Certificate& c, const base::Database& snapshot,
                       std::ostream& out) {
  std::size_t shown = 0;
  for (const std::string& number : c.cavp_numbers)
    for (const cmvp::AlgorithmValidation& each : cmvp::find_algorithm_validations(snapshot, number))
      if (++shown <= kNumbersShown)
        print_line(
            "",
            each.number + ": " +
                known_parts(
                    {known_parts({each.product, each.version}, " "), each.vendor, each.date}, "; "),
            out);
}

void print_algorithms(const cmvp::Certificate& c, const base::Database& snapshot,
                      std::ostream& out) {
  print_line("algorithms", algorithms_words(c), out);
  print_line("post-quantum", base::join(c.parameter_sets, ", "), out);
  print_line("CAVP", some_of(c.cavp_numbers), out);
  print_validations(c, snapshot, out);
  print_line("entropy", base::join(c.entropy, ", "), out);
  print_entropy(c, snapshot, out);
}

nlohmann::ordered_json entropy_json(std::int64_t number, const base::Database& snapshot) {
  nlohmann::ordered_json json = {{"number", "E" + std::to_string(number)}};
  const auto found = cmvp::find_entropy_certificate(snapshot, number);
  json["in_snapshot"] = found.has_value();
  if (!found) return json;
  json["name"] = found->name;
  json["vendor"] = found->vendor;
  json["noise_source"] = found->noise_source;
  json["reuse_status"] = found->reuse_status;
  json["validation_dates"] = found->validation_dates;
  return json;
}

void add_joined(const cmvp::Certificate& c, const base::Database& snapshot,
                nlohmann::ordered_json& json) {
  for (const std::int64_t number : entropy_named(c))
    json["entropy_certificates"].push_back(entropy_json(number, snapshot));
  for (const std::string& number : c.cavp_numbers)
    for (const cmvp::AlgorithmValidation& each : cmvp::find_algorithm_validations(snapshot, number))
      json["algorithm_validations"].push_back({{"number", each.number},
                                               {"product", each.product},
                                               {"version", each.version},
                                               {"vendor", each.vendor},
                                               {"date", each.date}});
}

void print_page(const cmvp::Certificate& c, const base::Database& snapshot,
                cmvp::Certificates& certificates, const std::string& as_of, std::ostream& out) {
  const cmvp::CertificateStatus status = cmvp::status_as_of(c, as_of);
  out << fmt::format("Certificate #{}: {}\n", c.number,
                     c.name.empty() ? "(no name)" : base::printable(c.name));
  print_line("vendor", c.vendor, out);
  print_line("standard", c.standard, out);
  print_line("status", status.status + " as of " + as_of, out);
  print_line("", status.reason, out);
  print_line("sunset", sunset_words(c, status), out);
  print_line("level", c.overall_level ? std::to_string(*c.overall_level) : "", out);
  for (const cmvp::LevelException& each : c.level_exceptions)
    print_line("", each.area + ": " + each.level, out);
  print_line("type", c.module_type, out);
  print_line("embodiment", c.embodiment, out);
  print_line("validated", base::join(c.validation_dates, ", "), out);
  print_line("laboratory", c.laboratory, out);
  for (const auto& version : c.versions)
    print_line("version", version.text + " (" + version.kind + ", " + version.origin + ")", out);
  if (c.versions.empty()) print_line("version", "not known to the snapshot", out);
  print_combinations(c, out);
  for (const std::string& flag : c.caveat_flags)
    print_line("caveat", cmvp::caveat_words(flag), out);
  print_line("in its words", c.caveat, out);
  print_algorithms(c, snapshot, out);
  print_relations(c, snapshot, certificates, as_of, out);
  print_environments(c, out);
}

nlohmann::ordered_json page_json(const cmvp::Certificate& c, const base::Database& snapshot,
                                 cmvp::Certificates& certificates, const std::string& as_of) {
  const cmvp::CertificateStatus status = cmvp::status_as_of(c, as_of);
  nlohmann::ordered_json json = certificate_json(c);
  json["as_of"] = {{"date", as_of}, {"status", status.status}, {"reason", status.reason}};
  if (status.sunset_passed) json["as_of"]["sunset_passed"] = *status.sunset_passed;
  for (const cmvp::Binding& each : cmvp::bindings_of(c.number, certificates)) {
    const cmvp::Certificate* bound = certificates.find(each.bound);
    json["rests_on"].push_back(
        {{"certificate", each.bound},
         {"type", each.type},
         {"through", each.via},
         {"steps", each.depth},
         {"inferred", each.inferred},
         {"status", bound == nullptr ? "unknown" : cmvp::status_as_of(*bound, as_of).status}});
  }
  for (const auto& [number, type] : cmvp::relations_to(snapshot, c.number))
    json["related_from"].push_back({{"certificate", number}, {"type", type}});
  add_joined(c, snapshot, json);
  return json;
}

}  // namespace

int cmvp_show(const Invocation& invocation, Terminal& terminal) {
  const base::Database snapshot = chosen_snapshot(invocation);
  const std::int64_t number = number_given(invocation);
  const std::string as_of = as_of_or_taken_at(invocation, snapshot);
  const bool json = format_is(invocation, "json", "text json");
  cmvp::Certificates certificates(snapshot);
  const cmvp::Certificate* certificate = certificates.find(number);
  if (certificate == nullptr) return not_there(number, snapshot, terminal);
  if (json) {
    print_json(page_json(*certificate, snapshot, certificates, as_of), terminal.out);
  } else {
    print_page(*certificate, snapshot, certificates, as_of, terminal.out);
    terminal.out << "\n" << snapshot_lead(snapshot) << "\n";
  }
  return kHolds;
}

int cmvp_status(const Invocation& invocation, Terminal& terminal) {
  const base::Database snapshot = chosen_snapshot(invocation);
  const std::int64_t number = number_given(invocation);
  const std::string date = as_of_or_taken_at(invocation, snapshot);
  const auto certificate = cmvp::find_certificate(snapshot, number);
  if (!certificate) return not_there(number, snapshot, terminal);
  const cmvp::CertificateStatus status = cmvp::status_as_of(*certificate, date);
  const std::string sunset = !status.sunset_passed ? "sunset not known"
                             : *status.sunset_passed
                                 ? "sunset " + certificate->sunset_date + " has passed"
                                 : "sunset " + certificate->sunset_date + " has not passed";
  terminal.out << fmt::format("#{} {}, as of {}: {}\n  {}\n  {}\n{}\n", number, certificate->name,
                              date, status.status, status.reason, sunset, snapshot_lead(snapshot));
  if (status.status == "Active") return kHolds;
  return status.status == "unknown" ? kUndetermined : kFindings;
}

}  // namespace cli
