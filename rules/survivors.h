#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "rules/mutation.h"

namespace rules {

/// The reviewed list of mutants that survive for a reason.
class Survivors {
 public:
  /// Reads the text of such a list; "" is an empty one. Throws Error(input), `file:line: message`.
  explicit Survivors(const std::string& text);

  /// True if `mutant` is listed; it is taken off the list.
  bool take(const Mutant& mutant) { return lines_.erase(key_of(mutant)) > 0; }

  /// Notes a mistake if `mutant`, which a test notices, is listed.
  void refuse_killed(const Mutant& mutant);

  /// What is wrong with the list; where every mutant was tried, what is left on it is.
  std::vector<std::string> mistakes(bool all_tried);

 private:
  using Key = std::tuple<std::string, std::string, std::string>;
  static Key key_of(const Mutant& mutant) { return {mutant.rule, mutant.part, mutant.change}; }

  std::map<Key, std::string> lines_;
  std::vector<std::string> mistakes_;
};

}  // namespace rules
