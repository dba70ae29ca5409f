#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cmvp/certificate.h"
#include "evidence/base/sqlite.h"

namespace cmvp {

/// What the evidence says about the system that a module runs on; "" or nothing is "not known".
struct ObservedSystem {
  std::string id, version_id, name;  ///< ID, VERSION_ID and PRETTY_NAME of os-release(5).
  std::string processor;             ///< model name of /proc/cpuinfo
  std::optional<std::string> hypervisor, container;  ///< "none" where there is none.
};

/// The system that tables `operating_system`, `processor` and `virtualization` of `evidence`
/// describe.
ObservedSystem observed_system(const base::Database& evidence);

/// Whether a system is one of the listed environments.
struct EnvironmentVerdict {
  std::string verdict;  ///< tested, vendor affirmed, not listed, or unknown
  std::string closest;  ///< The listed environment that comes closest; "" if none does.
  std::vector<std::string> reasons;
};

/// Compares operating system, processor and hypervisor with what is listed; what the listing or the
/// evidence does not say makes the verdict unknown, never tested. Hardware platforms cannot be
/// compared: the evidence does not name them.
EnvironmentVerdict match_environment(const ObservedSystem& system,
                                     const std::vector<ListedEnvironment>& listed);

}  // namespace cmvp
