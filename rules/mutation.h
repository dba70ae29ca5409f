#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/base/host.h"
#include "rules/rule_test.h"

namespace rules {

/// The file beside a pack that lists mutants which no test can or need kill, each with its reason:
/// CSV with the columns rule, part, mutant, reason. It is no part of the pack.
constexpr const char* kSurvivorsFile = "survivors.csv";

/// A rule with one small change, that its tests should notice.
struct Mutant {
  std::string rule;    ///< id; of a change to <subjects> the kind, to <view> its name
  std::string part;    ///< "violations", "unknown", "not-applicable", "needs", "subjects" or "view"
  std::string change;  ///< what was changed: one line
  std::string origin;  ///< `file:line` of the rule or view

  bool operator==(const Mutant&) const = default;
};

/// What came of the mutants of one pack.
struct MutationReport {
  int mutants = 0;                    ///< that were tried
  int killed = 0;                     ///< A test of the rule noticed them.
  int equivalent = 0;                 ///< Not noticed, but listed with a reason.
  std::vector<Mutant> survivors;      ///< Not noticed and not listed.
  std::vector<std::string> mistakes;  ///< In the list: `file:line: message`.

  /// Killed, of those that are not listed as equivalent, in percent; 100 if there are none.
  double score() const;
};

/// What `mutate` needs to know beside the pack.
struct MutationOptions {
  std::string survivors;  ///< Text of the list of survivors; "" for none.
  int every = 1;          ///< Try only every so many-th mutant: a sample.
};

/// Changes each comparison, constant, condition, join and treatment of NULL in the SQL that decides
/// (<violations>, <unknown>, <not-applicable>) and each <needs> of every rule of `pack`, one at a
/// time, and runs the tests of that rule on it; the same in <subjects> and <view>, with the tests
/// of all rules that ask them, until one notices. Mutants whose SQL is not valid do not count.
/// Throws Error(input) if the list of survivors or the reference tables cannot be read, or if a
/// test fails already without a change.
MutationReport mutate(const Pack& pack, const Prepare& prepare, const MutationOptions& options);

/// The list of survivors of the built-in pack `name`; "" if it has none.
std::string built_in_survivors(std::string_view name);

/// The list of survivors beside the pack in `folder`; "" if there is none. Throws Error(input) if
/// it cannot be read.
std::string survivors_in(const base::Host& host, const std::string& folder);

}  // namespace rules
