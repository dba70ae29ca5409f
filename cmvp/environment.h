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
  std::string architecture;                          ///< uname -m
  std::optional<bool> accelerated;  ///< The processor has instructions for AES or SHA-2.
};

/// The system that tables `operating_system`, `kernel`, `processor`, `processor_feature` and
/// `virtualization` of `evidence` describe.
ObservedSystem observed_system(const base::Database& evidence);

/// Whether a system is one of the listed environments.
struct EnvironmentVerdict {
  std::string verdict;  ///< tested, vendor affirmed, not listed, or unknown
  std::string closest;  ///< The listed environment that comes closest; "" if none does.
  std::vector<std::string> reasons;  ///< What decided.
  std::vector<std::string> agrees;   ///< What the system has in common with the closest.
  std::vector<std::string> differs;  ///< What differs from it, or could not be compared.
};

/// Compares operating system, runtime, container, hypervisor, processor and its acceleration with
/// what is listed; what the listing or the evidence does not say makes the verdict unknown, never
/// tested. Hardware platforms cannot be compared: the evidence does not name them. What a Security
/// Policy lists without the words about acceleration, where its tested environments have them, was
/// affirmed by the vendor and not tested.
EnvironmentVerdict match_environment(const ObservedSystem& system,
                                     const std::vector<ListedEnvironment>& listed);

}  // namespace cmvp
