#include "rules/waiver.h"

#include <algorithm>

#include "evidence/base/text.h"
#include "evidence/base/toml.h"

namespace rules {
namespace {

// A pass needs no waiver, and a rule that is broken has to be repaired.
constexpr std::array kWaivable = {Result::fail, Result::unknown, Result::notchecked};

Result result_named(const base::TomlTable& table, const std::string& word) {
  for (const Result result : kWaivable)
    if (name_of(result) == word) return result;
  throw table.error(
      "\"" + base::printable(word) + "\" cannot be waived; results are fail, unknown or notchecked",
      "results");
}

std::vector<Result> results_of(const base::TomlTable& table) {
  std::vector<Result> results;
  for (const std::string& word : table.texts("results"))
    results.push_back(result_named(table, word));
  if (results.empty()) results.push_back(Result::fail);
  return results;
}

Waiver waiver_of(const base::TomlTable& table) {
  table.allow_only(
      {"rule", "subject", "reason", "approver", "ticket", "created", "expires", "results"});
  Waiver waiver;
  waiver.rule = table.required_text("rule");
  waiver.subject = table.required_text("subject");
  waiver.reason = table.required_text("reason");
  waiver.approver = table.required_text("approver");
  waiver.ticket = table.required_text("ticket");
  waiver.created = table.required_date("created");
  waiver.expires = table.required_date("expires");
  waiver.results = results_of(table);
  waiver.file = table.file();
  waiver.line = table.line();
  if (waiver.expires < waiver.created)
    throw table.error("the waiver expires on " + waiver.expires + ", before it was created",
                      "expires");
  return waiver;
}

}  // namespace

std::vector<Waiver> read_waivers(std::string_view text, const std::string& file) {
  const auto top = base::TomlTable::parse(text, file);
  top.allow_only({"waiver"});
  std::vector<Waiver> waivers;
  for (const base::TomlTable& table : top.tables("waiver")) waivers.push_back(waiver_of(table));
  return waivers;
}

// The star that was met last takes one character more each time the rest does not fit.
bool matches_pattern(std::string_view text, std::string_view pattern) {
  std::size_t at = 0, in_pattern = 0, star = std::string_view::npos, after_star = 0;
  while (at < text.size()) {
    if (in_pattern < pattern.size() && pattern[in_pattern] == '*') {
      star = in_pattern++;
      after_star = at;
    } else if (in_pattern < pattern.size() &&
               (pattern[in_pattern] == '?' || pattern[in_pattern] == text[at])) {
      ++in_pattern, ++at;
    } else if (star != std::string_view::npos) {
      in_pattern = star + 1;
      at = ++after_star;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', in_pattern) == std::string_view::npos;
}

}  // namespace rules
