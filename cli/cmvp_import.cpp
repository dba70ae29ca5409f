#include "cli/cmvp_import.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <ostream>

#include "cli/exit_code.h"
#include "cmvp/built_in.h"
#include "cmvp/import_files.h"
#include "cmvp/store.h"
#include "cmvp/update.h"
#include "evidence/base/error.h"
#include "evidence/base/host.h"
#include "evidence/base/text.h"
#include "evidence/base/time.h"

namespace cli {
namespace {

using base::ErrorKind;

// So many of a kind are shown one by one; the rest is counted.
constexpr std::size_t kShown = 10;

void print_some(const std::vector<std::string>& lines, std::string_view what, std::ostream& err) {
  for (std::size_t i = 0; i < lines.size() && i < kShown; ++i)
    err << "assay: " << what << ": " << base::printable(lines[i]) << "\n";
  if (lines.size() > kShown)
    err << fmt::format("assay: {}: and {} more\n", what, lines.size() - kShown);
}

std::string placed(const std::string& origin, std::size_t place, const std::string& text) {
  return place == 0 ? origin + ": " + text : fmt::format("{}:{}: {}", origin, place, text);
}

void print_notes(const cmvp::ImportResult& result, std::ostream& err) {
  std::vector<std::string> rejected, left_out;
  for (const auto& each : result.contents.rejected)
    rejected.push_back(placed(each.origin, each.place, each.reason));
  for (const auto& each : result.left_out)
    left_out.push_back(placed(each.origin, each.note.line, each.note.text));
  print_some(rejected, "rejected", err);
  print_some(left_out, "left out", err);
  print_some(result.contradictions, "contradiction", err);
}

// A snapshot that is held, or why it cannot be used.
struct Held {
  std::string where;
  std::optional<cmvp::SnapshotContents> contents;
  cmvp::SnapshotInfo info;
  std::string problem;
};

std::vector<Held> all_held(const base::Host& host) {
  std::vector<Held> all;
  const base::Database built_in = cmvp::built_in_snapshot();
  all.push_back({"built-in", cmvp::read_snapshot(built_in), cmvp::snapshot_info(built_in), ""});
  for (const auto& each : cmvp::held_snapshots(host, cmvp::data_folder(host))) {
    Held held{each.file, {}, {}, ""};
    held.info.taken_at = each.taken_at;
    try {
      const base::Database db = cmvp::open_snapshot(host, each.file);
      held.info = cmvp::snapshot_info(db);
      held.contents = cmvp::read_snapshot(db);
    } catch (const base::Error& error) {
      held.problem = error.what();
    }
    all.push_back(std::move(held));
  }
  return all;
}

std::map<std::string, std::int64_t> counts(const cmvp::SnapshotContents& contents) {
  std::map<std::string, std::int64_t> count;
  for (const auto& each : contents.certificates) ++count[each.status];
  return count;
}

std::vector<std::string> contradictions(const std::vector<Held>& all) {
  std::vector<std::string> found;
  for (std::size_t a = 0; a < all.size(); ++a)
    for (std::size_t b = a + 1; b < all.size(); ++b)
      if (all[a].contents && all[b].contents)
        for (auto& each : cmvp::contradictions(*all[a].contents, *all[b].contents, kShown + 1))
          found.push_back(std::move(each));
  return found;
}

void print_held(const Held& held, std::ostream& out) {
  out << fmt::format("{}  {}\n", held.info.taken_at, held.where);
  if (!held.contents) {
    out << "  cannot be used: " << base::printable(held.problem) << "\n";
    return;
  }
  std::string by_status;
  for (const auto& [status, count] : counts(*held.contents))
    by_status += fmt::format(", {} {}", count, status);
  out << fmt::format("  {} certificates{}\n", held.info.certificates, by_status);
  const auto line = [&](std::size_t count, std::string_view what) {
    if (count > 0) out << fmt::format("  {} {}\n", count, what);
  };
  line(held.contents->in_process.size(), "modules in process or under test");
  line(held.contents->algorithm_validations.size(), "algorithm validations");
  line(held.contents->products.size(), "Common Criteria products");
  line(held.contents->entropy_certificates.size(), "entropy certificates");
  line(held.contents->profiles.size(), "protection profiles");
  for (const auto& each : held.contents->documents)
    out << fmt::format("  {} {} with {} requirements and {} choices\n",
                       base::printable(each.profile.name), base::printable(each.profile.version),
                       each.requirements.size(), each.selections.size());
  line(held.contents->rejected.size(), "records rejected at the import");
  out << "  source: " << base::printable(held.info.source) << "\n  sha256: " << held.info.digest
      << "\n";
}

nlohmann::ordered_json json_of(const Held& held) {
  nlohmann::ordered_json json;
  json["taken_at"] = held.info.taken_at;
  json["where"] = held.where;
  if (!held.contents) {
    json["problem"] = held.problem;
    return json;
  }
  json["source"] = held.info.source;
  json["digest"] = held.info.digest;
  json["certificates"] = held.info.certificates;
  for (const auto& [status, count] : counts(*held.contents)) json["statuses"][status] = count;
  json["modules_in_process"] = held.contents->in_process.size();
  json["algorithm_validations"] = held.contents->algorithm_validations.size();
  json["common_criteria_products"] = held.contents->products.size();
  json["entropy_certificates"] = held.contents->entropy_certificates.size();
  json["protection_profiles"] = held.contents->profiles.size();
  json["profile_documents"] = held.contents->documents.size();
  json["rejected"] = held.contents->rejected.size();
  return json;
}

}  // namespace

int import_files(const Invocation& invocation, Terminal& terminal) {
  const std::vector<std::string> paths(invocation.words().begin() + 1, invocation.words().end());
  if (paths.empty())
    throw base::Error(ErrorKind::usage,
                      "import needs files or folders, e.g. assay cmvp import lists/ --taken-at "
                      "2026-11-20");
  const base::SystemHost host;
  cmvp::ImportOptions options;
  options.taken_at = invocation.value("taken-at").value_or("");
  options.source = invocation.value("source").value_or("");
  options.accept_shrink = invocation.has("accept-shrink");
  if (terminal.progress)
    options.progress = [&](const std::string& doing) {
      terminal.err << "assay: " << doing << "\n" << std::flush;
    };
  cmvp::FileImport import(options);
  for (const std::string& path : paths) import.add_path(host, path);
  const auto known = cmvp::known_before(host, import.taken_at());
  const cmvp::ImportResult result = import.finish(known ? &*known : nullptr);
  print_notes(result, terminal.err);
  const std::string file = cmvp::store_snapshot(cmvp::data_folder(host), result.contents);
  terminal.out << fmt::format(
      "snapshot of {}: {} certificates, {} records rejected, {} fields left out, {} "
      "contradictions\n  {}\n",
      result.contents.header.taken_at, result.contents.certificates.size(),
      result.contents.rejected.size(), result.left_out.size(), result.contradictions.size(), file);
  return kHolds;
}

int update_snapshot(const Invocation& invocation, Terminal& terminal) {
  if (invocation.words().size() != 1)
    throw base::Error(ErrorKind::usage, "update takes no words; see assay cmvp --help");
  const base::SystemHost host;
  cmvp::UpdateOptions options;
  options.base_url = invocation.value("base-url").value_or(cmvp::kNist);
  while (options.base_url.ends_with('/')) options.base_url.pop_back();
  options.today = base::timestamp(host.now()).substr(0, 10);
  options.accept_shrink = invocation.has("accept-shrink");
  options.portal_url = invocation.value("portal-url").value_or(cmvp::kPortal);
  while (options.portal_url.ends_with('/')) options.portal_url.pop_back();
  for (const std::string& what : invocation.values("also")) options.also.insert(what);
  options.fetch.proxy = invocation.value("proxy").value_or("");
  options.fetch.ca_file = invocation.value("cacert").value_or("");
  options.fetch.user_agent = std::string("assay/") + ASSAY_VERSION;
  if (const auto given = invocation.value("pause")) {
    const auto pause = base::parse_integer(*given);
    if (!pause || *pause < 0 || *pause > 3'600'000)
      throw base::Error(
          ErrorKind::usage,
          "--pause is a number of milliseconds up to an hour, not \"" + *given + "\"");
    options.fetch.pause = std::chrono::milliseconds(*pause);
  }
  if (terminal.progress)
    options.fetch.progress = [&](const std::string& doing) {
      terminal.err << "assay: " << doing << "\n" << std::flush;
    };
  const cmvp::Update update = cmvp::update(host, options);
  print_notes(update.result, terminal.err);
  terminal.out << fmt::format(
      "snapshot of {}: {} certificates, {} records rejected, {} contradictions; {} pages fetched, "
      "{} unchanged\n  {}\n",
      options.today, update.result.contents.certificates.size(),
      update.result.contents.rejected.size(), update.result.contradictions.size(), update.fetched,
      update.unchanged, update.file);
  return kHolds;
}

int list_snapshots(const Invocation& invocation, Terminal& terminal) {
  const auto all = all_held(base::SystemHost());
  print_some(contradictions(all), "contradiction", terminal.err);
  if (invocation.value("format") == "json") {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Held& each : all) list.push_back(json_of(each));
    terminal.out << list.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)
                 << "\n";
  } else {
    for (const Held& each : all) print_held(each, terminal.out);
  }
  for (const Held& each : all)
    if (!each.contents) return kUndetermined;
  return kHolds;
}

}  // namespace cli
