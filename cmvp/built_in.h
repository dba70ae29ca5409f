#pragma once

#include "evidence/base/sqlite.h"

namespace cmvp {

/// The snapshot that comes with the program (cmvp/snapshots), read in place: opening it costs
/// nothing, and nobody can write to it.
base::Database built_in_snapshot();

}  // namespace cmvp
