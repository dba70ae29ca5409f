#include "rules/remedy.h"

#include <algorithm>

#include "evidence/table.h"
#include "rules/claim.h"

namespace rules {
namespace {

constexpr const char* kSnapshot =
    "Renew the certificate snapshot (assay cmvp update), then judge the same evidence again; what "
    "CMVP does not tell either, a person has to look up.";
constexpr const char* kClaims = "Say what is claimed in a file, and give it with --claims FILE.";

// The words of the C library, as a host gives them.
bool lacks_rights(const std::string& reason) {
  return reason.find("permission denied") != std::string::npos ||
         reason.find("operation not permitted") != std::string::npos;
}

bool about_certificates(const Need& need) {
  return evidence::find_table(need.table) == nullptr && need.table != kClaimTable;
}

std::string commands_of(const Need& need) {
  std::string commands;
  for (const std::string& name : need.tables()) {
    const evidence::Table* table = evidence::find_table(name);
    if (table == nullptr) continue;
    const std::string command(table->collected_by);
    if (commands.find(command) == std::string::npos)
      commands += (commands.empty() ? "" : ", or ") + command;
  }
  return commands;
}

// ": " and the commands that collect the first evidence that `rule` needs; "" if it needs none.
std::string by_commands(const Rule& rule) {
  for (const Need& need : rule.needs)
    if (const std::string commands = commands_of(need); !commands.empty()) return ": " + commands;
  return {};
}

}  // namespace

std::string remedy_to_see(const LookedAt& place) {
  if (lacks_rights(place.reason))
    return "Run assay as a user who may read " + place.locator + " (" + place.reason +
           "), and collect the evidence again.";
  if (place.reason.empty())
    return "Find out what kept assay from looking at " + place.locator +
           ", and collect the evidence again.";
  return "Settle what kept assay from looking at " + place.locator + " (" + place.reason +
         "), and collect the evidence again.";
}

std::string remedy_to_collect(const Need& need) {
  if (about_certificates(need)) return kSnapshot;
  if (need.table == kClaimTable) return kClaims;
  return "Collect it: " + commands_of(need) + ".";
}

std::string remedy_where_empty(const Rule& rule, const Need& need) {
  if (need.when_empty < Result::notchecked) return "";
  if (need.when_empty == Result::fail) return rule.remedy;
  if (about_certificates(need) || need.table == kClaimTable) return remedy_to_collect(need);
  return "Collect it: " + commands_of(need) +
         ". If it is missing even then, find out why, at the places that its evidence names.";
}

std::string remedy_to_find_out(const Rule& rule) {
  if (std::any_of(rule.needs.begin(), rule.needs.end(), about_certificates)) return kSnapshot;
  return "Find out why this is not told, at the places that its evidence names, and collect the "
         "evidence again" +
         by_commands(rule) + ".";
}

std::string remedy_to_collect_again(const Rule& rule) {
  return "Collect the evidence again with this version" + by_commands(rule) +
         ". Of a system that is no longer there, use the version that collected it.";
}

std::string remedy_for_broken(const Rule& rule, const std::string& pack) {
  return "Correct the rule " + rule.id + " of the pack " + pack +
         " (assay rules lint shows where it breaks), then assess again.";
}

}  // namespace rules
