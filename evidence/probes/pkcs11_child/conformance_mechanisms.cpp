#include <algorithm>
#include <set>

#include "evidence/probes/pkcs11_child/conformance_check.h"

// Token and mechanisms (PKCS #11 3.2, clause 5.5).

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;

constexpr CK_ULONG kRoom = 4096;

std::vector<CK_MECHANISM_TYPE> mechanisms(const Trial& trial) {
  CK_ULONG count = kRoom;
  std::vector<CK_MECHANISM_TYPE> list(kRoom);
  need(call(trial.functions().C_GetMechanismList, trial.slot(), list.data(), &count),
       "C_GetMechanismList");
  list.resize(std::min(count, kRoom));
  return list;
}

Finding slot_info_null(const Trial& trial) {
  return expect(call(trial.functions().C_GetSlotInfo, trial.slot(), nullptr), {CKR_ARGUMENTS_BAD});
}

Finding token_info_null(const Trial& trial) {
  return expect(call(trial.functions().C_GetTokenInfo, trial.slot(), nullptr), {CKR_ARGUMENTS_BAD});
}

Finding null_count(const Trial& trial) {
  return expect(call(trial.functions().C_GetMechanismList, trial.slot(), nullptr, nullptr),
                {CKR_ARGUMENTS_BAD});
}

Finding length_query(const Trial& trial) {
  CK_ULONG count = 0;
  need(call(trial.functions().C_GetMechanismList, trial.slot(), nullptr, &count),
       "C_GetMechanismList");
  const auto given = mechanisms(trial).size();
  return expect_that(count == given,
                     std::to_string(count) + " announced, " + std::to_string(given) + " given");
}

Finding too_small(const Trial& trial) {
  const auto listed = mechanisms(trial).size();
  if (listed == 0) not_applicable("the token has no mechanism");
  std::vector<CK_MECHANISM_TYPE> room(kRoom);
  CK_ULONG count = listed - 1;
  const CK_RV result =
      call(trial.functions().C_GetMechanismList, trial.slot(), room.data(), &count);
  if (result != CKR_BUFFER_TOO_SMALL) return expect(result, {CKR_BUFFER_TOO_SMALL});
  return expect_that(count == listed, "CKR_BUFFER_TOO_SMALL with " + std::to_string(count) +
                                          " where " + std::to_string(listed) + " are needed");
}

Finding stable(const Trial& trial) {
  const bool same = mechanisms(trial) == mechanisms(trial);
  return expect_that(same, same ? "the same list" : "two lists that differ");
}

Finding no_duplicates(const Trial& trial) {
  const auto listed = mechanisms(trial);
  const auto twice = listed.size() - std::set(listed.begin(), listed.end()).size();
  return expect_that(twice == 0, std::to_string(twice) + " mechanisms are listed again");
}

Finding info_null(const Trial& trial) {
  const auto listed = mechanisms(trial);
  if (listed.empty()) not_applicable("the token has no mechanism");
  return expect(call(trial.functions().C_GetMechanismInfo, trial.slot(), listed[0], nullptr),
                {CKR_ARGUMENTS_BAD});
}

Finding info_unlisted(const Trial& trial) {
  const auto listed = mechanisms(trial);
  CK_MECHANISM_TYPE type = 0x7ffffff0;
  while (std::find(listed.begin(), listed.end(), type) != listed.end()) --type;
  CK_MECHANISM_INFO info{};
  return expect(call(trial.functions().C_GetMechanismInfo, trial.slot(), type, &info),
                {CKR_MECHANISM_INVALID});
}

Finding info_of_all(const Trial& trial) {
  std::size_t refused = 0;
  for (const CK_MECHANISM_TYPE type : mechanisms(trial)) {
    CK_MECHANISM_INFO info{};
    if (call(trial.functions().C_GetMechanismInfo, trial.slot(), type, &info) != CKR_OK) ++refused;
  }
  return expect_that(refused == 0,
                     std::to_string(refused) + " listed mechanisms are not described");
}

constexpr std::array<Check, 10> kChecks = {{
    {"slot-info-null", "CKR_ARGUMENTS_BAD for a NULL pointer", slot_info_null},
    {"token-info-null", "CKR_ARGUMENTS_BAD for a NULL pointer", token_info_null},
    {"mechanism-list-null-count", "CKR_ARGUMENTS_BAD", null_count},
    {"mechanism-list-length-query", "the number of mechanisms that are then given", length_query},
    {"mechanism-list-too-small", "CKR_BUFFER_TOO_SMALL with the number of mechanisms", too_small},
    {"mechanism-list-stable", "the same list twice", stable},
    {"mechanism-list-no-duplicates", "every mechanism once", no_duplicates},
    {"mechanism-info-null", "CKR_ARGUMENTS_BAD for a NULL pointer", info_null},
    {"mechanism-info-unlisted", "CKR_MECHANISM_INVALID", info_unlisted},
    {"mechanism-info-of-all", "CKR_OK for every mechanism in the list", info_of_all},
}};

}  // namespace

std::span<const Check> mechanism_checks() { return kChecks; }

}  // namespace evidence::probes::pkcs11_child
