#include "evidence/base/der.h"

#include <cstdint>

namespace base {
namespace {

constexpr std::size_t kLengthBytes = 4;
constexpr std::size_t kArcBytes = 9;  // 63 bits

unsigned char byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

}  // namespace

std::optional<DerElement> DerReader::next() {
  if (rest_.size() < 2 || (byte_at(rest_, 0) & 0x1fU) == 0x1fU) return std::nullopt;
  std::size_t length = byte_at(rest_, 1), start = 2;
  if (length >= 0x80) {
    const std::size_t count = length & 0x7fU;
    if (count == 0 || count > kLengthBytes || rest_.size() < 2 + count) return std::nullopt;
    length = 0;
    for (std::size_t i = 0; i < count; ++i) length = length << 8U | byte_at(rest_, 2 + i);
    start = 2 + count;
  }
  if (length > rest_.size() - start) return std::nullopt;
  const DerElement element = {byte_at(rest_, 0), rest_.substr(start, length)};
  rest_.remove_prefix(start + length);
  return element;
}

std::optional<std::string_view> DerReader::take(unsigned char tag) {
  if (rest_.empty() || byte_at(rest_, 0) != tag) return std::nullopt;
  const auto element = next();
  if (!element) return std::nullopt;
  return element->contents;
}

std::optional<std::string> dotted_oid(std::string_view contents) {
  std::string text;
  std::uint64_t arc = 0;
  std::size_t size = 0;
  for (const char c : contents) {
    const auto byte = static_cast<unsigned char>(c);
    if (++size > kArcBytes) return std::nullopt;
    arc = arc << 7U | (byte & 0x7fU);
    if ((byte & 0x80U) != 0) continue;
    if (text.empty()) {
      const std::uint64_t first = arc < 80 ? arc / 40 : 2;
      text = std::to_string(first) + "." + std::to_string(arc - first * 40);
    } else {
      text += "." + std::to_string(arc);
    }
    arc = 0, size = 0;
  }
  if (text.empty() || size != 0) return std::nullopt;
  return text;
}

}  // namespace base
