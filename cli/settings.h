#pragma once

#include <string>
#include <vector>

#include "cli/command.h"
#include "evidence/base/host.h"

namespace cli {

/// An option of a command that nobody gave on the command line, and where its values come from.
struct Setting {
  std::string option;
  std::vector<std::string> values;  ///< Empty for a flag.
  std::string from;                 ///< e.g. "assay.toml:3", "ASSAY_FAIL_ON", "profile ci"
};

/// What the environment, the settings file and the profiles say about options that `given` leaves
/// open, in this order; the first to say anything wins. The file is the one that --config names, or
/// the first of assay.toml in the working folder, assay/assay.toml in XDG_CONFIG_HOME and
/// /etc/assay/assay.toml. Throws Error(input) with file and line for a key or a value that is not
/// known, Error(usage) for a variable or a profile that makes no sense.
std::vector<Setting> settings_of(const Command& command, const Invocation& given,
                                 const base::Host& host);

/// `given` with `settings`; it stays as it is for commands that take no --profile.
Invocation with_settings(const Command& command, const Invocation& given, const base::Host& host);

}  // namespace cli
