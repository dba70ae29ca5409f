#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "evidence/base/host.h"
#include "evidence/base/process.h"
#include "evidence/base/secret.h"

namespace evidence::probes {

/// The path of the probe program `name`: beside this program, or where it is installed. Nothing if
/// it is in neither place.
std::optional<std::string> probe_program(const std::string& name);

/// How to start a probe program. `program.arguments` is empty and `reason` says why if it cannot
/// be.
struct ForeignStart {
  base::ChildProgram program;
  std::string reason;
  std::optional<base::SecretPipe> secret = {};  ///< What it may read a secret from, once.
};

/// How to start the probe program `name` for `host`, with `words` as its arguments: directly for
/// this machine, under the target's own dynamic loader and libraries for another root. It is told
/// the descriptor of its log and the steps to skip.
ForeignStart foreign_start(const base::Host& host, const std::string& name,
                           const std::vector<std::string>& words, const std::set<std::string>& skip,
                           int log_descriptor);

}  // namespace evidence::probes
