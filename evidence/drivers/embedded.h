#pragma once

#include <span>

#include "evidence/base/resource.h"

namespace evidence::drivers {

/// The data files of this layer: "drivers/catalogue.csv" and others.
std::span<const base::Resource> embedded();

}  // namespace evidence::drivers
