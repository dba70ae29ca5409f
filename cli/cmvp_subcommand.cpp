#include "cli/cmvp_subcommand.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "cmvp/environment_text.h"
#include "cmvp/lookup.h"
#include "cmvp/status.h"
#include "cmvp/store.h"
#include "evidence/base/error.h"
#include "evidence/base/host.h"
#include "evidence/base/text.h"

namespace cli {

using base::ErrorKind;

namespace {

// What only some records have; a field that is not there is not known.
void add_details(const cmvp::Certificate& c, nlohmann::ordered_json& json) {
  if (!c.caveat.empty()) json["caveat"] = c.caveat;
  if (!c.laboratory.empty()) json["laboratory"] = c.laboratory;
  for (const cmvp::LevelException& each : c.level_exceptions)
    json["level_exceptions"].push_back({{"area", each.area}, {"level", each.level}});
  for (const cmvp::Algorithm& each : c.algorithms)
    json["algorithms"].push_back({{"algorithm", each.name}, {"validation", each.validation}});
  if (!c.algorithms_read.empty()) json["algorithms_read"] = c.algorithms_read;
  if (!c.cavp_numbers.empty()) json["cavp_numbers"] = c.cavp_numbers;
  if (!c.parameter_sets.empty()) json["parameter_sets"] = c.parameter_sets;
  if (!c.entropy.empty()) json["entropy"] = c.entropy;
}

// What is listed, and what it was cut into.
nlohmann::ordered_json environment_json(const cmvp::ListedEnvironment& environment) {
  nlohmann::ordered_json json = {{"listed", environment.text}, {"origin", environment.origin}};
  const cmvp::EnvironmentParts parts = cmvp::environment_parts(environment.text);
  const auto add = [&](const char* name, const std::string& part) {
    if (!part.empty()) json[name] = part;
  };
  add("system", parts.system);
  add("runtime", parts.runtime);
  add("container", parts.container);
  add("hypervisor", parts.hypervisor);
  add("platform", parts.platform);
  add("processor", parts.processor);
  if (parts.with_acceleration != parts.without_acceleration)
    json["acceleration"] = parts.with_acceleration;
  return json;
}

}  // namespace

base::Database chosen_snapshot(const Invocation& invocation) {
  return cmvp::choose_snapshot(base::SystemHost(), invocation.value("snapshot"),
                               invocation.value("as-of").value_or(""));
}

std::string snapshot_lead(const base::Database& snapshot) {
  const cmvp::SnapshotInfo info = cmvp::snapshot_info(snapshot);
  return fmt::format("CMVP snapshot of {}, {} certificates, sha256:{}", info.taken_at,
                     info.certificates, info.digest.substr(0, 16));
}

std::string as_of_or_taken_at(const Invocation& invocation, const base::Database& snapshot) {
  const std::string date =
      invocation.value("as-of").value_or(cmvp::snapshot_info(snapshot).taken_at);
  cmvp::check_date(date);
  return date;
}

std::int64_t count_given(const Invocation& invocation, const std::string& name,
                         std::int64_t otherwise) {
  constexpr std::int64_t kHighest = 1'000'000;
  const auto given = invocation.value(name);
  if (!given) return otherwise;
  const auto count = base::parse_integer(*given);
  if (!count || *count < 1 || *count > kHighest)
    throw base::Error(ErrorKind::usage,
                      "--" + name + " is a count from 1 up, not \"" + *given + "\"");
  return *count;
}

bool format_is(const Invocation& invocation, std::string_view format, std::string_view allowed) {
  const auto choices = base::split(allowed, ' ');
  const std::string given = invocation.value("format").value_or(std::string(choices.front()));
  for (const std::string_view choice : choices)
    if (choice == given) return given == format;
  throw base::Error(ErrorKind::usage, "--format " + given + " is not possible here; one of " +
                                          std::string(allowed) + " is");
}

nlohmann::ordered_json certificate_json(const cmvp::Certificate& c) {
  nlohmann::ordered_json json;
  json["number"] = c.number;
  json["name"] = c.name;
  json["vendor"] = c.vendor;
  json["standard"] = c.standard;
  json["status"] = c.status;
  json["status_as_of"] = c.status_as_of;
  json["sunset_date"] = c.sunset_date;
  if (c.overall_level) json["overall_level"] = *c.overall_level;
  json["module_type"] = c.module_type;
  json["embodiment"] = c.embodiment;
  json["validation_dates"] = c.validation_dates;
  for (const auto& version : c.versions)
    json["versions"].push_back({{"version", version.text}, {"origin", version.origin}});
  for (const auto& relation : c.relations)
    json["relations"].push_back({{"type", relation.type}, {"certificate", relation.other}});
  for (const auto& combination : c.combinations) {
    nlohmann::ordered_json versions;
    for (const auto& version : combination.versions) {
      versions.push_back({{"version", version.text}, {"kind", version.kind}});
      if (!version.component.empty()) versions.back()["component"] = version.component;
    }
    json["version_combinations"].push_back({{"mark", combination.mark}, {"versions", versions}});
  }
  for (const auto& environment : c.environments)
    json["environments"].push_back(environment_json(environment));
  json["caveat_flags"] = c.caveat_flags;
  add_details(c, json);
  return json;
}

void print_json(const nlohmann::ordered_json& json, std::ostream& out) {
  out << json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
}

}  // namespace cli
