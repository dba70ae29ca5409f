#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cmvp/lookup.h"
#include "cmvp/snapshot.h"
#include "evidence/base/host.h"
#include "evidence/base/sqlite.h"

namespace cmvp {

/// Where imported data lives: $ASSAY_DATA, else $XDG_DATA_HOME/assay, else ~/.local/share/assay.
/// Throws Error(environment) if none of them is set.
std::string data_folder(const base::Host& host);

/// A snapshot in the data folder.
struct HeldSnapshot {
  std::string file;
  std::string taken_at;  ///< By its name.
};

/// The snapshots in `folder`, by day, oldest first. None if the folder is not there.
std::vector<HeldSnapshot> held_snapshots(const base::Host& host, const std::string& folder);

/// Opens a stored snapshot: all of it is checked against the digest at its end, and its tables are
/// compared with those that this program makes. Throws Error(input), with what to do next, for one
/// that is damaged or of another version; Error(environment) if it cannot be read.
base::Database open_snapshot(const base::Host& host, const std::string& file);

/// Stores `contents` in `folder`, which is made, as snapshots/DAY.db, and returns the path. A file
/// of that day is replaced in one step, at the end: what breaks off leaves it as it was. Throws
/// Error(environment).
std::string store_snapshot(const std::string& folder, const SnapshotContents& contents);

/// The snapshot that a command rests on. `wanted` is "built-in", the day of a held snapshot, or a
/// file; without it, the newest that is not later than `as_of` (YYYY-MM-DD, or "" for any), where
/// an imported one goes before the built-in one of the same day; if there is none, the built-in
/// one. Throws Error(usage) if there is no such snapshot, or as `open_snapshot`.
base::Database choose_snapshot(const base::Host& host, const std::optional<std::string>& wanted,
                               const std::string& as_of);

/// The newest snapshot not later than `day`, to import on top of; nothing if there is none.
std::optional<SnapshotContents> known_before(const base::Host& host, const std::string& day);

}  // namespace cmvp
