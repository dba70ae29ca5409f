#pragma once

#include <span>

#include "evidence/base/resource.h"

namespace rules {

/// The files of the packs that are built in, named "packs/<id>/<file>", and their schema,
/// "pack.xsd".
std::span<const base::Resource> embedded();

namespace images {

/// Images of these packs (pack_image.h), named "<id>.image".
std::span<const base::Resource> embedded();

}  // namespace images

}  // namespace rules
