#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/base/sqlite.h"
#include "rules/result.h"

namespace rules {

/// The table of claims. No probe fills it: its source is the file that somebody wrote.
constexpr const char* kClaimTable = "claim";

/// A kind of claim: what somebody can say about a system that evidence can speak to.
struct ClaimKind {
  std::string_view name;
  std::string_view required;  ///< Keys, with spaces between.
  std::string_view optional;
  std::string_view means;  ///< What is claimed, in words.
};

/// The closed vocabulary of claims.
std::span<const ClaimKind> claim_kinds();

/// What a certificate snapshot says of the certificate of a claim, and of this system on it.
struct ClaimedCertificate {
  std::optional<bool> in_snapshot;  ///< Nothing if the number is higher than any that it has.
  std::string name, standard;
  std::optional<std::int64_t> level;
  std::string status, reason;             ///< On the day of the claim, or on the as-of date.
  std::string environment, closest, why;  ///< Verdict, nearest listed environment, reasons.
};

/// A user's own claim, to be put to the test.
struct Claim {
  std::string says;                    ///< The claim in its own words; no two are the same.
  std::string kind;                    ///< A name of `claim_kinds`.
  Severity severity = Severity::high;  ///< How much it matters that it is refuted.
  std::optional<std::int64_t> certificate, level;
  std::string module, version, status, on, standard, system, system_version, token, algorithm;
  std::string file;          ///< The file it stands in, as it was named.
  std::int64_t line = 0;     ///< The line it begins on.
  ClaimedCertificate found;  ///< Once it was looked up.

  std::string place() const { return file + ":" + std::to_string(line); }
};

/// The claims of a TOML file, each a table [[claim]]. Throws Error(input) with file and line for a
/// kind that is not known, a key that its kind does not have or lacks, a value that makes no sense,
/// or words that stand there twice.
std::vector<Claim> read_claims(std::string_view text, const std::string& file);

/// Creates the table `claim`, which every judgement has, unless it is there.
void create_claim_table(base::Database& judgement);

/// Adds `claims` to the table `claim` of `judgement`, and a source for each file of claims.
void add_claims(const std::vector<Claim>& claims, base::Database& judgement);

}  // namespace rules
