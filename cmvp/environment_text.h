#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cmvp {

/// The single configurations in a listed text. Pages run them together: "A running on B with C with
/// PAA A running on B with C without PAA"; a cut is made after the words about acceleration, and
/// where the text begins anew with the words it began with.
std::vector<std::string> single_environments(std::string_view listed);

/// A listed configuration cut into its parts; a part that is not there is "". The grammar is
/// [runtime on] system [with runtime] [on hypervisor [on host]] running on platform with processor
/// [with|without PAA|PAI], as CMVP's pages write it, in any order of the layers.
struct EnvironmentParts {
  std::string system;      ///< "Debian 11.5"
  std::string runtime;     ///< "OpenJDK Runtime Environment v17"
  std::string container;   ///< "Chainguard Image 20230214"
  std::string hypervisor;  ///< "VMware ESXi 8.0", "KVM on Oracle Linux 8"
  std::string platform;    ///< "Dell Inspiron 7573"
  std::string processor;   ///< "Intel i7-8550U"
  bool with_acceleration = false, without_acceleration = false;
  bool several = false;  ///< Configurations run together that could not be cut apart.
};

/// Cuts one listed configuration; text of another form is all `system`.
EnvironmentParts environment_parts(std::string_view listed);

}  // namespace cmvp
