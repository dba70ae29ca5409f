#pragma once

#include <array>
#include <string>
#include <vector>

#include "rules/assessment.h"

namespace reports {

/// How many requirements are accounted for how, by `rules::Account`.
using AccountCounts = std::array<int, rules::kAccountNames.size()>;

/// As an officer asks: what is shown, what a person says, what is against it, what is left.
inline constexpr std::array kAccountOrder = {rules::Account::shown,    rules::Account::partly,
                                             rules::Account::attested, rules::Account::against,
                                             rules::Account::not_here, rules::Account::left};

AccountCounts account_counts(const std::vector<const rules::RequirementStatus*>& requirements);
AccountCounts account_counts(const std::vector<rules::RequirementStatus>& requirements);

/// e.g. "9 shown, 24 shown in part, 41 attested by a person, 2 with evidence against them, 180
/// left"; what is 0 is left out, but never what is shown, attested or left.
std::string accounts_in_words(const AccountCounts& counts);

/// The standards whose requirements the packs list, with the counts of all of them; "" if none do.
std::string requirements_in_words(const rules::Assessment& assessment);

/// Who attests it, what that person is, and when, until when.
std::string attester_in_words(const rules::Attestation& attestation);

/// The document with its digest, and whether that was compared.
std::string document_in_words(const rules::Attestation& attestation);

/// Whether it counts, e.g. "holds", "has expired, so it does not count".
std::string standing_in_words(const rules::Attestation& attestation);

/// The attestations as a table for the workbook.
rules::ReferenceTable attestation_table(const std::vector<rules::Attestation>& attestations);

}  // namespace reports
