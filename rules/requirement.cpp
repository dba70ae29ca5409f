#include "rules/requirement.h"

#include <algorithm>
#include <set>

#include "evidence/base/csv.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace rules {
namespace {

const std::vector<std::string>& header() {
  static const std::vector<std::string> kHeader = {
      "requirement", "area", "says", "levels", "applies", "class", "shows", "remains", "memory"};
  return kHeader;
}

[[noreturn]] void refuse(const std::string& origin, const std::string& why) {
  throw base::Error(base::ErrorKind::input, origin + ": " + why);
}

Reach reach_named(const std::string& origin, const std::string& name) {
  const auto found = std::find(kReachNames.begin(), kReachNames.end(), name);
  if (found != kReachNames.end()) return static_cast<Reach>(found - kReachNames.begin());
  refuse(origin, "class \"" + name + "\" is none of automated, partial, manual, planned");
}

Requirement read_one(const std::vector<std::string>& row, const std::string& origin) {
  Requirement one{row[0], row[1], row[2],          row[3], row[4], reach_named(origin, row[5]),
                  row[6], row[7], row[8] == "yes", origin};
  if (one.id.empty() || one.area.empty() || one.says.empty())
    refuse(origin, "a requirement needs its name, its area and what it says");
  if (one.remains.empty()) refuse(origin, one.id + ": say what a person must still do");
  if (rules_speak(one.reach) == one.shows.empty())
    refuse(origin, one.id + ": \"shows\" goes with automated and partial, and with no other class");
  return one;
}

}  // namespace

std::vector<Requirement> read_requirements(std::string_view csv, const std::string& origin) {
  const base::Csv table = base::parse_csv(csv, origin);
  if (table.header != header())
    refuse(origin + ":1", "the columns of requirements are " + base::join(header(), ","));
  std::vector<Requirement> list;
  std::set<std::string> ids;
  std::size_t line = 1;
  for (const auto& row : table.rows) {
    list.push_back(read_one(row, origin + ":" + std::to_string(++line)));
    if (!ids.insert(list.back().id).second)
      refuse(list.back().origin, "a second requirement \"" + list.back().id + "\"");
  }
  return list;
}

}  // namespace rules
