#pragma once

#include <iosfwd>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// An option of a command. The help, the manual page and the completions are made from it.
struct Option {
  std::string_view name;      ///< Without dashes, e.g. "as-of".
  std::string_view letter;    ///< Short form, e.g. "o"; "" if there is none.
  std::string_view argument;  ///< Name of its argument, e.g. "DATE"; "" for a flag.
  std::string_view help;
  std::string_view choices = {};  ///< Words it may have, separated by spaces; "" for any.
};

/// What a command was called with.
class Invocation {
 public:
  Invocation(std::map<std::string, std::vector<std::string>> options,
             std::vector<std::string> words)
      : options_(std::move(options)), words_(std::move(words)) {}

  bool has(const std::string& option) const { return options_.contains(option); }
  /// The last value given to `option`.
  std::optional<std::string> value(const std::string& option) const;
  /// All values given to `option`, in order.
  std::vector<std::string> values(const std::string& option) const;
  /// Takes `values` for `option`, in place of those it may have.
  void set(const std::string& option, std::vector<std::string> values) {
    options_[option] = std::move(values);
  }
  /// The words that are no options.
  const std::vector<std::string>& words() const { return words_; }

 private:
  std::map<std::string, std::vector<std::string>> options_;
  std::vector<std::string> words_;
};

/// Where a command writes: machine output and reports to `out`, progress and diagnostics to `err`.
struct Terminal {
  std::ostream& out;
  std::ostream& err;
  bool colour = false;    ///< `out` is a terminal and NO_COLOR is not set.
  bool progress = false;  ///< `err` is a terminal and --quiet was not given.
};

/// A command of the program.
struct Command {
  std::string_view name;
  std::string_view words;    ///< Its words in the usage line, e.g. "[EVIDENCE]".
  std::string_view summary;  ///< One line, no full stop.
  std::string_view details;  ///< A few sentences: what it does, what to know.
  std::span<const Option> options;
  std::span<const std::string_view> examples;
  int (*run)(const Invocation& invocation, Terminal& terminal);  ///< Returns an ExitCode.
};

/// Every command, in the order of the help.
std::span<const Command> all_commands();

/// The command called `name`. Throws Error(usage) naming the nearest one.
const Command& command_named(std::string_view name);

/// Options that every command takes.
std::span<const Option> common_options();

}  // namespace cli
