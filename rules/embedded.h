#pragma once

#include <span>

#include "evidence/base/resource.h"

namespace rules {

/// The files of the packs that are built in, named "packs/<id>/<file>".
std::span<const base::Resource> embedded();

}  // namespace rules
