#pragma once

#include <string>
#include <vector>

#include "evidence/base/sqlite.h"
#include "rules/assessment.h"

namespace rules {

/// Fills headline, shows, shows_not and statements from what the rest of `assessment` and the facts
/// in `judgement` say.
void summarize(base::Database& judgement, Assessment& assessment);

/// One sentence that could be read aloud: the gravest thing that was found, never a grade.
std::string headline(base::Database& judgement, const Assessment& assessment);

/// What the evidence shows, in a few sentences.
std::string shows(const Assessment& assessment);

/// What it does not show: what could not be read, was not tried, or is for people to decide.
std::string shows_not(base::Database& judgement, const Assessment& assessment);

/// Four statements that are often taken for one: on algorithms, mode, module and system.
std::vector<Statement> four_statements(const Assessment& assessment);

/// "the CMVP snapshot of 2026-09-30", or "any certificate list" where there was none.
std::string snapshot_words(const Assessment& assessment);

}  // namespace rules
