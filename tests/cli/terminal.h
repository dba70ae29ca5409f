#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "cli/parse.h"

namespace cli_test {

/// What a command printed, and its exit code.
struct Ran {
  int code;
  std::string out, err;
};

/// Runs the command `words[0]` with the other words, as the program does, without a terminal.
inline Ran run(const std::vector<std::string>& words) {
  std::ostringstream out, err;
  cli::Terminal terminal{out, err, false, false};
  const cli::Command& command = cli::command_named(words.at(0));
  const int code = command.run(cli::parse(command, {words.begin() + 1, words.end()}), terminal);
  return {code, out.str(), err.str()};
}

/// The message of the error that running `words` ends in; "" if it ends in none.
inline std::string error_of(const std::vector<std::string>& words) {
  try {
    run(words);
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

}  // namespace cli_test
