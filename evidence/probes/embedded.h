#pragma once

#include <span>

#include "evidence/base/resource.h"

namespace evidence::probes {

/// The data files of this layer: "probes/fips_settings.csv".
std::span<const base::Resource> embedded();

}  // namespace evidence::probes
