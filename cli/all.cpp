#include <vector>

#include "cli/command.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace cli {

Command probe_command();
Command check_command();
Command report_command();
Command query_command();
Command explain_command();
Command rules_command();
Command cmvp_command();
Command config_command();
Command doctor_command();
Command document_command();

std::span<const Command> all_commands() {
  static const Command kCommands[] = {
      check_command(), probe_command(), report_command(), query_command(),  explain_command(),
      rules_command(), cmvp_command(),  config_command(), doctor_command(), document_command(),
  };
  return kCommands;
}

const Command& command_named(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Command& command : all_commands()) {
    if (command.name == name) return command;
    names.push_back(command.name);
  }
  const auto near = base::nearest(name, names);
  throw base::Error(base::ErrorKind::usage,
                    "no command \"" + std::string(name) + "\"" +
                        (near ? "; did you mean " + std::string(*near) + "?" : "") +
                        "; see assay --help");
}

std::span<const Option> common_options() {
  static constexpr Option kCommon[] = {
      {"quiet", "q", "", "no progress, only results and errors"},
      {"help", "h", "", "show the help of the command"},
  };
  return kCommon;
}

}  // namespace cli
