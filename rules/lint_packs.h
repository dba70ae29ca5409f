#pragma once

#include <string>
#include <vector>

#include "rules/rule_test.h"

namespace rules {

/// What is wrong with `packs` side by side, one `file:line: kind: message` each: a rule whose id
/// another pack has too, so that reports could not tell them apart (a pack from elsewhere may stand
/// in for a rule that is built in). What is said is about the packs called `about`.
std::vector<std::string> lint_side_by_side(const std::vector<Pack>& packs,
                                           const std::vector<std::string>& about);

/// What is odd about the tests and the subjects of `pack`, one `file:line: kind: message` each: a
/// test that cannot fail unless another one does, for it holds the same evidence and expects the
/// same; a kind of subject that is asked from tables which no probe fills and no snapshot brings,
/// or that no rule is about. `prepare` creates the tables of the evidence and of the certificates.
std::vector<std::string> lint_tests_and_subjects(const Pack& pack, const Prepare& prepare);

/// The evidence tables that nothing in `packs` asks: no rule, view, subject or table of a report.
std::vector<std::string> unasked_tables(const std::vector<Pack>& packs);

}  // namespace rules
