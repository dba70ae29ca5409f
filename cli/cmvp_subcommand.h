#pragma once

#include <cstdint>
#include <iosfwd>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "cli/command.h"
#include "cmvp/certificate.h"
#include "evidence/base/sqlite.h"

namespace cli {

/// A word after `assay cmvp`.
struct CmvpSubcommand {
  std::string_view name;
  std::string_view description;
  int (*run)(const Invocation& invocation, Terminal& terminal);  ///< Returns an ExitCode.
};

/// Prints the page of a certificate; kUndetermined if the snapshot has none of the number.
int cmvp_show(const Invocation& invocation, Terminal& terminal);

/// Prints the status on a date: kHolds if Active, kUndetermined if not known, else kFindings.
int cmvp_status(const Invocation& invocation, Terminal& terminal);

/// Prints the certificates that have the words; kUndetermined if none has, though near ones may.
int cmvp_search(const Invocation& invocation, Terminal& terminal);

/// Prints what changed between two snapshots: kFindings if it touches modules in the evidence.
int cmvp_diff(const Invocation& invocation, Terminal& terminal);

/// Prints the records of the kind that the subcommand is called by (cmvp/record_search.h): modules
/// in process, entropy certificates, CAVP validations, Common Criteria products, protection
/// profiles. kUndetermined if none has the words.
int cmvp_records(const Invocation& invocation, Terminal& terminal);

/// The snapshot that look-ups read.
base::Database chosen_snapshot(const Invocation& invocation);

/// Which snapshot it is, in one line without an end: day, count, digest.
std::string snapshot_lead(const base::Database& snapshot);

/// The date of --as-of, or the day of the snapshot. Throws Error(usage) for a date that is none.
std::string as_of_or_taken_at(const Invocation& invocation, const base::Database& snapshot);

/// The value of option `name`, a count from 1 up, or `otherwise`. Throws Error(usage).
std::int64_t count_given(const Invocation& invocation, const std::string& name,
                         std::int64_t otherwise);

/// Whether --format is `format`. Throws Error(usage) if it is none of `allowed`, words separated by
/// spaces, the first of which is the default.
bool format_is(const Invocation& invocation, std::string_view format, std::string_view allowed);

/// A certificate as JSON: what the snapshot knows, and nothing for what it does not.
nlohmann::ordered_json certificate_json(const cmvp::Certificate& certificate);

/// Writes `json` with two spaces a level; bytes that are no UTF-8 are replaced.
void print_json(const nlohmann::ordered_json& json, std::ostream& out);

}  // namespace cli
