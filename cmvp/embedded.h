#pragma once

#include <span>

#include "evidence/base/resource.h"

namespace cmvp {

/// The data files of this layer: "snapshot.db", the database image of the built-in snapshot, and
/// "pkcs11_names.csv", under which names CMVP knows PKCS #11 modules.
std::span<const base::Resource> embedded();

}  // namespace cmvp
