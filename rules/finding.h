#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "evidence/base/shared.h"
#include "rules/result.h"
#include "rules/waiver.h"

namespace rules {

/// Where a requirement is written down.
struct Citation {
  std::string standard;      ///< e.g. "ISO/IEC 19790:2012", "FIPS 140-3 IG", "SP 800-131A Rev. 2"
  std::string clause;        ///< e.g. "7.5", "AS05.05", "C.H"
  std::string says;          ///< What it asks, in our own words.
  bool from_memory = false;  ///< The text of the standard was not at hand when this was written.

  bool operator==(const Citation&) const = default;
};

/// One piece of evidence behind a finding: a row of `source` and what was seen there.
struct Exhibit {
  std::int64_t source = 0;  ///< Row of the `source` table; 0 when there is none.
  std::string locator;      ///< Where: file, call, certificate list.
  std::string method;       ///< How it was looked at.
  std::string outcome;      ///< observed, absent, unreadable, unsupported.
  std::string basis;        ///< declared, listed or observed; "" when the place gave no fact.
  std::string seen;         ///< What was seen, in words.
};

/// Whether a finding was there before, as far as a baseline tells.
enum class Novelty {
  none,   ///< No baseline was given, or it says nothing of such results.
  fresh,  ///< Not in the baseline.
  known,  ///< In the baseline.
};

/// What one rule says about one subject.
struct Finding {
  std::string id;             ///< rule id, "--", subject: stable over runs; the anchor in reports.
  std::string pack;           ///< id of the pack
  std::string rule;           ///< id of the rule
  std::string area;           ///< requirement area, e.g. "5 Software/Firmware security"
  std::string subject;        ///< subject key, e.g. "openssl:fips", "host"
  std::string subject_label;  ///< e.g. "OpenSSL FIPS Provider 3.0.20"
  Result result = Result::pass;
  Severity severity = Severity::low;
  Rung rung = Rung::none;
  std::string claim;    ///< The claim that is put to the test, in words; "" for other rules.
  std::string title;    ///< What is the case, for this result.
  std::string message;  ///< The decisive reason; the first violation when it failed.
  std::vector<Exhibit> evidence;
  base::Shared<std::vector<Citation>> citations;
  base::Shared<std::string> rationale;  ///< Why it matters.
  std::string remedy;  ///< What to do about this result; "" where nothing is to be done.
  /// What repairs a failure of its rule, whatever came out.
  base::Shared<std::string> repair;
  /// The SQL that a reader can run on the evidence to see the same.
  base::Shared<std::string> query;
  /// Controls it speaks to, e.g. "NIST SP 800-53 Rev. 5 SC-13".
  base::Shared<std::vector<std::string>> controls;
  std::vector<Waiver> waivers;      ///< Those that cover it.
  Novelty novelty = Novelty::none;  ///< Against the baseline.
  std::string file;                 ///< The file it is about, if the rule itself knows; else "".
  std::int64_t line = 0;  ///< The line of `file`, counted from 1; 0 if only the file is known.

  /// Whether it is held against the exit code: neither waived nor in the baseline.
  bool counts() const { return waivers.empty() && novelty != Novelty::known; }

  /// Takes on `to`, the reason for it and what to do about it, if that is graver than the result so
  /// far.
  void raise(Result to, const std::string& why, const std::string& what_to_do) {
    if (to > result) result = to, message = why, remedy = what_to_do;
  }
};

}  // namespace rules
