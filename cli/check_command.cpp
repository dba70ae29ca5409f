#include <ostream>

#include "cli/collect.h"
#include "cli/exit_code.h"
#include "cli/gate.h"
#include "cli/judge.h"
#include "cli/options.h"
#include "cli/write_reports.h"
#include "evidence/base/error.h"
#include "evidence/base/temporary_folder.h"

namespace cli {
namespace {

constexpr Option kOptions[] = {kProfile,        kConfig,   kReportFolder,  kFormat,
                               kAsOf,           kFailOn,   kExitZero,      kWaivers,
                               kAttestations,   kClaims,   kBaseline,      kWriteBaseline,
                               kSourceMap,      kPack,     kPackKey,       kSnapshot,
                               kMaxSnapshotAge, kRoot,     kOpensslConf,   kOpensslModules,
                               kPassive,        kExercise, kMeasure,       kPkcs11InitArgs,
                               kPkcs11Env,      kObjects,  kLogin,         kPinFile,
                               kPinFd,          kPinEnv,   kLoginOnDevice, kLoginDespitePinFlags,
                               kTimeLimit,      kChroot,   kPkcs11Entry};

constexpr std::string_view kExamples[] = {
    "assay check                              assess this machine, print the result",
    "assay check -o assay-report              and write HTML, XLSX and JSON with the evidence",
    "assay check --root /srv/image -q         assess an unpacked image, for a pipeline",
    "assay check 'pkcs11:token=key?module-path=/usr/lib/softhsm/libsofthsm2.so'   one token",
    "assay check evidence.db --as-of 2026-09-21   judge evidence again, as of another day",
    "assay check --profile federal            with the thresholds of a profile",
    "assay check --format json --fail-on high     machine-readable, fail only on high and critical",
    "assay check --fail-on rung:certificate       fail only where a module matches no certificate",
};

// The evidence file or the PKCS#11 module to judge; "" for the OpenSSL of the target.
std::string one_word(const Invocation& invocation) {
  if (invocation.words().size() > 1)
    throw base::Error(
        base::ErrorKind::usage,
        "check takes one evidence file or one PKCS#11 module; see assay check --help");
  return invocation.words().empty() ? "" : invocation.words().front();
}

int run(const Invocation& invocation, Terminal& terminal) {
  const std::string word = one_word(invocation);
  const bool probe = word.empty() || evidence::probes::is_pkcs11_target(word);
  std::string evidence = word;
  const auto folder = invocation.value("output");
  if (folder) make_folder(*folder);
  const base::TemporaryFolder temporary;
  if (probe) {
    evidence = folder.value_or(temporary.path()) + "/" + std::string(kEvidenceFile);
    collect_into(evidence, word, invocation, terminal);
  }
  const rules::Assessment assessment = judge(evidence, invocation);
  write_reports(assessment, invocation, terminal);
  write_baseline(assessment, invocation, terminal);
  return invocation.has("exit-zero") ? kHolds : assessment.exit_code;
}

}  // namespace

Command check_command() {
  return {"check",
          "[EVIDENCE | MODULE]",
          "Judge this machine, another root, a PKCS#11 module, or evidence collected before",
          "Without EVIDENCE it probes first: OpenSSL, or the PKCS#11 module that is named by a "
          "pkcs11: URI or a path ending in .so. The exit code is the verdict: 0 all held, 1 "
          "findings at "
          "or over the threshold, 3 could not determine. Prints the text report, or the one format "
          "asked for; with -o it writes html, xlsx and json, or the formats asked for, beside the "
          "evidence.",
          kOptions,
          kExamples,
          run};
}

}  // namespace cli
