#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cmvp/certificate.h"

namespace cmvp {

/// A piece of a recorded version, and the part of the module that it names: "Bootloader" and "v1.0"
/// of "Bootloader v1.0", "PIN-App" and "10.23-1107" of "PIN-App:10.23-1107", "A-UBOOT" and "4.03"
/// of "A-UBOOT-4.03", "primary" and "13.2.4" of "primary-version 13.2.4".
struct ComponentVersion {
  std::string component;  ///< "" if the piece names none.
  std::string text;
};
ComponentVersion component_version(std::string_view piece);

/// The versions in `words`, which is recorded for software or firmware and has no footnote marks,
/// each with the part that it is of. A piece that names no part is another version of `last`, the
/// part named before it, which is brought up to date. None if a piece names what is not known to be
/// a part (boot, main, kernel, applet and the like), unless brackets or the word "with" say that
/// the pieces belong together.
std::vector<Version> versions_of_parts(std::string_view words, const std::string& kind,
                                       const std::string& origin, std::string& last);

}  // namespace cmvp
