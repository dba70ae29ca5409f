#include <ostream>

#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/settings.h"
#include "evidence/base/text.h"

namespace cli {
namespace {

constexpr Option kOptions[] = {kProfile, kConfig};

constexpr std::string_view kExamples[] = {
    "assay config                              what assay check would do here, and why",
    "assay config --profile ci --profile federal",
};

int run(const Invocation& invocation, Terminal& terminal) {
  const auto settings = settings_of(command_named("check"), invocation, base::SystemHost());
  for (const Setting& setting : settings) {
    const std::string values =
        setting.values.empty() ? "on" : base::printable(base::join(setting.values, ", "));
    terminal.out << setting.option << " = " << values << "   (" << setting.from << ")\n";
  }
  if (settings.empty()) terminal.out << "no settings: no file, no variable and no profile here\n";
  terminal.out << "everything else is as assay check --help says\n";
  return kHolds;
}

}  // namespace

Command config_command() {
  return {
      "config",
      "",
      "Show the settings that assay check would use here, and where each comes from",
      "An option on the command line comes first, then a variable ASSAY_… of its name, then the "
      "settings file, then profiles. The file is assay.toml in the working folder, else in "
      "XDG_CONFIG_HOME/assay, else in /etc/assay.",
      kOptions,
      kExamples,
      run};
}

}  // namespace cli
