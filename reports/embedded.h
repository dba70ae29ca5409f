#pragma once

#include <span>

#include "evidence/base/resource.h"

namespace reports {

/// The style sheet, the script and the symbols of the HTML report.
std::span<const base::Resource> embedded();

}  // namespace reports
