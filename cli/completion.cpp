#include <fmt/format.h>

#include "cli/help.h"
#include "evidence/base/error.h"

namespace cli {
namespace {

std::string option_list(const Command& command) {
  std::string words;
  for (const Option& option : command.options) words += " --" + std::string(option.name);
  for (const Option& option : common_options()) words += " --" + std::string(option.name);
  return words;
}

std::string command_list() {
  std::string words;
  for (const Command& command : all_commands())
    words += (words.empty() ? "" : " ") + std::string(command.name);
  return words;
}

std::string bash() {
  std::string cases;
  for (const Command& command : all_commands())
    cases += fmt::format("    {}) words=\"{}\";;\n", command.name, option_list(command));
  return fmt::format(
      "_assay() {{\n"
      "  local current=${{COMP_WORDS[COMP_CWORD]}} words=\"{}\"\n"
      "  COMPREPLY=()\n"
      "  [ \"$COMP_CWORD\" -gt 1 ] && case ${{COMP_WORDS[1]}} in\n{}  esac\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ] || [[ $current == -* ]]; then\n"
      "    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
      "  else\n"
      "    COMPREPLY=($(compgen -f -- \"$current\"))\n"
      "  fi\n"
      "}}\n"
      "complete -o filenames -F _assay assay\n",
      command_list(), cases);
}

// Single quotes end a word in both shells; a colon ends a name in zsh's lists.
std::string quoted(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\'')
      result += "'\\''";
    else if (c == '[' || c == ']' || c == ':')
      result += std::string("\\") + c;
    else
      result += c;
  }
  return result;
}

std::string zsh() {
  std::string commands, cases;
  for (const Command& command : all_commands()) {
    commands += fmt::format("    '{}:{}'\n", command.name, quoted(command.summary));
    std::string options;
    for (const auto list : {command.options, common_options()})
      for (const Option& option : list)
        options +=
            fmt::format(" \\\n        '*--{}[{}]{}'", option.name, quoted(option.help),
                        option.argument.empty() ? "" : fmt::format(":{}:_files", option.argument));
    cases += fmt::format("      {}) _arguments{} \\\n        '*:file:_files';;\n", command.name,
                         options);
  }
  return fmt::format(
      "#compdef assay\n"
      "_assay() {{\n"
      "  local -a commands=(\n{}  )\n"
      "  if (( CURRENT == 2 )); then\n"
      "    _describe command commands\n"
      "  else\n"
      "    local name=$words[2]\n"
      "    shift words; (( CURRENT-- ))\n"
      "    case $name in\n{}    esac\n"
      "  fi\n"
      "}}\n"
      "_assay \"$@\"\n",
      commands, cases);
}

std::string fish_quoted(std::string_view text) {
  std::string result;
  for (const char c : text) result += c == '\'' ? std::string("\\'") : std::string(1, c);
  return result;
}

std::string fish() {
  std::string text = "complete -c assay -n __fish_use_subcommand -f\n";
  for (const Command& command : all_commands()) {
    text += fmt::format("complete -c assay -n __fish_use_subcommand -f -a {} -d '{}'\n",
                        command.name, fish_quoted(command.summary));
    for (const auto list : {command.options, common_options()})
      for (const Option& option : list)
        text +=
            fmt::format("complete -c assay -n '__fish_seen_subcommand_from {}' -l {}{}{} -d '{}'\n",
                        command.name, option.name,
                        option.letter.empty() ? "" : fmt::format(" -s {}", option.letter),
                        option.argument.empty() ? "" : " -r", fish_quoted(option.help));
  }
  return text;
}

}  // namespace

std::string completion(const std::string& shell) {
  if (shell == "bash") return bash();
  if (shell == "zsh") return zsh();
  if (shell == "fish") return fish();
  throw base::Error(base::ErrorKind::usage, "completions are made for bash, zsh and fish");
}

}  // namespace cli
