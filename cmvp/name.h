#pragma once

#include <string>
#include <string_view>

namespace cmvp {

/// A module name cut into what is compared and the version words at its end.
struct PlainName {
  std::string plain;    ///< Normalised, all of it.
  std::string bare;     ///< Without version words at the end; equal to `plain` if there are none.
  std::string version;  ///< The version that was cut off, "" if none was: "3.0" of "… version 3.0"
};

/// Normalises a module name for comparison: small letters, single spaces, without registered and
/// trade mark signs and without dashes that stand alone. Whether two modules have the same name is
/// equality of what this gives; nothing else is guessed.
PlainName plain_name(std::string_view name);

}  // namespace cmvp
