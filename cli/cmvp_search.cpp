#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "cli/cmvp_subcommand.h"
#include "cli/exit_code.h"
#include "cmvp/lookup.h"
#include "cmvp/status.h"
#include "evidence/base/text.h"

namespace cli {
namespace {

constexpr std::int64_t kShown = 50;

cmvp::SearchFilter filter(const Invocation& invocation) {
  cmvp::SearchFilter filter;
  filter.status = invocation.value("status").value_or("");
  filter.standard = invocation.value("standard").value_or("");
  filter.vendor = invocation.value("vendor").value_or("");
  filter.algorithm = invocation.value("algorithm").value_or("");
  if (const auto level = invocation.value("level"))
    filter.overall_level = base::parse_integer(*level);
  if (const auto date = invocation.value("sunset-before")) {
    cmvp::check_date(*date);
    filter.sunset_before = *date;
  }
  filter.limit = static_cast<std::size_t>(count_given(invocation, "limit", kShown));
  return filter;
}

std::string correction_words(const std::vector<cmvp::Correction>& corrections) {
  std::vector<std::string> parts;
  for (const cmvp::Correction& each : corrections)
    parts.push_back(fmt::format("\"{}\" for \"{}\"", each.instead, base::printable(each.word)));
  return base::join(parts, ", ");
}

// Most records name no algorithms, so that a search for one must say what it could not see.
void print_knowledge(const base::Database& snapshot, std::ostream& out) {
  const cmvp::AlgorithmKnowledge known = cmvp::algorithm_knowledge(snapshot);
  out << fmt::format(
      "Algorithms are known of {} certificates, of {} the whole list; the others say nothing\n",
      known.certificates, known.whole);
}

void print_text(const cmvp::SearchResult& found, const base::Database& snapshot,
                std::ostream& out) {
  if (!found.corrections.empty())
    out << fmt::format("Nothing has these words; near names, with {}:\n",
                       correction_words(found.corrections));
  for (const auto& c : found.certificates)
    out << fmt::format("#{:<5} {:<10} {:<10} {:<10}  {}, {}\n", c.number, c.status, c.standard,
                       c.sunset_date, base::printable(c.name), base::printable(c.vendor));
  out << fmt::format("{} found in the {}\n", found.certificates.size(), snapshot_lead(snapshot));
}

void print_list(const cmvp::SearchResult& found, std::ostream& out) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const auto& certificate : found.certificates) {
    list.push_back(certificate_json(certificate));
    for (const cmvp::Correction& each : found.corrections)
      list.back()["found_instead_of"].push_back({{"word", each.word}, {"instead", each.instead}});
  }
  print_json(list, out);
}

}  // namespace

int cmvp_search(const Invocation& invocation, Terminal& terminal) {
  const base::Database snapshot = chosen_snapshot(invocation);
  const std::vector<std::string> words(invocation.words().begin() + 1, invocation.words().end());
  const auto found = cmvp::fuzzy_search(snapshot, base::join(words, " "), filter(invocation));
  if (format_is(invocation, "json", "text json"))
    print_list(found, terminal.out);
  else
    print_text(found, snapshot, terminal.out);
  if (invocation.has("algorithm") && !format_is(invocation, "json", "text json"))
    print_knowledge(snapshot, terminal.out);
  return found.certificates.empty() || !found.corrections.empty() ? kUndetermined : kHolds;
}

}  // namespace cli
