#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace base {

/// One element of DER (ITU-T X.690): a tag of one byte and its contents.
struct DerElement {
  unsigned char tag = 0;
  std::string_view contents;
};

/// Reads the elements of DER one after the other. The bytes must outlive it; nothing in them is
/// trusted.
class DerReader {
 public:
  explicit DerReader(std::string_view bytes) : rest_(bytes) {}

  bool at_end() const { return rest_.empty(); }
  /// The next element, whatever it is; nothing if there is none that is whole and well-formed.
  std::optional<DerElement> next();
  /// The contents of the next element if it has this tag; otherwise nothing is taken.
  std::optional<std::string_view> take(unsigned char tag);

 private:
  std::string_view rest_;
};

/// An object identifier in dotted form, from the contents of its element; nothing if it is none.
std::optional<std::string> dotted_oid(std::string_view contents);

}  // namespace base
