#include "cmvp/field.h"

#include <array>

#include "evidence/base/text.h"
#include "evidence/base/time.h"

namespace cmvp {
namespace {

// Code points of the bytes 0x80 to 0x9F in Windows-1252; 0 where it has none.
constexpr std::array<unsigned, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void append_code_point(std::string& text, unsigned code) {
  if (code < 0x800) {
    text += static_cast<char>(0xC0U | (code >> 6U));
  } else {
    text += static_cast<char>(0xE0U | (code >> 12U));
    text += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
  }
  text += static_cast<char>(0x80U | (code & 0x3FU));
}

// The length of the UTF-8 sequence at `at`, 0 if there is none that is sound.
std::size_t sequence(std::string_view bytes, std::size_t at) {
  const auto byte = static_cast<unsigned char>(bytes[at]);
  if (byte < 0x80) return 1;
  const std::size_t length = byte >= 0xF5   ? 0
                             : byte >= 0xF0 ? 4
                             : byte >= 0xE0 ? 3
                             : byte >= 0xC2 ? 2
                                            : 0;
  if (length == 0 || at + length > bytes.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((static_cast<unsigned char>(bytes[at + i]) & 0xC0U) != 0x80U) return 0;
  return length;
}

std::string two_digits(std::string_view text) {
  return (text.size() == 1 ? "0" : "") + std::string(text);
}

}  // namespace

std::string clean_field(std::string_view raw) {
  std::string result;
  for (char c : base::printable(raw)) {
    if (c == '\t' || c == '\n') c = ' ';
    if (c == '|') c = '/';
    if (c == ' ' && (result.empty() || result.back() == ' ')) continue;
    result += c;
  }
  return std::string(base::trim(result));
}

std::optional<std::string> us_date(std::string_view text) {
  const auto parts = base::split(base::trim(text), '/');
  if (parts.size() != 3 || parts[2].size() != 4) return std::nullopt;
  for (const auto part : {parts[0], parts[1]})
    if (part.empty() || part.size() > 2) return std::nullopt;
  std::string date =
      std::string(parts[2]) + "-" + two_digits(parts[0]) + "-" + two_digits(parts[1]);
  if (!base::parse_date(date)) return std::nullopt;
  return date;
}

std::string as_utf8(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t begin = at;
    while (at < bytes.size()) {
      const std::size_t length = sequence(bytes, at);
      if (length == 0) break;
      at += length;
    }
    text += bytes.substr(begin, at - begin);
    if (at == bytes.size()) break;
    const auto byte = static_cast<unsigned char>(bytes[at++]);
    const unsigned code = byte >= 0xA0 ? byte : kWindows1252[byte - 0x80U];
    append_code_point(text, code == 0 ? 0xFFFD : code);
  }
  return text;
}

bool is_hidden_mail(std::string_view vendor) {
  const std::string text = base::lower(vendor);
  return text == "[email protected]" || text == "[email\xC2\xA0protected]";
}

}  // namespace cmvp
