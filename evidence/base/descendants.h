#pragma once

#include <sys/types.h>

#include <set>

namespace base {

/// Everything that this process starts, directly or not, from here on. A process whose parent ends
/// becomes a child of ours while this lives (PR_SET_CHILD_SUBREAPER of prctl(2)), so one that left
/// its group and session cannot slip away. For programs of one thread; at most one at a time.
class Descendants {
 public:
  Descendants();
  ~Descendants();
  Descendants(const Descendants&) = delete;
  Descendants& operator=(const Descendants&) = delete;

  /// Kills all of them and waits until they are gone. Children from before are left alone.
  void end() const;

 private:
  int adopted_before_ = 0;
  std::set<pid_t> earlier_;
};

}  // namespace base
