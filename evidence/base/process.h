#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "evidence/base/shared_memory.h"

namespace base {

/// How a child process came to its end.
struct Ending {
  enum class Kind { exited, signalled, timed_out, not_started };
  Kind kind = Kind::not_started;
  int code = 0;        ///< Exit status, or number of the signal.
  std::string reason;  ///< Why it was not started.
};

/// "exited with status 3", "was killed by signal 11 (Segmentation fault)", …
std::string in_words(const Ending& ending);

/// What a child process may take. The limits hold for everything it starts, too.
struct ChildLimits {
  std::chrono::milliseconds silence{10'000};  ///< Time without a new byte in the shared memory.
  std::chrono::milliseconds total{120'000};
  std::uint64_t memory = std::uint64_t{4} << 30U;  ///< Bytes of address space.
};

/// The end of a child and what it printed, at most 64 KiB of each.
struct ChildResult {
  Ending ending;
  std::string output, errors;
};

/// A program to run in place of this one.
struct ChildProgram {
  std::vector<std::string> arguments;    ///< The first is the path of the program.
  std::vector<std::string> environment;  ///< NAME=value, all of it.
  std::vector<int> inherited = {};       ///< Open descriptors that it gets besides the log.
  /// The root folder it gets by chroot(2), "" for ours. The program itself stays a path of ours.
  /// Its loader is that of the root, and /dev, /proc and /sys are ours, mounted where only it sees
  /// them.
  std::string root = {};
};

/// Runs `body` in a forked child that has an empty folder of its own as working folder, nothing on
/// its standard input and the limits given; `log` grows while it is alive. Everything that the
/// child started is killed when it ends. What `body` throws ends the child with status 70.
ChildResult run_in_child(const std::function<void()>& body, const SharedMemory& log,
                         const ChildLimits& limits);

/// The same for another program, which inherits the descriptor of `log`.
ChildResult run_program(const ChildProgram& program, const SharedMemory& log,
                        const ChildLimits& limits);

/// A program and its log; both must outlive its run.
struct LoggedProgram {
  const ChildProgram* program;
  const SharedMemory* log;
};

/// The same for several programs at the same time, each within `limits` and with a log of its own;
/// what came of them, in their order. What one of them leaves running may last until all have
/// ended.
std::vector<ChildResult> run_programs(const std::vector<LoggedProgram>& programs,
                                      const ChildLimits& limits);

/// The environment of this process, NAME=value.
std::vector<std::string> environment_of_this_process();

/// The folder that holds the program of this process.
std::string folder_of_this_program();

/// The name of the user that runs this process, or the number of a user without name.
std::string user_of_this_process();

}  // namespace base
