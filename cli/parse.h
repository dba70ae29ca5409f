#pragma once

#include <string>
#include <vector>

#include "cli/command.h"

namespace cli {

/// Reads the words after the name of `command`. Throws Error(usage), naming the nearest option, for
/// a word that the command does not take.
Invocation parse(const Command& command, const std::vector<std::string>& words);

}  // namespace cli
