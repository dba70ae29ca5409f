#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cmvp {

/// The single configurations in a listed text. Pages run them together: "A running on B with C with
/// PAA A running on B with C without PAA"; a cut is made only after the words about acceleration.
std::vector<std::string> single_environments(std::string_view listed);

/// A listed configuration cut into its parts; a part that is not there is "".
struct EnvironmentParts {
  std::string system;        ///< "Debian 11.5"
  std::string platform;      ///< "Dell Inspiron 7573", hypervisors included
  std::string processor;     ///< "Intel i7-8550U"
  bool virtualized = false;  ///< Something stands between system and platform: "on VMware ESXi".
  bool with_acceleration = false, without_acceleration = false;
};

/// Cuts one listed configuration; text of another form is all `system`.
EnvironmentParts environment_parts(std::string_view listed);

}  // namespace cmvp
