#pragma once

#include <string>

#include "evidence/base/host.h"
#include "evidence/base/sqlite.h"

namespace cmvp {

/// The snapshot called `name`: "built-in", a database image (.db), or a text form (.csv, with its
/// header beside it under the same name as .txt). Throws Error(input) if it is not there or not
/// what it should be.
base::Database named_snapshot(const base::Host& host, const std::string& name);

}  // namespace cmvp
