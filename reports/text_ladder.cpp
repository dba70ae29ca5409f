#include "reports/text_ladder.h"

#include <algorithm>
#include <span>
#include <vector>

#include "evidence/base/text.h"
#include "reports/text_layout.h"
#include "reports/words.h"

namespace reports {
namespace {

constexpr std::size_t kLabel = 37;  // Columns for the number and name of a rung.
constexpr std::size_t kRoom = 63;   // Columns for the modules beside it.
constexpr std::size_t kAcross = 4;  // Modules that fit there.
constexpr std::size_t kWidest = 34;

using Block = std::span<const rules::Ladder>;

// Columns for one of the modules: its cell and the gap after it.
std::size_t column_of(Block block) { return std::min(kWidest, kRoom / block.size()); }

std::string terminal_word(rules::Result result) {
  if (result == rules::Result::fail) return "FAIL";
  if (result == rules::Result::notapplicable) return "n/a";
  return base::lower(word_of(result));
}

std::string trimmed(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

// The names of the modules, each in its column, over as many lines as the longest needs.
std::string heads(Block block, const Paint& paint) {
  std::vector<std::vector<std::string>> names;
  std::size_t height = 0;
  const std::size_t column = column_of(block);
  for (const rules::Ladder& ladder : block) {
    names.push_back(wrapped(clean(ladder.name), column - 2));
    height = std::max(height, names.back().size());
  }
  std::string text;
  for (std::size_t line = 0; line < height; ++line) {
    std::string row(kLabel, ' ');
    for (const auto& name : names) row += padded(line < name.size() ? name[line] : "", column);
    row.erase(row.find_last_not_of(' ') + 1);
    text += paint.bold(row) + "\n";
  }
  return text;
}

bool any_failed(Block block, rules::Rung rung) {
  return std::any_of(block.begin(), block.end(), [&](const rules::Ladder& ladder) {
    const rules::RungResult* found = find_rung(ladder, rung);
    return found != nullptr && found->result >= rules::Result::fail;
  });
}

// The cell of one module, `width` columns wide, or as wide as its words with 0.
std::string cell(const rules::Ladder& ladder, rules::Rung rung, std::size_t width,
                 const Paint& paint) {
  const rules::RungResult* found = find_rung(ladder, rung);
  if (found == nullptr) return std::string(width, ' ');
  const std::string words =
      std::string(1, sign_of(found->result)) + " " + terminal_word(found->result);
  const std::size_t gap = words.size() >= width ? 0 : width - words.size();
  return paint.as(found->result, words) + std::string(gap, ' ');
}

std::string rung_row(Block block, rules::Rung rung, const Paint& paint) {
  const std::string label = padded(
      " " + std::to_string(static_cast<int>(rung)) + "  " + std::string(title_of(rung)), kLabel);
  std::string row = any_failed(block, rung) ? paint.bold(label) : label;
  for (const rules::Ladder& ladder : block)
    row += cell(ladder, rung, &ladder == &block.back() ? 0 : column_of(block), paint);
  return trimmed(row);
}

std::string reach_row(Block block) {
  std::string row = padded("    holds to rung", kLabel);
  for (const rules::Ladder& ladder : block) {
    row += padded(std::to_string(ladder.holds_to) + " of " + std::to_string(ladder.rungs.size()),
                  column_of(block));
  }
  return trimmed(row);
}

std::string places(Block block, const Paint& paint) {
  std::string text;
  for (const rules::Ladder& ladder : block) {
    if (ladder.place.empty()) continue;
    for (const auto& line : wrapped(clean(ladder.name + ": " + ladder.place), 96))
      text += paint.dim("    " + line) + "\n";
  }
  return text;
}

std::string matrix(Block block, const Paint& paint) {
  std::string text = heads(block, paint);
  for (std::size_t rung = 1; rung < rules::kRungNames.size(); ++rung)
    text += rung_row(block, static_cast<rules::Rung>(rung), paint);
  return text + reach_row(block) + places(block, paint) + "\n";
}

}  // namespace

std::string Paint::around(std::string_view style, std::string_view text) const {
  if (!colour_) return std::string(text);
  return "\x1B[" + std::string(style) + "m" + std::string(text) + "\x1B[0m";
}

std::string Paint::as(rules::Result result, std::string_view text) const {
  switch (result) {
    case rules::Result::pass:
      return around("32", text);
    case rules::Result::fail:
    case rules::Result::error:
      return around("31", text);
    case rules::Result::unknown:
      return around("33", text);
    case rules::Result::notapplicable:
    case rules::Result::notchecked:
      break;
  }
  return dim(text);
}

std::string text_ladders(const rules::Assessment& assessment, const Paint& paint) {
  const Block all(assessment.ladders);
  std::string text;
  for (std::size_t at = 0; at < all.size(); at += kAcross)
    text += matrix(all.subspan(at, std::min(kAcross, all.size() - at)), paint);
  return text;
}

}  // namespace reports
