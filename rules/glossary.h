#pragma once

#include <vector>

#include "rules/assessment.h"

namespace rules {

/// The words that reports use, each with what it means here.
std::vector<Statement> glossary();

}  // namespace rules
