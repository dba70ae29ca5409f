#include "reports/html_escape.h"

#include <algorithm>

#include "evidence/base/digest.h"
#include "evidence/base/text.h"
#include "reports/words.h"

namespace reports {
namespace {

bool letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// RFC 4648, clause 4.
std::string base64(std::string_view bytes) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
    unsigned group = 0;
    for (std::size_t byte = 0; byte < 3; ++byte)
      group = group << 8U | (byte < count ? static_cast<unsigned char>(bytes[at + byte]) : 0U);
    for (std::size_t digit = 0; digit < 4; ++digit)
      text += digit <= count ? kAlphabet[(group >> (18 - 6 * digit)) & 63U] : '=';
  }
  return text;
}

}  // namespace

Html& Html::text(std::string_view words) {
  for (const char c : clean(words)) {
    switch (c) {
      case '&':
        out_ += "&amp;";
        break;
      case '<':
        out_ += "&lt;";
        break;
      case '>':
        out_ += "&gt;";
        break;
      case '"':
        out_ += "&quot;";
        break;
      case '\'':
        out_ += "&#39;";
        break;
      default:
        out_ += c;
    }
  }
  return *this;
}

Html& Html::prose(std::string_view words) {
  constexpr std::string_view kDate = "dddd-dd-dd";
  const auto date_at = [&](std::size_t at) {
    for (std::size_t i = 0; i < kDate.size(); ++i) {
      if (kDate[i] == '-' ? words[at + i] != '-' : words[at + i] < '0' || words[at + i] > '9')
        return false;
    }
    return true;
  };
  std::size_t done = 0;
  for (std::size_t at = 0; at + kDate.size() <= words.size(); ++at) {
    if (!date_at(at)) continue;
    text(words.substr(done, at - done)).raw("<span class=\"whole\">");
    text(words.substr(at, kDate.size())).raw("</span>");
    done = at + kDate.size();
    at = done - 1;
  }
  return text(words.substr(done));
}

Html& Html::breakable(std::string_view words) {
  constexpr std::string_view kSeparators = ",;/=&:";
  for (;;) {
    const auto at = words.find_first_of(kSeparators);
    if (at == std::string_view::npos || at + 1 == words.size()) return text(words);
    text(words.substr(0, at + 1)).raw("<wbr>");
    words.remove_prefix(at + 1);
  }
}

std::string anchor_of(std::string_view id) {
  constexpr std::string_view kPlain = "-._:/@=,;+!*()";
  std::string anchor;
  for (const char c : id) {
    if (letter_or_digit(c) || kPlain.find(c) != std::string_view::npos)
      anchor += c;
    else
      anchor += "~" + base::hex({&c, 1});
  }
  return anchor.empty() ? "~" : anchor;
}

std::string Anchors::take(std::string_view id) {
  const std::string first = anchor_of(id);
  std::string anchor = first;
  for (int number = 2; !taken_.insert(anchor).second; ++number)
    anchor = first + "~~" + std::to_string(number);
  return anchor;
}

std::string css_string(std::string_view words) {
  std::string text = "\"";
  for (const char c : clean(words)) {
    const bool plain = letter_or_digit(c) || c == ' ' || c == '.' || c == ',' || c == '-' ||
                       c == ':' || static_cast<unsigned char>(c) >= 0x80;
    if (plain)
      text += c;
    else
      text += "\\" + base::hex({&c, 1}) + " ";
  }
  return text + "\"";
}

std::string shell_word(std::string_view words) {
  constexpr std::string_view kPlain = "-._/:@%+=,";
  bool plain = !words.empty() && words.front() != '-';  // That would be an option.
  std::string quoted = "'";
  for (const char c : words) {
    plain = plain && (letter_or_digit(c) || kPlain.find(c) != std::string_view::npos);
    if (c == '\'')
      quoted += "'\\''";
    else
      quoted += c;
  }
  return plain ? std::string(words) : quoted + "'";
}

std::string csp_hash(std::string_view content) {
  return "'sha256-" + base64(*base::from_hex(base::sha256(content))) + "'";
}

}  // namespace reports
