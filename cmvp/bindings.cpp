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

}  // namespace

std::vector<Binding> bindings_of(std::int64_t number, Certificates& certificates) {
  std::vector<Binding> result;
  std::set<std::pair<std::int64_t, std::string_view>> told;
  std::set<std::int64_t> walked{number};
  std::deque<std::pair<std::int64_t, std::int64_t>> ahead{{number, 0}};
  for (; !ahead.empty(); ahead.pop_front()) {
    const auto [via, depth] = ahead.front();
    const Certificate* certificate = certificates.find(via);
    if (certificate == nullptr) continue;
    for (const Relation& relation : certificate->relations) {
      const std::string_view type = plain_type(relation.type);
      if (!rests_on(type) || relation.other == number) continue;
      if (told.emplace(relation.other, type).second)
        result.push_back(
            {relation.other, std::string(type), via, depth + 1, relation.type != type});
      if (walked.insert(relation.other).second) ahead.emplace_back(relation.other, depth + 1);
    }
  }
  return result;
}

}  // namespace cmvp
