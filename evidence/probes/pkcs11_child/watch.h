#pragma once

#include <string>

#include "evidence/probes/pkcs11_child/session.h"
#include "evidence/probes/pkcs11_child/surroundings.h"

namespace evidence::probes::pkcs11_child {

/// Compares the surroundings of the module with what they were, and records what its calls changed:
/// after each call, but for those that are made by the hundred, after a group of them. Then all of
/// the group is named.
class Watch {
 public:
  /// `session` must outlive this. `log` is the descriptor that evidence is written through.
  Watch(const Session& session, int log) : session_(session), surroundings_(log) {}

  /// A step was come back from.
  void after(const std::string& step) {
    if (calls_++ == 0) first_ = step;
    last_ = step;
    if (!is_one_of_many(step) || calls_ == kGroup) compare();
  }

  /// Compares what was not compared yet.
  void compare() {
    if (calls_ == 0) return;
    for (const std::string& change : surroundings_.changes()) session_.side_effect(name(), change);
    calls_ = 0;
  }

 private:
  static constexpr int kGroup = 32;

  static bool is_one_of_many(const std::string& step) {
    return step.starts_with("C_GetMechanismInfo(") || step.starts_with("C_GetAttributeValue(");
  }

  std::string name() const {
    if (calls_ == 1) return last_;
    return "one of " + std::to_string(calls_) + " calls, from " + first_ + " to " + last_;
  }

  const Session& session_;
  Surroundings surroundings_;
  std::string first_, last_;
  int calls_ = 0;
};

}  // namespace evidence::probes::pkcs11_child
