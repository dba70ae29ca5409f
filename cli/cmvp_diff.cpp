#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>

#include "cli/cmvp_subcommand.h"
#include "cli/exit_code.h"
#include "cmvp/calendar.h"
#include "cmvp/diff.h"
#include "cmvp/lookup.h"
#include "cmvp/match.h"
#include "cmvp/named_snapshot.h"
#include "cmvp/watch.h"
#include "evidence/base/error.h"
#include "evidence/base/host.h"
#include "evidence/base/text.h"
#include "evidence/schema.h"
#include "rules/judgement.h"

namespace cli {
namespace {

constexpr std::int64_t kDaysAhead = 90;

using Watched = std::map<std::int64_t, cmvp::WatchedCertificate>;

// What `cmvp diff` has to say.
struct Difference {
  cmvp::SnapshotInfo before, after;
  std::string as_of;
  std::int64_t within = kDaysAhead;
  std::vector<cmvp::Change> changes;
  std::vector<cmvp::Sunset> sunsets;
  bool evidence_given = false;
  Watched watched;

  bool touches(std::int64_t certificate) const { return watched.contains(certificate); }
  bool touches_any() const {
    const auto hit = [&](const auto& each) { return touches(each.certificate); };
    return std::any_of(changes.begin(), changes.end(), hit) ||
           std::any_of(sunsets.begin(), sunsets.end(), hit);
  }
};

// A module is watched by what the old snapshot said of it too: its certificate may be gone.
Watched watched(const Invocation& invocation, const base::Database& before,
                const base::Database& after, const std::string& as_of) {
  std::vector<cmvp::ReportedModule> modules;
  for (const std::string& file : invocation.values("evidence"))
    for (cmvp::ReportedModule& module :
         cmvp::reported_modules(rules::judgement_database(evidence::open_evidence(file))))
      modules.push_back(std::move(module));
  Watched all;
  for (const base::Database* snapshot : {&after, &before}) {
    cmvp::Certificates certificates(*snapshot);
    all.merge(cmvp::watched_certificates(modules, certificates, as_of));
  }
  return all;
}

Difference difference(const Invocation& invocation) {
  if (invocation.words().size() != 3)
    throw base::Error(
        base::ErrorKind::usage,
        "diff needs an old and a new snapshot, e.g. assay cmvp diff old.csv built-in");
  const base::SystemHost host;
  const base::Database before = cmvp::named_snapshot(host, invocation.words()[1]);
  const base::Database after = cmvp::named_snapshot(host, invocation.words()[2]);
  Difference result;
  result.before = cmvp::snapshot_info(before);
  result.after = cmvp::snapshot_info(after);
  result.as_of = as_of_or_taken_at(invocation, after);
  result.within = count_given(invocation, "within", kDaysAhead);
  result.changes = cmvp::changes_between(before, after);
  result.sunsets = cmvp::sunsets_ahead(after, result.as_of, result.within);
  result.evidence_given = invocation.has("evidence");
  result.watched = watched(invocation, before, after, result.as_of);
  if (result.evidence_given)
    std::erase_if(result.sunsets, [&](const auto& each) {
      return !result.touches(each.certificate) || !result.watched.at(each.certificate).relied_on;
    });
  return result;
}

std::string change_words(const cmvp::Change& change) {
  if (change.kind == "new") return "new, " + change.after;
  if (change.kind == "gone") return "gone, was " + change.before;
  const auto shown = [](const std::string& text) { return text.empty() ? "none known" : text; };
  if (change.kind == "environments") return "environments changed";
  return change.kind + " " + shown(change.before) + " → " + shown(change.after);
}

void print_change(const cmvp::Change& change, std::ostream& out) {
  out << fmt::format("  #{:<5} {}: {}, {}\n", change.certificate,
                     base::printable(change_words(change)), base::printable(change.name),
                     base::printable(change.vendor));
}

void print_watched(const Difference& difference, std::ostream& out) {
  out << "\nWhat touches the modules in the evidence\n";
  bool any = false;
  for (const cmvp::Change& change : difference.changes) {
    if (!difference.touches(change.certificate)) continue;
    any = true;
    print_change(change, out);
    const cmvp::WatchedCertificate& watched = difference.watched.at(change.certificate);
    for (const std::string& module : watched.modules)
      out << fmt::format("         {} {}\n", watched.relied_on ? "relied on by" : "has the name of",
                         base::printable(module));
  }
  if (!any)
    out << fmt::format("  nothing; {} certificates are watched\n", difference.watched.size());
}

void print_sunsets(const Difference& difference, std::ostream& out) {
  out << fmt::format("\nSunset dates within {} days of {}{}\n", difference.within, difference.as_of,
                     difference.evidence_given ? ", of the modules in the evidence" : "");
  for (const cmvp::Sunset& sunset : difference.sunsets) {
    out << fmt::format("  #{:<5} {}, in {} days: {}, {}\n", sunset.certificate, sunset.date,
                       sunset.days, base::printable(sunset.name), base::printable(sunset.vendor));
    for (const std::int64_t successor : sunset.successors)
      out << fmt::format("         successor may be #{} (inferred: not said by CMVP)\n", successor);
  }
  if (difference.sunsets.empty()) out << "  none\n";
}

void print_text(const Difference& difference, std::ostream& out) {
  const auto lead = [](const cmvp::SnapshotInfo& info) {
    return fmt::format("{} ({} certificates, sha256:{})", info.taken_at, info.certificates,
                       info.digest.substr(0, 16));
  };
  out << fmt::format("CMVP snapshots {} → {}\n", lead(difference.before), lead(difference.after));
  if (difference.evidence_given) print_watched(difference, out);
  std::map<std::string, std::size_t> counts;
  for (const cmvp::Change& change : difference.changes) ++counts[change.kind];
  std::vector<std::string> parts;
  for (const auto& [kind, count] : counts) parts.push_back(fmt::format("{} {}", count, kind));
  out << fmt::format("\nAll changes: {}\n", parts.empty() ? "none" : base::join(parts, ", "));
  for (const cmvp::Change& change : difference.changes) print_change(change, out);
  print_sunsets(difference, out);
}

nlohmann::ordered_json snapshot_json(const cmvp::SnapshotInfo& info) {
  return {{"taken_at", info.taken_at},
          {"source", info.source},
          {"digest", info.digest},
          {"certificates", info.certificates}};
}

template <typename Item>
nlohmann::ordered_json with_modules(nlohmann::ordered_json json, const Item& item,
                                    const Difference& difference) {
  if (difference.touches(item.certificate)) {
    json["modules"] = difference.watched.at(item.certificate).modules;
    json["relied_on"] = difference.watched.at(item.certificate).relied_on;
  }
  return json;
}

nlohmann::ordered_json difference_json(const Difference& difference) {
  nlohmann::ordered_json json;
  json["before"] = snapshot_json(difference.before);
  json["after"] = snapshot_json(difference.after);
  json["as_of"] = difference.as_of;
  json["within_days"] = difference.within;
  json["changes"] = nlohmann::ordered_json::array();
  for (const cmvp::Change& c : difference.changes)
    json["changes"].push_back(with_modules({{"certificate", c.certificate},
                                            {"name", c.name},
                                            {"vendor", c.vendor},
                                            {"kind", c.kind},
                                            {"before", c.before},
                                            {"after", c.after}},
                                           c, difference));
  json["sunsets"] = nlohmann::ordered_json::array();
  for (const cmvp::Sunset& s : difference.sunsets)
    json["sunsets"].push_back(with_modules({{"certificate", s.certificate},
                                            {"name", s.name},
                                            {"vendor", s.vendor},
                                            {"date", s.date},
                                            {"read_on", s.as_of},
                                            {"days", s.days},
                                            {"successors_inferred", s.successors}},
                                           s, difference));
  return json;
}

}  // namespace

int cmvp_diff(const Invocation& invocation, Terminal& terminal) {
  constexpr std::string_view kFormats = "text json ics";
  const bool json = format_is(invocation, "json", kFormats);
  const bool calendar = format_is(invocation, "ics", kFormats);
  const Difference found = difference(invocation);
  if (json) {
    print_json(difference_json(found), terminal.out);
  } else if (calendar) {
    terminal.out << cmvp::sunset_calendar(found.sunsets, found.after.taken_at);
  } else {
    print_text(found, terminal.out);
  }
  return found.touches_any() ? kFindings : kHolds;
}

}  // namespace cli
