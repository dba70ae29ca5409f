#include "rules/survivors.h"

#include "evidence/base/csv.h"

namespace rules {

Survivors::Survivors(const std::string& text) {
  if (text.empty()) return;
  const base::Csv csv = base::parse_csv(text, kSurvivorsFile);
  const std::size_t rule = csv.column("rule"), part = csv.column("part"),
                    mutant = csv.column("mutant"), reason = csv.column("reason");
  int line = 1;
  for (const auto& row : csv.rows) {
    ++line;
    const std::string where = std::string(kSurvivorsFile) + ":" + std::to_string(line);
    if (row[reason].empty()) mistakes_.push_back(where + ": a mutant without a reason");
    if (!lines_.emplace(Key{row[rule], row[part], row[mutant]}, where).second)
      mistakes_.push_back(where + ": the same mutant a second time");
  }
}

void Survivors::refuse_killed(const Mutant& mutant) {
  const auto found = lines_.find(key_of(mutant));
  if (found == lines_.end()) return;
  mistakes_.push_back(found->second + ": a test kills this mutant; take it off the list");
  lines_.erase(found);
}

std::vector<std::string> Survivors::mistakes(bool all_tried) {
  if (all_tried)
    for (const auto& [key, where] : lines_)
      mistakes_.push_back(where + ": rule " + std::get<0>(key) +
                          " has no such mutant any more; review it anew");
  return mistakes_;
}

}  // namespace rules
