#pragma once

#include <string>

#include "rules/assessment.h"

namespace reports {

/// Every finding as a test case of JUnit's XML, a suite for each subject. What failed is a failure;
/// what could not be determined, and an assessment without findings, is an error, so that it never
/// looks green; what does not apply is skipped. Fits the schemas of Ant and of Jenkins' xUnit.
std::string write_junit(const rules::Assessment& assessment);

}  // namespace reports
