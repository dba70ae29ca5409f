#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace reports {

/// HTML under construction. What is not ours goes through `text`, never through `raw`.
class Html {
 public:
  /// Appends markup that this program wrote.
  Html& raw(std::string_view markup) {
    out_ += markup;
    return *this;
  }
  /// Appends `words` as text or as the value of a quoted attribute, cleaned (reports/words.h).
  Html& text(std::string_view words);
  /// Appends `words` as text in which no date is broken at the end of a line.
  Html& prose(std::string_view words);
  /// Appends `words` as text that may be broken after its separators, for narrow cells.
  Html& breakable(std::string_view words);

  const std::string& str() const { return out_; }

 private:
  std::string out_;
};

/// Hands out ids for elements: each a valid one, unique within the page, and good in a link as it
/// is.
class Anchors {
 public:
  /// The anchor for `id`: `id` itself if it only has characters that need no escape, else those as
  /// "~" and two hexadecimal digits a byte. An id that was handed out already gets a number.
  std::string take(std::string_view id);

 private:
  std::set<std::string> taken_;
};

/// `id` as an anchor, before `Anchors` makes it unique.
std::string anchor_of(std::string_view id);

/// `words` as a quoted CSS string that no text can break out of.
std::string css_string(std::string_view words);

/// `words` quoted for a POSIX shell, or as it is if nothing in it is special.
std::string shell_word(std::string_view words);

/// The source expression for `content` in a Content-Security-Policy: 'sha256-…' (CSP Level
/// 3, 2.3.1).
std::string csp_hash(std::string_view content);

}  // namespace reports
