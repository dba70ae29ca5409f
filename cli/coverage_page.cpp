#include "cli/coverage_page.h"

#include <fmt/format.h>

#include <array>
#include <iterator>

#include "evidence/base/text.h"
#include "rules/requirement_lint.h"

namespace cli {
namespace {

using rules::Requirement;
using Counts = std::array<int, rules::kReachNames.size()>;

struct AreaCounts {
  std::string area;
  Counts count{};
};

std::vector<AreaCounts> counts_by_area(const std::vector<Requirement>& requirements) {
  std::vector<AreaCounts> areas;
  AreaCounts all{"all", {}};
  for (const Requirement& one : requirements) {
    if (areas.empty() || areas.back().area != one.area) areas.push_back({one.area, {}});
    ++areas.back().count[static_cast<std::size_t>(one.reach)];
    ++all.count[static_cast<std::size_t>(one.reach)];
  }
  areas.push_back(all);
  return areas;
}

int total(const Counts& count) {
  int sum = 0;
  for (const int one : count) sum += one;
  return sum;
}

std::string says_of(const Requirement& one) {
  std::string text = one.says;
  if (!one.levels.empty() && one.levels != "all") text += " (Level " + one.levels + ")";
  if (!one.applies.empty()) text += "; depends on " + one.applies;
  return text + (one.from_memory ? " (from memory)" : "");
}

std::string count_table(const std::vector<Requirement>& requirements) {
  std::string text =
      "| area | automated | partial | manual | planned | all |\n|---|---|---|---|---|---|\n";
  for (const AreaCounts& one : counts_by_area(requirements))
    text += fmt::format("| {} | {} | {} | {} | {} | {} |\n", one.area, one.count[0], one.count[1],
                        one.count[2], one.count[3], total(one.count));
  return text;
}

std::string requirement_row(const Requirement& one, const std::vector<std::string>& rules) {
  std::string by = one.shows;
  for (const std::string& rule : rules) by += (by.empty() ? "`" : " `") + rule + "`";
  return fmt::format("| {} | {} | {} | {} | {} |\n", one.id, says_of(one), name_of(one.reach), by,
                     one.remains);
}

std::string pack_section(const rules::Pack& pack, const std::vector<rules::Pack>& packs) {
  std::string text =
      fmt::format("\n## {}\n\nPack {} lists {} requirements.\n\n{}", pack.requirement_standard,
                  pack.id, pack.requirements.size(), count_table(pack.requirements));
  std::string area;
  for (const Requirement& one : pack.requirements) {
    if (one.area != area)
      text += fmt::format(
          "\n### {}\n\n| requirement | asks, in our words | class | shown, and by which rules | "
          "what a person must still do |\n|---|---|---|---|---|\n",
          one.area);
    area = one.area;
    text += requirement_row(one, rules::rules_citing(packs, pack.requirement_standard, one.id));
  }
  return text;
}

}  // namespace

std::string coverage_page(const std::vector<rules::Pack>& packs) {
  std::string text =
      "# Coverage\n\nMade by `assay document coverage`; do not edit. Which requirements rules "
      "speak "
      "to, by which rules, and what a person must still do.\n\n"
      "- **automated**: what is recorded shows by itself how the module behaves.\n"
      "- **partial**: what is recorded speaks for or against it; a document has to be read beside "
      "it.\n"
      "- **manual**: nothing on a running system speaks to it.\n"
      "- **planned**: a probe could speak to it, and none does yet.\n\n"
      "The class follows from the rules that cite the requirement; `assay rules lint` refuses "
      "another. No class means that a requirement is met: a laboratory finds that, and CMVP "
      "decides. Numbers are those of the standard; the sentences are ours, and those marked (from "
      "memory) were written without its text at hand.\n";
  for (const rules::Pack& pack : packs)
    if (!pack.requirements.empty()) text += pack_section(pack, packs);
  return text;
}

std::string coverage_text(const std::vector<rules::Pack>& packs) {
  std::string text;
  for (const rules::Pack& pack : packs) {
    if (pack.requirements.empty()) continue;
    text += fmt::format("{}, as pack {} lists it\n\n{:<40} {:>9} {:>7} {:>6} {:>7} {:>5}\n",
                        pack.requirement_standard, pack.id, "area", "automated", "partial",
                        "manual", "planned", "all");
    for (const AreaCounts& one : counts_by_area(pack.requirements))
      text += fmt::format("{:<40} {:>9} {:>7} {:>6} {:>7} {:>5}\n", one.area, one.count[0],
                          one.count[1], one.count[2], one.count[3], total(one.count));
    text += "\n";
    for (const Requirement& one : pack.requirements) {
      const auto rules = rules::rules_citing(packs, pack.requirement_standard, one.id);
      text += fmt::format("{:<8} {:<9} {}\n", one.id, name_of(one.reach),
                          rules.empty() ? one.remains : base::join(rules, ", "));
    }
  }
  return text;
}

}  // namespace cli
