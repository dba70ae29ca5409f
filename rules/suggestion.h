#pragma once

#include <functional>
#include <string>
#include <vector>

#include "rules/mutation.h"

namespace rules {

/// A test that a rule lacks: it differs little from one that the rule has, and notices mutants that
/// none of them notices.
struct SuggestedTest {
  std::string rule;  ///< id
  RuleTest test;  ///< It expects what the rule says now: a person must say whether that is right.
  std::vector<Mutant> notices;
  /// It expects a pass though a value is missing that the test it varies has: either no probe
  /// leaves that out, or the rule takes what is missing for good.
  bool passes_without = false;
};

/// Takes one test after the other, as they are found: that lasts seconds a rule.
using TakeSuggestion = std::function<void(const SuggestedTest&)>;

/// Tests for the mutants that survive in `pack`, apart from those on the list of survivors. Throws
/// as `mutate`.
void suggest_tests(const Pack& pack, const Prepare& prepare, const MutationOptions& options,
                   const TakeSuggestion& take);

/// `test` as a pack writes it.
std::string as_xml(const RuleTest& test);

}  // namespace rules
