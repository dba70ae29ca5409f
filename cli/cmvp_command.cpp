#include <vector>

#include "cli/cmvp_import.h"
#include "cli/cmvp_subcommand.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace cli {
namespace {

constexpr CmvpSubcommand kSubcommands[] = {
    {"show", "prints what the snapshot knows of a certificate", cmvp_show},
    {"status", "says what a certificate was worth on a date", cmvp_status},
    {"search", "finds certificates by name, vendor, version or number", cmvp_search},
    {"diff", "says what changed between two snapshots", cmvp_diff},
    {"in-process", "finds modules on their way to a certificate", cmvp_records},
    {"entropy", "finds entropy certificates", cmvp_records},
    {"cavp", "finds algorithm validations", cmvp_records},
    {"products", "finds Common Criteria products", cmvp_records},
    {"profiles", "finds protection profiles; one alone with its requirements", cmvp_records},
    {"list", "shows which snapshots are held", list_snapshots},
    {"import", "makes a newer snapshot of files", import_files},
    {"update", "fetches the lists and the pages that changed", update_snapshot},
};

constexpr Option kOptions[] = {
    {"as-of", "", "DATE",
     "the date that status and sunset speak of, YYYY-MM-DD (default: the snapshot's own)"},
    {"status", "", "STATUS", "search: only Active, Historical or Revoked",
     "Active Historical Revoked"},
    {"standard", "", "STANDARD", "search: only this standard, e.g. 140-3"},
    {"vendor", "", "WORD", "search: only vendors with this word"},
    {"algorithm", "", "NAME",
     "search: only certificates that name this approved algorithm or parameter set, e.g. ML-KEM"},
    {"level", "", "LEVEL", "search: only this overall level", "1 2 3 4"},
    {"sunset-before", "", "DATE", "search: only certificates with a sunset before this date"},
    {"limit", "", "COUNT",
     "search, in-process, entropy, cavp, products, profiles: how many at the most (default 50)"},
    {"evidence", "", "FILE",
     "diff: evidence whose modules are watched: what of the changes touches them; may be repeated"},
    {"within", "", "DAYS", "diff: list the sunset dates of so many days ahead (default 90)"},
    {"format", "", "FORMAT",
     "text or json (default text); diff: ics too, a calendar of sunset dates", "text json ics"},
    {"snapshot", "", "SNAPSHOT",
     "which snapshot: built-in, the day of a held one, or a file (default: the newest that is not "
     "later than --as-of)"},
    {"taken-at", "", "DATE", "import: the day the files were fetched, YYYY-MM-DD"},
    {"source", "", "WORDS", "import: where the files come from, in words"},
    {"base-url", "", "URL", "update: another place than https://csrc.nist.gov, e.g. a mirror"},
    {"also", "", "WHAT",
     "update: fetch besides entropy (the entropy certificates that certificates name), cavp (the "
     "algorithm validations that the new pages link to) or common-criteria (the portal's lists of "
     "products and protection profiles); may be repeated",
     "entropy cavp common-criteria"},
    {"portal-url", "", "URL",
     "update: another place than https://www.commoncriteriaportal.org, e.g. a mirror"},
    {"proxy", "", "URL", "update: the proxy to use (default: that of the environment)"},
    {"cacert", "", "FILE", "update: the authorities to trust (default: the system's)"},
    {"pause", "", "MILLISECONDS", "update: how long to wait between two requests (default 1000)"},
    {"accept-shrink", "", "", "import, update: a list may have shrunk by more than half"},
};

constexpr std::string_view kExamples[] = {
    "assay cmvp show 4985",
    "assay cmvp search openssl fips provider --status Active",
    "assay cmvp search --sunset-before 2027-01-01 --status Active",
    "assay cmvp search --algorithm ML-KEM --status Active",
    "assay cmvp status 4282 --as-of 2026-09-21",
    "assay cmvp diff old.csv built-in --evidence evidence.db --within 180",
    "assay cmvp diff old.csv built-in --within 365 --format ics",
    "assay cmvp import lists/ --taken-at 2026-11-20",
    "assay cmvp update --also entropy --also common-criteria",
    "assay cmvp products openssl --format json",
    "assay cmvp profiles functional package tls",
};

int run(const Invocation& invocation, Terminal& terminal) {
  const std::string what = invocation.words().empty() ? "" : invocation.words().front();
  std::vector<std::string> names;
  for (const CmvpSubcommand& each : kSubcommands) {
    if (each.name == what) return each.run(invocation, terminal);
    names.emplace_back(each.name);
  }
  throw base::Error(base::ErrorKind::usage,
                    "cmvp takes one of " + base::join(names, ", ") + ", not \"" + what + "\"");
}

}  // namespace

Command cmvp_command() {
  return {
      "cmvp",
      "show|status|search|diff|in-process|entropy|cavp|products|profiles|list|import|update WORD…",
      "Look up certificates in CMVP snapshots, hold newer ones, see what changed",
      "show NUMBER prints what the snapshot knows of a certificate, and what it rests on; status "
      "NUMBER says what it was worth on a date (exit code 0 Active, 1 not, 3 not known); search "
      "WORD… finds certificates by name, vendor, version or number, near names if nothing has the "
      "words (exit code 3). diff OLD NEW says what changed between two snapshots (built-in, the "
      "day of a held one, or a file), and which sunset dates come; with --evidence it says what "
      "touches the modules there (exit code 1 if something does). in-process, entropy, cavp, "
      "products and profiles WORD… find what was imported besides: modules in process or under "
      "test, entropy certificates, CAVP validations, Common Criteria products and protection "
      "profiles, a single profile with its requirements and their choices. list shows which "
      "snapshots are held; import FILE|FOLDER… makes a newer one of lists, certificate pages and "
      "feeds, on top of the newest older one; update fetches the lists and the pages that changed. "
      "Nothing else contacts anything.",
      kOptions,
      kExamples,
      run};
}

}  // namespace cli
