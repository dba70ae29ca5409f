#pragma once

#include "cli/command.h"

namespace cli {

/// `assay cmvp import FILE|FOLDER…`: makes a snapshot of files and stores it. Returns an ExitCode;
/// throws as cmvp/import_files.h and cmvp/store.h.
int import_files(const Invocation& invocation, Terminal& terminal);

/// `assay cmvp update`: fetches the lists and the pages that changed and stores a snapshot of
/// today. Throws as cmvp/update.h.
int update_snapshot(const Invocation& invocation, Terminal& terminal);

/// `assay cmvp list`: shows the built-in snapshot and those that are held, the damaged ones with
/// what to do, and where two contradict each other.
int list_snapshots(const Invocation& invocation, Terminal& terminal);

}  // namespace cli
