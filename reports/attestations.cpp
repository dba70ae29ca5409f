#include "reports/attestations.h"

#include "evidence/base/text.h"
#include "reports/words.h"

namespace reports {
namespace {

using rules::Account;
using rules::DocumentCheck;

void add(const rules::RequirementStatus& status, AccountCounts& counts) {
  ++counts[static_cast<std::size_t>(account_of(status))];
}

bool always_told(Account account) {
  return account == Account::shown || account == Account::attested || account == Account::left;
}

std::string check_in_words(const rules::Attestation& one) {
  switch (one.check) {
    case DocumentCheck::same:
      return "; compared: " + one.document_file + " is that document";
    case DocumentCheck::other:
      return "; compared: " + one.document_file + " is another document, sha256 " + one.check_words;
    case DocumentCheck::not_read:
      return "; not compared: " + one.document_file + ": " + one.check_words;
    case DocumentCheck::not_asked:
      break;
  }
  return "; not compared: the attestation does not say where it lies";
}

}  // namespace

AccountCounts account_counts(const std::vector<const rules::RequirementStatus*>& requirements) {
  AccountCounts counts{};
  for (const auto* status : requirements) add(*status, counts);
  return counts;
}

AccountCounts account_counts(const std::vector<rules::RequirementStatus>& requirements) {
  AccountCounts counts{};
  for (const auto& status : requirements) add(status, counts);
  return counts;
}

std::string accounts_in_words(const AccountCounts& counts) {
  std::vector<std::string> parts;
  for (const Account account : kAccountOrder) {
    const int count = counts[static_cast<std::size_t>(account)];
    if (count == 0 && !always_told(account)) continue;
    parts.push_back(grouped(count) + " " +
                    std::string(rules::kAccountWords[static_cast<std::size_t>(account)]));
  }
  return base::join(parts, ", ");
}

std::string requirements_in_words(const rules::Assessment& assessment) {
  if (assessment.requirements.empty()) return "";
  return counted(static_cast<std::int64_t>(assessment.requirements.size()), "requirement",
                 "requirements") +
         " of " + clean(assessment.requirements.front().standard) + ": " +
         accounts_in_words(account_counts(assessment.requirements));
}

std::string attester_in_words(const rules::Attestation& one) {
  return one.by + ", " + one.role + ", on " + one.date +
         (one.expires.empty() ? "" : ", until " + one.expires);
}

std::string document_in_words(const rules::Attestation& one) {
  return one.document + ", sha256 " + one.sha256 + check_in_words(one);
}

std::string standing_in_words(const rules::Attestation& one) {
  constexpr std::array<std::string_view, 5> kWords = {
      "holds", "has expired: does not count", "made after the as-of date: does not count",
      "rests on another document: does not count", "names nothing that is listed: does not count"};
  return std::string(kWords[static_cast<std::size_t>(one.standing)]);
}

rules::ReferenceTable attestation_table(const std::vector<rules::Attestation>& attestations) {
  rules::ReferenceTable table{
      "attestations",
      "Attestations",
      "What named persons vouch for. It was not observed, and it changes no result.",
      {"Assertions", "Statement", "By", "Role", "Date", "Until", "Document", "SHA-256 of it",
       "Compared", "Here", "Where it stands"},
      {},
      false};
  for (const rules::Attestation& one : attestations)
    table.rows.push_back({base::join(one.assertions, ", "), one.statement, one.by, one.role,
                          one.date, one.expires, one.document, one.sha256,
                          check_in_words(one).substr(2), standing_in_words(one), one.place()});
  return table;
}

}  // namespace reports
