#pragma once

#include <string>
#include <vector>

#include "rules/mutation.h"

namespace rules {

/// A test that a rule lacks: it differs little from one that the rule has, and notices mutants that
/// none of them notices.
struct SuggestedTest {
  std::string rule;  ///< id
  RuleTest test;  ///< It expects what the rule says now: a person must say whether that is right.
  std::vector<std::string> notices;  ///< "part: change" of each mutant
  /// It expects a pass though a value is missing that the test it varies has: either no probe
  /// leaves that out, or the rule takes what is missing for good.
  bool passes_without = false;
};

/// Tests for the mutants that survive in `pack`, apart from those on the list of survivors. Throws
/// as `mutate`.
std::vector<SuggestedTest> suggest_tests(const Pack& pack, const Prepare& prepare,
                                         const MutationOptions& options);

/// `test` as a pack writes it.
std::string as_xml(const RuleTest& test);

}  // namespace rules
