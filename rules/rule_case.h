#pragma once

#include <string>
#include <vector>

#include "rules/finding.h"
#include "rules/rule_test.h"

namespace rules {

/// Evidence that one rule is tried on, made once, and what must come of it.
struct RuleCase {
  enum class Demand {
    result,    ///< The result that the author of the test expects.
    not_sure,  ///< Unknown or graver: the evidence is there, but could not be read.
    no_pass,   ///< For no subject a pass: nothing was collected.
  };
  Demand demand = Demand::result;
  Result expect = Result::pass;
  std::string subject;       ///< Whose result is compared; "" for the first one.
  std::string origin;        ///< `file:line`
  std::string shows;         ///< The sentence of the test; "" if it has none.
  std::string broken;        ///< Why the evidence could not be made; "" if it was.
  base::Database judgement;  ///< Restricted to reading.

  /// What is wrong with the result of `rule` on this evidence, or "". `subjects` are those of its
  /// pack.
  std::string complaint(const Rule& rule, const std::vector<SubjectKind>& subjects);

  /// What `rule` says about each subject on this evidence.
  std::vector<Finding> findings(const Rule& rule, const std::vector<SubjectKind>& subjects);
};

/// Makes the cases of the rules of one pack, which must outlive it.
class RuleCases {
 public:
  /// Throws Error(input) if the reference tables cannot be made.
  RuleCases(const Pack& pack, const Prepare& prepare);

  /// Those that the author of `rule` wrote, and those that every rule gets for free.
  std::vector<RuleCase> of(const Rule& rule) const;

  /// The evidence of `test` for `rule`.
  RuleCase of(const Rule& rule, const RuleTest& test) const {
    return make(rule, test, RuleCase::Demand::result);
  }

  /// Takes away the tables that neither `rule` nor the subjects and views of `pack` speak of: with
  /// fewer tables a case is made several times faster.
  void keep_only_tables_of(const Rule& rule, const Pack& pack);

  /// An empty judgement database with the reference tables of the pack.
  const base::Database& empty() const { return nothing_; }

 private:
  RuleCase make(const Rule& rule, const RuleTest& test, RuleCase::Demand demand) const;

  base::Database nothing_, template_;
};

}  // namespace rules
