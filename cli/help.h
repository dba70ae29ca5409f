#pragma once

#include <string>

#include "cli/command.h"

namespace cli {

/// The help of the program as a whole.
std::string overall_help();

/// The help of one command.
std::string command_help(const Command& command);

/// The manual page assay(1), in the mdoc-free man(7) language.
std::string manual_page();

/// The completion of `shell`: bash, zsh or fish. Throws Error(usage) for another.
std::string completion(const std::string& shell);

}  // namespace cli
