#include "reports/text_layout.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace reports {
namespace {

struct Glyph {
  std::size_t bytes, columns;
};

struct Range {
  std::uint32_t first, last;
};

// The blocks that matter on a terminal, from Unicode 15: marks that stand on the letter before
// them, and what East Asian Width calls wide.
constexpr std::array<Range, 6> kNoColumn = {{{0x300, 0x36F},
                                             {0x591, 0x5BD},
                                             {0x610, 0x61A},
                                             {0x64B, 0x65F},
                                             {0x200B, 0x200D},
                                             {0xFE00, 0xFE0F}}};
constexpr std::array<Range, 7> kTwoColumns = {{{0x1100, 0x115F},
                                               {0x2E80, 0xA4CF},
                                               {0xAC00, 0xD7A3},
                                               {0xF900, 0xFAFF},
                                               {0xFF00, 0xFF60},
                                               {0x1F300, 0x1FAFF},
                                               {0x20000, 0x3FFFD}}};

template <std::size_t size>
bool within(std::uint32_t point, const std::array<Range, size>& ranges) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) {
    return point >= range.first && point <= range.last;
  });
}

std::size_t columns_of_point(std::uint32_t point) {
  if (within(point, kNoColumn)) return 0;
  return within(point, kTwoColumns) ? 2 : 1;
}

// The character at the start of `text`, which is not empty.
Glyph first_glyph(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return {1, 1};
  const std::size_t bytes =
      std::min<std::size_t>(text.size(), lead < 0xE0 ? 2U : (lead < 0xF0 ? 3U : 4U));
  std::uint32_t point = lead & (0xFFU >> (bytes + 1));
  for (std::size_t at = 1; at < bytes; ++at)
    point = (point << 6U) | (static_cast<unsigned char>(text[at]) & 0x3FU);
  return {bytes, columns_of_point(point)};
}

// The bytes at the start of `text` that fit into `width` columns, at least one character.
std::size_t bytes_that_fit(std::string_view text, std::size_t width) {
  std::size_t bytes = 0;
  for (std::size_t used = 0; bytes < text.size();) {
    const Glyph glyph = first_glyph(text.substr(bytes));
    if (bytes > 0 && used + glyph.columns > width) break;
    used += glyph.columns;
    bytes += glyph.bytes;
  }
  return bytes;
}

// Lines under construction.
class Lines {
 public:
  explicit Lines(std::size_t width) : width_(width) {}

  void add_word(std::string_view word) {
    const std::size_t used = columns_of(line_);
    if (used > 0 && used + 1 + columns_of(word) > width_) end_line();
    if (!line_.empty()) line_ += ' ';
    while (columns_of(word) > width_) {
      const std::size_t bytes = bytes_that_fit(word, width_);
      line_ += word.substr(0, bytes);
      word.remove_prefix(bytes);
      end_line();
    }
    line_ += word;
  }

  void end_line() {
    done_.push_back(line_);
    line_.clear();
  }

  std::vector<std::string> take() {
    if (!line_.empty() || done_.empty()) end_line();
    return std::move(done_);
  }

 private:
  std::size_t width_;
  std::vector<std::string> done_;
  std::string line_;
};

}  // namespace

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const Glyph glyph = first_glyph(text);
    columns += glyph.columns;
    text.remove_prefix(glyph.bytes);
  }
  return columns;
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t columns = columns_of(text);
  return std::string(text) + std::string(columns < width ? width - columns : 0, ' ');
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  constexpr std::string_view kSpace = " \t\n";
  Lines lines(std::max<std::size_t>(width, 1));
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(kSpace, at), text.size());
    if (end > at) lines.add_word(text.substr(at, end - at));
    if (end < text.size() && text[end] == '\n') lines.end_line();
    at = end + 1;
  }
  return lines.take();
}

}  // namespace reports
