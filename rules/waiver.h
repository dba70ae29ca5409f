#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/result.h"

namespace rules {

/// A person's decision to accept some findings for a while: they are shown as before, with their
/// results, and do not count for the exit code.
struct Waiver {
  std::string rule;             ///< id of the rule, or "pack/rule"
  std::string subject;          ///< pattern of subject keys; * is any text, ? any character
  std::string reason;           ///< Why it is accepted.
  std::string approver;         ///< Who decided so.
  std::string ticket;           ///< Where the decision is on record.
  std::string created;          ///< First day it holds, YYYY-MM-DD.
  std::string expires;          ///< Last day it holds, to the end of that day, UTC.
  std::vector<Result> results;  ///< What is accepted: fail, unless the waiver says otherwise.
  std::string file;             ///< The file it stands in, as it was named.
  std::int64_t line = 0;        ///< The line it begins on.
};

/// The waivers of a TOML file, each a table [[waiver]]. Throws Error(input) with file and line for
/// a key that is missing or not known, a date that is none or a waiver that ends before it begins.
std::vector<Waiver> read_waivers(std::string_view text, const std::string& file);

/// Whether `text` is what `pattern` says, all of it: * stands for any text, ? for one character.
bool matches_pattern(std::string_view text, std::string_view pattern);

}  // namespace rules
