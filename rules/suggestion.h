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
};

/// Tests for the mutants that survive in `pack`, apart from those on the list of survivors. Throws
/// as `mutate`.
std::vector<SuggestedTest> suggest_tests(const Pack& pack, const Prepare& prepare,
                                         const MutationOptions& options);

/// `test` as a pack writes it.
std::string as_xml(const RuleTest& test);

}  // namespace rules
