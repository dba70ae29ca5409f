#include <ostream>

#include "cli/collect.h"
#include "cli/exit_code.h"
#include "cli/options.h"

namespace cli {
namespace {

constexpr Option kOptions[] = {
    {"output", "o", "DIR", "the folder for evidence.db (default assay-evidence)"},
    kRoot,
    kOpensslConf,
    kOpensslModules,
    kPassive,
    kTimeLimit};

constexpr std::string_view kExamples[] = {
    "assay probe -o evidence            collect from this machine",
    "assay probe --root /srv/image      collect from an unpacked image",
};

int run(const Invocation& invocation, Terminal& terminal) {
  const std::string folder = invocation.value("output").value_or("assay-evidence");
  make_folder(folder);
  const std::string file = folder + "/" + std::string(kEvidenceFile);
  collect_into(file, invocation, terminal);
  terminal.out << file << "\n";
  return kHolds;
}

}  // namespace

Command probe_command() {
  return {"probe",
          "",
          "Collect evidence and judge nothing",
          "Loads the cryptographic modules of the target in child processes, makes them work, and "
          "writes what was seen, and what could not be seen, to an evidence database. Prints the "
          "name of the file. Judge it later, or elsewhere, with assay check FILE.",
          kOptions,
          kExamples,
          run};
}

}  // namespace cli
