#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "evidence/base/process.h"
#include "evidence/merge.h"

namespace evidence {

/// A part of a probe that is done once in a run, e.g. what comes behind a PIN: a probe that ended
/// after a step of such a part had begun is not started again.
struct OncePart {
  std::string prefix;  ///< How the names of its steps begin.
  Place unread;        ///< What stays unread of this part and of those behind it.
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
  std::vector<OncePart> once = {};  ///< In the order of the probe.
  int restart_limit = kRestartLimit;
  /// How names of steps begin that stand for themselves. With any, what an attempt recorded stays
  /// as far as it belongs to the tables of `place`, and the next attempt leaves out such steps that
  /// ended. With none, an attempt sees all again and only the last one counts.
  std::vector<std::string> resumed = {};
  std::set<std::string> skip = {};  ///< Steps that are not to be tried at all.
  bool only_own_tables = false;     ///< Rows of other tables than those of `place` are left out.
};

/// The bytes of rows that one probe may write.
constexpr std::size_t kLogCapacity = std::size_t{64} << 20U;

/// One run of a probe in a child process: how it ended and what it wrote.
struct Attempt {
  base::ChildResult child;
  Records log;
  Merged end;
};

/// Why a probe is not started once more.
enum class Stop { came_to_its_end, too_often, once_only };

/// All runs of one probe, the last one last.
struct Attempts {
  std::vector<Attempt> all;
  Stop stop = Stop::came_to_its_end;
};

/// Starts children, each with a log and the steps that it is to leave out; what came of them, in
/// the order of `probes`.
using StartTogether = std::function<std::vector<base::ChildResult>(
    const std::vector<std::size_t>& probes, const std::vector<base::SharedMemory>& logs,
    const std::vector<std::set<std::string>>& skip)>;

/// Runs `probe`: a step that crashes, hangs or ends the process has the probe started again past
/// it, unless a step that is taken once had begun. Nothing is merged.
Attempts attempt(const IsolatedProbe& probe);

/// The same for several probes, each round of them at the same time through `start`, which gets
/// their places in `probes`; `start` of the probes themselves is not used.
std::vector<Attempts> attempt_together(const std::vector<IsolatedProbe>& probes,
                                       const StartTogether& start);

/// Merges what `probe` recorded in `attempts` into `db`, under the row `run` of table run. Each
/// step that was not come back from is put on record as an unreadable source with the reason, and
/// one row of probe_run says how the probe ended, at `time` (seconds since 1970).
void merge_attempts(const IsolatedProbe& probe, const Attempts& attempts, base::Database& db,
                    std::int64_t run, std::int64_t time);

/// Runs `probe` and merges what it recorded.
void run_isolated(const IsolatedProbe& probe, base::Database& db, std::int64_t run,
                  std::int64_t time);

}  // namespace evidence
