#pragma once

#include <string>
#include <string_view>

#include "cmvp/system_match.h"

namespace cmvp {

/// Whether the processor that /proc/cpuinfo calls `observed` on a machine of `architecture` (uname
/// -m) is the listed one. Every model number of the listing must stand in what was observed, and
/// any of its words at all; names of generations do not count. A listing may name architectures
/// only: "ARM64 (AArch64), x86-64".
Comparison compare_processors(const std::string& observed, const std::string& architecture,
                              const std::string& listed);

}  // namespace cmvp
