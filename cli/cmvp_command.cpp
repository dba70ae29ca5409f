#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "cli/cmvp_import.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cmvp/lookup.h"
#include "cmvp/status.h"
#include "cmvp/store.h"
#include "evidence/base/error.h"
#include "evidence/base/host.h"
#include "evidence/base/text.h"
#include "evidence/base/time.h"

namespace cli {
namespace {

using base::ErrorKind;

constexpr Option kOptions[] = {
    {"as-of", "", "DATE",
     "the date that status speaks of, YYYY-MM-DD (default: the snapshot's own)"},
    {"status", "", "STATUS", "search: only Active, Historical or Revoked",
     "Active Historical Revoked"},
    {"standard", "", "STANDARD", "search: only this standard, e.g. 140-3"},
    {"vendor", "", "WORD", "search: only vendors with this word"},
    {"level", "", "LEVEL", "search: only this overall level", "1 2 3 4"},
    {"limit", "", "COUNT", "search: how many at the most (default 50)"},
    {"format", "", "FORMAT", "text or json (default text)", "text json"},
    {"snapshot", "", "SNAPSHOT",
     "which snapshot: built-in, the day of a held one, or a file (default: the newest that is not "
     "later than --as-of)"},
    {"taken-at", "", "DATE", "import: the day the files were fetched, YYYY-MM-DD"},
    {"source", "", "WORDS", "import: where the files come from, in words"},
    {"base-url", "", "URL", "update: another place than https://csrc.nist.gov, e.g. a mirror"},
    {"proxy", "", "URL", "update: the proxy to use (default: that of the environment)"},
    {"cacert", "", "FILE", "update: the authorities to trust (default: the system's)"},
    {"pause", "", "MILLISECONDS", "update: how long to wait between two requests (default 1000)"},
    {"accept-shrink", "", "", "import, update: a list may have shrunk by more than half"},
};

constexpr std::string_view kExamples[] = {
    "assay cmvp show 4985",
    "assay cmvp search openssl fips provider --status Active",
    "assay cmvp status 4282 --as-of 2026-09-21",
    "assay cmvp import lists/ --taken-at 2026-11-20",
};

std::int64_t number_given(const Invocation& invocation) {
  const auto number = invocation.words().size() == 2 ? base::parse_integer(invocation.words()[1])
                                                     : std::optional<std::int64_t>();
  if (!number)
    throw base::Error(ErrorKind::usage,
                      "a certificate number is needed, e.g. assay cmvp show 4985");
  return *number;
}

std::string lead(const base::Database& snapshot) {
  const cmvp::SnapshotInfo info = cmvp::snapshot_info(snapshot);
  return fmt::format("CMVP snapshot of {}, {} certificates, sha256:{}", info.taken_at,
                     info.certificates, info.digest.substr(0, 16));
}

std::string as_of(const Invocation& invocation, const base::Database& snapshot) {
  const std::string date =
      invocation.value("as-of").value_or(cmvp::snapshot_info(snapshot).taken_at);
  cmvp::check_date(date);
  return date;
}

nlohmann::ordered_json json_of(const cmvp::Certificate& certificate) {
  nlohmann::ordered_json json;
  json["number"] = certificate.number;
  json["name"] = certificate.name;
  json["vendor"] = certificate.vendor;
  json["standard"] = certificate.standard;
  json["status"] = certificate.status;
  json["status_as_of"] = certificate.status_as_of;
  json["sunset_date"] = certificate.sunset_date;
  if (certificate.overall_level) json["overall_level"] = *certificate.overall_level;
  json["module_type"] = certificate.module_type;
  json["embodiment"] = certificate.embodiment;
  json["validation_dates"] = certificate.validation_dates;
  for (const auto& version : certificate.versions)
    json["versions"].push_back({{"version", version.text}, {"origin", version.origin}});
  for (const auto& relation : certificate.relations)
    json["relations"].push_back({{"type", relation.type}, {"certificate", relation.other}});
  for (const auto& environment : certificate.environments)
    json["environments"].push_back({{"listed", environment.text}, {"origin", environment.origin}});
  json["caveat_flags"] = certificate.caveat_flags;
  return json;
}

void print_json(const nlohmann::ordered_json& json, std::ostream& out) {
  out << json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
}

void print_line(std::string_view name, const std::string& value, std::ostream& out) {
  if (!value.empty()) out << fmt::format("  {:<14} {}\n", name, value);
}

void print_page(const cmvp::Certificate& c, std::ostream& out) {
  out << fmt::format("Certificate #{}: {}\n", c.number, c.name.empty() ? "(no name)" : c.name);
  print_line("vendor", c.vendor, out);
  print_line("standard", c.standard, out);
  print_line("status", c.status + ", list of " + c.status_as_of, out);
  print_line("sunset",
             c.sunset_date.empty() ? "" : c.sunset_date + ", as last seen " + c.sunset_as_of, out);
  print_line("level", c.overall_level ? std::to_string(*c.overall_level) : "", out);
  print_line("type", c.module_type, out);
  print_line("validated", base::join(c.validation_dates, ", "), out);
  for (const auto& version : c.versions)
    print_line("version", version.text + " (" + version.origin + ")", out);
  for (const auto& relation : c.relations)
    print_line("related", fmt::format("{} #{}", relation.type, relation.other), out);
  print_line("caveat", base::join(c.caveat_flags, ", "), out);
  for (const auto& environment : c.environments) print_line("tested on", environment.text, out);
}

int show(const Invocation& invocation, const base::Database& snapshot, Terminal& terminal) {
  const std::int64_t number = number_given(invocation);
  const auto certificate = cmvp::find_certificate(snapshot, number);
  if (!certificate) {
    terminal.err << fmt::format("assay: no certificate #{} in the {}\n", number, lead(snapshot));
    return kUndetermined;
  }
  if (invocation.value("format") == "json")
    print_json(json_of(*certificate), terminal.out);
  else {
    print_page(*certificate, terminal.out);
    terminal.out << "\n" << lead(snapshot) << "\n";
  }
  return kHolds;
}

int status(const Invocation& invocation, const base::Database& snapshot, Terminal& terminal) {
  const std::int64_t number = number_given(invocation);
  const std::string date = as_of(invocation, snapshot);
  const auto certificate = cmvp::find_certificate(snapshot, number);
  if (!certificate) {
    terminal.err << fmt::format("assay: no certificate #{} in the {}\n", number, lead(snapshot));
    return kUndetermined;
  }
  const cmvp::CertificateStatus status = cmvp::status_as_of(*certificate, date);
  const std::string sunset = !status.sunset_passed ? "sunset not known"
                             : *status.sunset_passed
                                 ? "sunset " + certificate->sunset_date + " has passed"
                                 : "sunset " + certificate->sunset_date + " has not passed";
  terminal.out << fmt::format("#{} {}, as of {}: {}\n  {}\n  {}\n{}\n", number, certificate->name,
                              date, status.status, status.reason, sunset, lead(snapshot));
  if (status.status == "Active") return kHolds;
  return status.status == "unknown" ? kUndetermined : kFindings;
}

cmvp::SearchFilter filter(const Invocation& invocation) {
  cmvp::SearchFilter filter;
  filter.status = invocation.value("status").value_or("");
  filter.standard = invocation.value("standard").value_or("");
  filter.vendor = invocation.value("vendor").value_or("");
  if (const auto level = invocation.value("level"))
    filter.overall_level = base::parse_integer(*level);
  if (const auto limit = invocation.value("limit")) {
    const auto count = base::parse_integer(*limit);
    if (!count || *count < 1)
      throw base::Error(ErrorKind::usage, "--limit is a count from 1 up, not \"" + *limit + "\"");
    filter.limit = static_cast<std::size_t>(*count);
  }
  return filter;
}

int search(const Invocation& invocation, const base::Database& snapshot, Terminal& terminal) {
  const std::vector<std::string> words(invocation.words().begin() + 1, invocation.words().end());
  const auto found = cmvp::search(snapshot, base::join(words, " "), filter(invocation));
  if (invocation.value("format") == "json") {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const auto& certificate : found) list.push_back(json_of(certificate));
    print_json(list, terminal.out);
  } else {
    for (const auto& c : found)
      terminal.out << fmt::format("#{:<5} {:<10} {:<10} {}, {}\n", c.number, c.status, c.standard,
                                  c.name, c.vendor);
    terminal.out << fmt::format("{} found in the {}\n", found.size(), lead(snapshot));
  }
  return found.empty() ? kUndetermined : kHolds;
}

int run(const Invocation& invocation, Terminal& terminal) {
  const std::string what = invocation.words().empty() ? "" : invocation.words().front();
  if (what == "import") return import_files(invocation, terminal);
  if (what == "update") return update_snapshot(invocation, terminal);
  if (what == "list") return list_snapshots(invocation, terminal);
  const base::Database snapshot = cmvp::choose_snapshot(
      base::SystemHost(), invocation.value("snapshot"), invocation.value("as-of").value_or(""));
  if (what == "show") return show(invocation, snapshot, terminal);
  if (what == "status") return status(invocation, snapshot, terminal);
  if (what == "search") return search(invocation, snapshot, terminal);
  throw base::Error(
      ErrorKind::usage,
      "cmvp takes show, status, search, list, import or update, not \"" + what + "\"");
}

}  // namespace

Command cmvp_command() {
  return {
      "cmvp",
      "show|status|search|list|import|update WORD…",
      "Look up certificates in a CMVP snapshot, and hold newer ones",
      "show NUMBER prints what the snapshot knows of a certificate; status NUMBER says what it was "
      "worth on a date (exit code 0 Active, 1 not, 3 not known); search WORD… finds certificates "
      "by "
      "name, vendor, version or number; list shows which snapshots are held; import FILE|FOLDER… "
      "makes a newer one of lists, certificate pages and feeds, on top of the newest older one. "
      "update "
      "fetches the lists and the pages that changed; nothing else contacts anything.",
      kOptions,
      kExamples,
      run};
}

}  // namespace cli
