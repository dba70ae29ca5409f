#pragma once

#include <span>

#include "evidence/base/resource.h"

namespace cli {

/// The files of cli/profiles, built in.
std::span<const base::Resource> embedded();

}  // namespace cli
