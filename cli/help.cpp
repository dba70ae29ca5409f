#include "cli/help.h"

#include <fmt/format.h>

#include "evidence/base/text.h"

namespace cli {
namespace {

constexpr std::size_t kWidth = 96;

constexpr std::string_view kPurpose =
    "assay shows which cryptographic modules a system really runs, and whether what runs matches "
    "what was validated. It makes modules do things rather than believing them, joins what it saw "
    "with CMVP certificates, judges it with rules that name their clause, and writes reports.";

constexpr std::string_view kExitCodes =
    "  0  something was checked, and all of it held at the chosen threshold\n"
    "  1  findings at or over the threshold\n"
    "  2  usage or tool error\n"
    "  3  could not determine: nothing applicable, evidence missing, data too old\n"
    "  4  a signature, digest or re-derivation does not match\n";

std::string wrapped(std::string_view text, std::size_t indent, std::size_t first_used) {
  std::string result;
  std::size_t used = first_used;
  for (const auto word : base::split(text, ' ')) {
    if (used + word.size() + 1 > kWidth && used > indent) {
      result += "\n" + std::string(indent, ' ');
      used = indent;
    } else if (!result.empty()) {
      result += ' ';
      ++used;
    }
    result += word;
    used += word.size();
  }
  return result;
}

std::string option_words(const Option& option) {
  std::string words = option.letter.empty() ? "    " : "-" + std::string(option.letter) + ", ";
  words += "--" + std::string(option.name);
  return option.argument.empty() ? words : words + " " + std::string(option.argument);
}

std::string option_lines(std::span<const Option> options) {
  constexpr std::size_t kColumn = 30;
  std::string lines;
  for (const Option& option : options) {
    std::string line = "  " + option_words(option);
    if (line.size() + 1 < kColumn)
      line.resize(kColumn, ' ');
    else
      line += "\n" + std::string(kColumn, ' ');
    lines += line + wrapped(option.help, kColumn, kColumn) + "\n";
  }
  return lines;
}

std::string usage_line(const Command& command) {
  return fmt::format("assay {} [OPTION…]{}{}", command.name, command.words.empty() ? "" : " ",
                     command.words);
}

std::string escaped_for_man(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\')
      result += "\\\\";
    else if (c == '-')
      result += "\\-";
    else
      result += c;
  }
  return result.starts_with('.') || result.starts_with('\'') ? "\\&" + result : result;
}

std::string man_options(std::span<const Option> options) {
  std::string text;
  for (const Option& option : options)
    text += ".TP\n.B " + escaped_for_man(base::trim(option_words(option))) + "\n" +
            escaped_for_man(option.help) + "\n";
  return text;
}

}  // namespace

std::string overall_help() {
  std::string text = wrapped(kPurpose, 0, 0) + "\n\nUsage: assay COMMAND [OPTION…] [WORD…]\n\n";
  for (const Command& command : all_commands())
    text += fmt::format("  {:<10} {}\n", command.name, command.summary);
  text += "\nOptions of every command\n" + option_lines(common_options());
  text += "\nExit codes\n" + std::string(kExitCodes);
  text += "\nStart with: assay check\nMore on a command: assay COMMAND --help\n";
  return text;
}

std::string command_help(const Command& command) {
  std::string text = "Usage: " + usage_line(command) + "\n\n" + wrapped(command.summary, 0, 0) +
                     ".\n\n" + wrapped(command.details, 0, 0) + "\n\nOptions\n" +
                     option_lines(command.options) + option_lines(common_options());
  if (!command.examples.empty()) text += "\nExamples\n";
  for (const auto example : command.examples) text += "  " + std::string(example) + "\n";
  return text;
}

std::string manual_page() {
  std::string text =
      ".TH ASSAY 1 \"\" \"assay\" \"User Commands\"\n.SH NAME\nassay \\- evidence "
      "about cryptographic modules\n.SH SYNOPSIS\n.B assay\n.I COMMAND\n[OPTION...] "
      "[WORD...]\n.SH DESCRIPTION\n" +
      escaped_for_man(kPurpose) + "\n.SH COMMANDS\n";
  for (const Command& command : all_commands()) {
    text += ".SS " + escaped_for_man(usage_line(command)) + "\n" +
            escaped_for_man(command.summary) + ".\n.PP\n" + escaped_for_man(command.details) +
            "\n" + man_options(command.options);
    if (!command.examples.empty()) text += ".PP\nExamples:\n.nf\n";
    for (const auto example : command.examples) text += escaped_for_man(example) + "\n";
    if (!command.examples.empty()) text += ".fi\n";
  }
  text += ".SH OPTIONS OF EVERY COMMAND\n" + man_options(common_options());
  text += ".SH EXIT STATUS\n.nf\n" + escaped_for_man(kExitCodes) + ".fi\n";
  return text;
}

}  // namespace cli
