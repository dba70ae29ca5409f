#pragma once

#include <string>
#include <string_view>

namespace cmvp {

/// What the evidence says about an operating system, os-release(5): "" is "not known".
struct SystemName {
  std::string id, version_id, name;
};

enum class Answer { no, unsure, yes };

/// The answer to one question about an environment, and the sentence that explains it.
struct Comparison {
  Answer answer = Answer::unsure;
  std::string reason;
  bool related = false;  ///< The same family of systems.
};

/// Whether `system` is the listed one: family ("Red Hat Enterprise Linux", however it is written)
/// and version. A listing may name several versions ("8, 9, 10"), a range ("3.4-3.13"), or all of a
/// release ("7.x"); one that is less precise than what runs, or more, is not decided.
Comparison compare_systems(const SystemName& system, std::string_view listed);

}  // namespace cmvp
