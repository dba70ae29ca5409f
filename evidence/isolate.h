#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "evidence/base/process.h"
#include "evidence/merge.h"

namespace evidence {

/// Steps that are taken once in a run, e.g. one that gives a PIN: a probe that ended after one of
/// them had begun is not started again.
struct OnceOnly {
  std::string prefix;  ///< How their names begin; "" if there are none.
  Place behind;        ///< What stays unread when the probe is not started again for this reason.
};

/// How often a probe is started again past a step that brought it down.
constexpr int kRestartLimit = 5;

/// A probe to be run in a child process.
struct IsolatedProbe {
  std::string name;  ///< e.g. "openssl-default"
  Place place;       ///< All it feeds; unreadable as a whole if it cannot be started.
  /// Starts it once; the steps in `skip` are not to be tried.
  std::function<base::ChildResult(base::SharedMemory& log, const std::set<std::string>& skip)>
      start;
  OnceOnly once = {};
  int restart_limit = kRestartLimit;
  /// How names of steps begin that stand for themselves. With any, what an attempt recorded stays
  /// as far as it belongs to the tables of `place`, and the next attempt leaves out such steps that
  /// ended. With none, an attempt sees all again and only the last one counts.
  std::vector<std::string> resumed = {};
};

/// The bytes of rows that one probe may write.
constexpr std::size_t kLogCapacity = std::size_t{64} << 20U;

/// Runs `probe` and merges what it recorded into `db`, under the row `run` of table run. A step
/// that crashes, hangs or ends the process is put on record as an unreadable source with the
/// reason, and the probe is started again past it, unless a step that is taken once had begun. One
/// row of probe_run says how it ended, at `time` (seconds since 1970).
void run_isolated(const IsolatedProbe& probe, base::Database& db, std::int64_t run,
                  std::int64_t time);

}  // namespace evidence
