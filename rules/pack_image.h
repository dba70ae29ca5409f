#pragma once

#include <string>
#include <string_view>

#include "rules/pack.h"

namespace rules {

/// The bytes of a pack without the tests of its rules, for the program to hold packs that were read
/// and checked when it was built. No format to keep: `read_pack_image` of the same build reads it.
std::string pack_image(const Pack& pack);

/// The pack that `image` was made of, without tests. Throws Error(internal) for other bytes.
Pack read_pack_image(std::string_view image);

/// The pack that is built in under `name`, without its tests: as `read_pack` of its files, in a
/// small part of the time. Throws Error(usage) for a name that is none.
Pack built_in_pack_without_tests(std::string_view name);

}  // namespace rules
