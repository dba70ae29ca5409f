#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <iostream>

#include "cli/exit_code.h"
#include "cli/help.h"
#include "cli/parse.h"
#include "cli/settings.h"
#include "evidence/base/error.h"

namespace cli {
namespace {

bool asks_for(const std::vector<std::string>& words, std::string_view option) {
  for (const std::string& word : words) {
    if (word == "--") return false;
    if (word == option) return true;
  }
  return false;
}

int dispatch(const std::vector<std::string>& words) {
  if (words.empty() || words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    (words.empty() ? std::cerr : std::cout) << overall_help();
    return words.empty() ? kTrouble : kHolds;
  }
  if (words[0] == "--version") {
    std::cout << "assay " << ASSAY_VERSION << "\n";
    return kHolds;
  }
  const Command& command = command_named(words[0]);
  const std::vector<std::string> rest(words.begin() + 1, words.end());
  if (asks_for(rest, "--help") || asks_for(rest, "-h")) {
    std::cout << command_help(command);
    return kHolds;
  }
  const Invocation invocation = with_settings(command, parse(command, rest), base::SystemHost());
  const char* no_colour = std::getenv("NO_COLOR");
  Terminal terminal{std::cout, std::cerr,
                    isatty(STDOUT_FILENO) != 0 && (no_colour == nullptr || *no_colour == '\0'),
                    isatty(STDERR_FILENO) != 0 && !invocation.has("quiet")};
  const int code = command.run(invocation, terminal);
  std::cout.flush();
  if (!std::cout)
    throw base::Error(base::ErrorKind::environment, "standard output: cannot be written");
  return code;
}

}  // namespace
}  // namespace cli

int main(int count, char* words[]) try {
  return cli::dispatch({words + 1, words + count});
} catch (const base::Error& error) {
  std::cerr << "assay: " << error.what() << '\n';
  if (error.kind() == base::ErrorKind::internal) std::cerr << "assay: please report this\n";
  return error.kind() == base::ErrorKind::mismatch ? cli::kMismatch : cli::kTrouble;
} catch (const std::exception& error) {
  std::cerr << "assay: internal error: " << error.what() << "; please report this\n";
  return cli::kTrouble;
}
