#pragma once

#include <string>
#include <vector>

#include "rules/pack.h"
#include "rules/rule_test.h"

namespace rules {

/// A value that a rule takes for good where it is missing: a test of the rule expects that it
/// fails, and without the value it passes, or says that it does not apply.
struct TakenForGood {
  std::string rule, table, column;
  Result result = Result::pass;  ///< What the rule says without the value.
  std::string origin;            ///< `file:line` of the test.

  bool operator==(const TakenForGood& other) const {
    return rule == other.rule && table == other.table && column == other.column &&
           result == other.result;
  }
};

/// Every value of every test of `pack` that expects "fail", one at a time left out (NULL) where the
/// tables allow it: what the rules of the pack take for good, each rule, column and result once.
/// Some columns say something by being empty ("no error"), so a person has to tell which of these
/// are right. Throws as run_rule_tests.
std::vector<TakenForGood> taken_for_good(const Pack& pack, const Prepare& prepare);

}  // namespace rules
