#pragma once

#include <functional>
#include <string>
#include <vector>

#include "evidence/base/sqlite.h"
#include "rules/pack.h"

namespace rules {

/// Creates the empty tables of a judgement database: those of the evidence and of the certificates.
using Prepare = std::function<void(base::Database&)>;

/// A test of a rule that did not come out as its author expects.
struct RuleTestFailure {
  std::string rule;
  std::string message;  ///< `file:line: message`
};

/// What came of the tests that rules carry.
struct TestReport {
  int tests = 0;      ///< written by the author
  int generated = 0;  ///< made here: missing and unreadable evidence must never pass
  std::vector<RuleTestFailure> failures;
};

/// The as-of date of every rule test, unless its SQL sets another one.
constexpr const char* kTestDate = "2026-11-23";

/// Runs every test of every rule of `pack`, each on a database of its own that holds one run and
/// source 1 (observed, about all subjects, feeding every table that the rule needs). Besides, each
/// rule must not pass where nothing was collected, nor, if it needs a table, where its first
/// passing test's source is unreadable. Throws Error(input) if the reference tables cannot be made.
TestReport run_rule_tests(const Pack& pack, const Prepare& prepare);

}  // namespace rules
