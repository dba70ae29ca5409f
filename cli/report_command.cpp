#include "cli/exit_code.h"
#include "cli/judge.h"
#include "cli/options.h"
#include "cli/write_reports.h"
#include "evidence/base/error.h"

namespace cli {
namespace {

constexpr Option kOptions[] = {kProfile,   kConfig,  kReportFolder, kFormat,   kAsOf,
                               kFailOn,    kWaivers, kAttestations, kClaims,   kBaseline,
                               kSourceMap, kPack,    kPackKey,      kSnapshot, kMaxSnapshotAge};

constexpr std::string_view kExamples[] = {
    "assay report evidence.db --format html > report.html",
    "assay report evidence.db -o assay-report",
};

int run(const Invocation& invocation, Terminal& terminal) {
  if (invocation.words().size() != 1)
    throw base::Error(base::ErrorKind::usage,
                      "report needs one evidence file, e.g. assay report evidence.db -o reports");
  write_reports(judge(invocation.words().front(), invocation), invocation, terminal);
  return kHolds;
}

}  // namespace

Command report_command() {
  return {
      "report",
      "EVIDENCE",
      "Write reports from evidence collected before",
      "The same as check on that evidence, but the exit code only says whether the reports were "
      "written. The same evidence, packs, snapshot and date give the same bytes.",
      kOptions,
      kExamples,
      run};
}

}  // namespace cli
