#include "cmvp/environment_text.h"

#include <algorithm>

#include "evidence/base/text.h"

namespace cmvp {
namespace {

constexpr std::string_view kAcceleration[] = {"with paa", "with pai", "without paa", "without pai"};

// The end of the words about acceleration, and of the footnote after them, that begin at `at`; 0 if
// none do.
std::size_t acceleration_end(std::string_view lower, std::size_t at) {
  for (const std::string_view words : kAcceleration) {
    if (!lower.substr(at).starts_with(words)) continue;
    std::size_t end = at + words.size();
    if (end < lower.size() && lower[end] == '[')
      end = std::min(lower.find(']', end), lower.size() - 1) + 1;
    return end;
  }
  return 0;
}

std::string_view without_footnote(std::string_view text) {
  text = base::trim(text);
  if (!text.ends_with(']')) return text;
  return base::trim(text.substr(0, text.rfind('[')));
}

// Cuts the words about acceleration off the end of `text` and notes them.
std::string_view take_acceleration(std::string_view text, EnvironmentParts& parts) {
  const std::string lower = base::lower(text);
  for (const std::string_view words : kAcceleration) {
    if (!lower.ends_with(words)) continue;
    (words.starts_with("without") ? parts.without_acceleration : parts.with_acceleration) = true;
    return base::trim(text.substr(0, text.size() - words.size()));
  }
  return text;
}

}  // namespace

std::vector<std::string> single_environments(std::string_view listed) {
  const std::string lower = base::lower(listed);
  std::vector<std::string> result;
  std::size_t start = 0;
  for (std::size_t at = 0; at < lower.size(); ++at) {
    const std::size_t end = acceleration_end(lower, at);
    if (end == 0 || (end < lower.size() && lower[end] != ' ' && lower[end] != ',')) continue;
    result.emplace_back(base::trim(listed.substr(start, end - start)));
    start = at = std::min(lower.find_first_not_of(" ,", end), lower.size());
    --at;
  }
  if (const auto rest = base::trim(listed.substr(start)); !rest.empty()) result.emplace_back(rest);
  return result;
}

EnvironmentParts environment_parts(std::string_view listed) {
  EnvironmentParts parts;
  std::string_view text = take_acceleration(without_footnote(listed), parts);
  constexpr std::string_view kOn = " on ", kRunning = " running", kWith = " with ";
  const auto on = text.find(kOn);
  if (on == std::string_view::npos) {
    parts.system = text;
    return parts;
  }
  std::string_view system = text.substr(0, on);
  if (system.ends_with(kRunning)) system.remove_suffix(kRunning.size());
  parts.system = base::trim(system);
  text.remove_prefix(on + kOn.size());
  parts.virtualized = text.find(kOn) != std::string_view::npos;
  const auto with = text.rfind(kWith);
  parts.platform = base::trim(text.substr(0, with));
  if (with != std::string_view::npos)
    parts.processor = base::trim(text.substr(with + kWith.size()));
  return parts;
}

}  // namespace cmvp
