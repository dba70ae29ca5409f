#include "cli/parse.h"

#include <boost/program_options.hpp>

#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace cli {
namespace {

namespace po = boost::program_options;
using Values = std::vector<std::string>;

constexpr const char* kWords = "words";

void describe(po::options_description& description, std::span<const Option> options) {
  for (const Option& option : options) {
    std::string name(option.name);
    if (!option.letter.empty()) name += "," + std::string(option.letter);
    if (option.argument.empty())
      description.add_options()(name.c_str(), "");
    else
      description.add_options()(name.c_str(), po::value<Values>(), "");
  }
}

std::string unknown_option(const Command& command, const std::string& given) {
  std::vector<std::string_view> names;
  for (const Option& option : command.options) names.push_back(option.name);
  for (const Option& option : common_options()) names.push_back(option.name);
  const auto start = given.find_first_not_of('-');
  const auto near = base::nearest(start == std::string::npos ? given : given.substr(start), names);
  return "assay " + std::string(command.name) + " has no option " + given +
         (near ? "; did you mean --" + std::string(*near) + "?" : "") + "; see assay " +
         std::string(command.name) + " --help";
}

void check_choices(std::span<const Option> options, const po::variables_map& given) {
  for (const Option& option : options) {
    const std::string name(option.name);
    if (option.choices.empty() || given.count(name) == 0) continue;
    const auto choices = base::split(option.choices, ' ');
    for (const std::string& value : given[name].as<Values>()) {
      if (std::find(choices.begin(), choices.end(), value) != choices.end()) continue;
      const auto near = base::nearest(value, choices);
      throw base::Error(base::ErrorKind::usage,
                        "--" + name + " is one of " + std::string(option.choices) + ", not \"" +
                            value + "\"" +
                            (near ? "; did you mean " + std::string(*near) + "?" : ""));
    }
  }
}

Invocation invocation(const po::variables_map& given) {
  std::map<std::string, Values> options;
  Values words;
  for (const auto& [name, value] : given) {
    const auto* values = boost::any_cast<Values>(&value.value());
    if (name == kWords)
      words = *values;
    else
      options[name] = values == nullptr ? Values{} : *values;
  }
  return {std::move(options), std::move(words)};
}

}  // namespace

std::optional<std::string> Invocation::value(const std::string& option) const {
  const auto found = options_.find(option);
  if (found == options_.end() || found->second.empty()) return std::nullopt;
  return found->second.back();
}

std::vector<std::string> Invocation::values(const std::string& option) const {
  const auto found = options_.find(option);
  return found == options_.end() ? Values{} : found->second;
}

Invocation parse(const Command& command, const std::vector<std::string>& words) {
  po::options_description description;
  describe(description, command.options);
  describe(description, common_options());
  description.add_options()(kWords, po::value<Values>(), "");
  po::positional_options_description positional;
  positional.add(kWords, -1);
  po::variables_map given;
  try {
    // No guessing: an abbreviation that works today may mean another option tomorrow.
    const auto style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
    po::store(po::command_line_parser(words)
                  .options(description)
                  .positional(positional)
                  .style(style)
                  .run(),
              given);
  } catch (const po::unknown_option& error) {
    throw base::Error(base::ErrorKind::usage, unknown_option(command, error.get_option_name()));
  } catch (const po::error& error) {
    throw base::Error(base::ErrorKind::usage, std::string(error.what()) + "; see assay " +
                                                  std::string(command.name) + " --help");
  }
  check_choices(command.options, given);
  return invocation(given);
}

}  // namespace cli
