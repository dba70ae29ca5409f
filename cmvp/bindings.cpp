#include "cmvp/bindings.h"

#include <deque>
#include <set>
#include <string_view>
#include <utility>

namespace cmvp {
namespace {

constexpr std::string_view kInferred = "_inferred";
constexpr std::string_view kRestsOn[] = {"operates_with", "embeds", "derived_from"};

// The type of relation without the mark of an inference.
std::string_view plain_type(std::string_view type) {
  if (type.ends_with(kInferred)) type.remove_suffix(kInferred.size());
  return type;
}

bool rests_on(std::string_view type) {
  for (const std::string_view each : kRestsOn)
    if (each == type) return true;
  return false;
}

// A certificate that is still to be walked.
struct Step {
  std::int64_t certificate = 0, depth = 0;
  bool inferred = false;
};

class Walk {
 public:
  Walk(std::int64_t start, Certificates& certificates)
      : start_(start), certificates_(certificates), walked_{start} {}

  // What certificates say comes first, so that no conclusion stands in its place.
  std::vector<Binding> bindings() {
    walk({{start_, 0, false}}, false);
    walk({steps_.begin(), steps_.end()}, true);
    return std::move(result_);
  }

 private:
  void walk(std::deque<Step> ahead, bool inferred_too) {
    for (; !ahead.empty(); ahead.pop_front()) {
      const Step step = ahead.front();
      steps_.push_back(step);
      const Certificate* certificate = certificates_.find(step.certificate);
      if (certificate == nullptr) continue;
      for (const Relation& relation : certificate->relations) {
        const std::string_view type = plain_type(relation.type);
        const bool inferred = relation.type != type;
        if (!rests_on(type) || relation.other == start_ || (inferred && !inferred_too)) continue;
        const Step next{relation.other, step.depth + 1, step.inferred || inferred};
        if (told_.emplace(next.certificate, type).second)
          result_.push_back(
              {next.certificate, std::string(type), step.certificate, next.depth, next.inferred});
        if (walked_.insert(next.certificate).second) ahead.push_back(next);
      }
    }
  }

  std::int64_t start_;
  Certificates& certificates_;
  std::set<std::int64_t> walked_;
  std::set<std::pair<std::int64_t, std::string_view>> told_;
  std::vector<Step> steps_;  // Those that were walked.
  std::vector<Binding> result_;
};

}  // namespace

std::vector<Binding> bindings_of(std::int64_t number, Certificates& certificates) {
  return Walk(number, certificates).bindings();
}

}  // namespace cmvp
