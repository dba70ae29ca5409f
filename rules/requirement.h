#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace rules {

/// How far the rules that cite a requirement can show it. No class means that the requirement is
/// met: that is found by the laboratory and decided by CMVP.
enum class Reach {
  automated,  ///< What is recorded shows by itself how the module behaves.
  partial,    ///< What is recorded speaks for or against it; a document has to be read beside it.
  manual,     ///< Nothing on a running system speaks to it: a person has to.
  planned,    ///< A probe could speak to it, and none does yet.
};
constexpr std::array<std::string_view, 4> kReachNames = {"automated", "partial", "manual",
                                                         "planned"};
constexpr std::string_view name_of(Reach value) {
  return kReachNames[static_cast<std::size_t>(value)];
}

/// True if a class says that rules speak to the requirement.
constexpr bool rules_speak(Reach value) {
  return value == Reach::automated || value == Reach::partial;
}

/// One requirement of a standard, as a pack lists it.
struct Requirement {
  std::string id;       ///< e.g. "AS05.05"
  std::string area;     ///< e.g. "5 Software/Firmware security"
  std::string says;     ///< What it asks, in our own words.
  std::string levels;   ///< "all", or the levels with spaces between; "" if not told.
  std::string applies;  ///< What of a module it depends on, e.g. "a bypass"; "" if nothing.
  Reach reach = Reach::manual;
  std::string shows;    ///< What the rules show of it; "" if none speaks to it.
  std::string remains;  ///< What a person must still do.
  bool from_memory = false;
  std::string origin;  ///< file:line

  bool operator==(const Requirement&) const = default;
};

/// Reads requirements from comma-separated values with the columns requirement, area, says, levels,
/// applies, class, shows, remains and memory. Throws Error(input), `origin:line: message`, for
/// another header, an empty or second requirement, an unknown class, or a class whose words do not
/// go with it.
std::vector<Requirement> read_requirements(std::string_view csv, const std::string& origin);

}  // namespace rules
