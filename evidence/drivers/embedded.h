#pragma once

#include <span>

#include "evidence/base/resource.h"

namespace evidence::drivers {

/// The data files of this layer: "drivers/catalogue.csv".
std::span<const base::Resource> embedded();

}  // namespace evidence::drivers
