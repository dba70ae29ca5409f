#include <ostream>

#include "cli/collect.h"
#include "cli/exit_code.h"
#include "cli/options.h"
#include "evidence/base/error.h"

namespace cli {
namespace {

constexpr Option kOptions[] = {
    {"output", "o", "DIR", "the folder for evidence.db (default assay-evidence)"},
    kRoot,
    kOpensslConf,
    kOpensslModules,
    kPassive,
    kExercise,
    kMeasure,
    kPkcs11InitArgs,
    kPkcs11Env,
    kChroot,
    kPkcs11Entry,
    kObjects,
    kLogin,
    kPinFile,
    kPinFd,
    kPinEnv,
    kLoginOnDevice,
    kLoginDespitePinFlags,
    kTimeLimit};

constexpr std::string_view kExamples[] = {
    "assay probe -o evidence            collect from this machine",
    "assay probe --root /srv/image      collect from an unpacked image",
    "assay probe /usr/lib/softhsm/libsofthsm2.so   collect from a PKCS#11 module",
};

int run(const Invocation& invocation, Terminal& terminal) {
  const auto& words = invocation.words();
  if (words.size() > 1 || (words.size() == 1 && !evidence::probes::is_pkcs11_target(words[0])))
    throw base::Error(base::ErrorKind::usage,
                      "probe takes one PKCS#11 module, a pkcs11: URI or a path ending in .so; see "
                      "assay probe --help");
  const std::string folder = invocation.value("output").value_or("assay-evidence");
  make_folder(folder);
  const std::string file = folder + "/" + std::string(kEvidenceFile);
  collect_into(file, words.empty() ? "" : words[0], invocation, terminal);
  terminal.out << file << "\n";
  return kHolds;
}

}  // namespace

Command probe_command() {
  return {
      "probe",
      "[MODULE]",
      "Collect evidence and judge nothing",
      "Loads the cryptographic modules of the target in child processes, makes them work, and "
      "writes what was seen, and what could not be seen, to an evidence database. With MODULE it "
      "asks that PKCS#11 module what there is, without a login. Prints the "
      "name of the file. Judge it later, or elsewhere, with assay check FILE.",
      kOptions,
      kExamples,
      run};
}

}  // namespace cli
