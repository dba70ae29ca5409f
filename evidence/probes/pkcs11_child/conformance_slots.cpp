#include <algorithm>

#include "evidence/probes/pkcs11_child/conformance_check.h"

// Slots (PKCS #11 3.2, clause 5.5).

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;

constexpr CK_ULONG kLimit = 4096;

std::vector<CK_SLOT_ID> slots(const Trial& trial, CK_BBOOL present) {
  CK_ULONG count = kLimit;
  std::vector<CK_SLOT_ID> list(kLimit);
  need(call(trial.functions().C_GetSlotList, present, list.data(), &count), "C_GetSlotList");
  list.resize(std::min(count, kLimit));
  return list;
}

CK_SLOT_ID unlisted_slot(const Trial& trial) {
  const auto listed = slots(trial, CK_FALSE);
  CK_SLOT_ID slot = 0x7ffffff0;
  while (std::find(listed.begin(), listed.end(), slot) != listed.end()) --slot;
  return slot;
}

Finding null_count(const Trial& trial) {
  return expect(call(trial.functions().C_GetSlotList, CK_FALSE, nullptr, nullptr),
                {CKR_ARGUMENTS_BAD});
}

struct TooSmall {
  CK_RV result;
  CK_ULONG needed, told;
};

TooSmall ask_with_too_little(const Trial& trial) {
  const auto listed = slots(trial, CK_FALSE);
  if (listed.empty()) not_applicable("the module has no slot");
  std::vector<CK_SLOT_ID> room(listed.size() + 64);
  CK_ULONG count = listed.size() - 1;
  const CK_RV result = call(trial.functions().C_GetSlotList, CK_FALSE, room.data(), &count);
  return {result, listed.size(), count};
}

Finding too_small(const Trial& trial) {
  return expect(ask_with_too_little(trial).result, {CKR_BUFFER_TOO_SMALL});
}

Finding too_small_count(const Trial& trial) {
  const TooSmall answer = ask_with_too_little(trial);
  if (answer.result != CKR_BUFFER_TOO_SMALL) not_applicable("the module takes too small a buffer");
  return expect_that(
      answer.told == answer.needed,
      std::to_string(answer.told) + " where " + std::to_string(answer.needed) + " are needed");
}

Finding stable(const Trial& trial) {
  const bool same = slots(trial, CK_FALSE) == slots(trial, CK_FALSE);
  return expect_that(same, same ? "the same list" : "two lists that differ");
}

Finding present_is_subset(const Trial& trial) {
  const auto all = slots(trial, CK_FALSE), present = slots(trial, CK_TRUE);
  const auto strange = std::count_if(present.begin(), present.end(), [&](CK_SLOT_ID slot) {
    return std::find(all.begin(), all.end(), slot) == all.end();
  });
  return expect_that(strange == 0, std::to_string(strange) + " slots that are not among all");
}

Finding info_unlisted(const Trial& trial) {
  CK_SLOT_INFO info{};
  return expect(call(trial.functions().C_GetSlotInfo, unlisted_slot(trial), &info),
                {CKR_SLOT_ID_INVALID});
}

Finding token_unlisted(const Trial& trial) {
  CK_TOKEN_INFO info{};
  return expect(call(trial.functions().C_GetTokenInfo, unlisted_slot(trial), &info),
                {CKR_SLOT_ID_INVALID});
}

Finding mechanisms_unlisted(const Trial& trial) {
  CK_ULONG count = 0;
  return expect(call(trial.functions().C_GetMechanismList, unlisted_slot(trial), nullptr, &count),
                {CKR_SLOT_ID_INVALID});
}

Finding session_unlisted(const Trial& trial) {
  CK_SESSION_HANDLE handle = 0;
  return expect(call(trial.functions().C_OpenSession, unlisted_slot(trial), CKF_SERIAL_SESSION,
                     nullptr, nullptr, &handle),
                {CKR_SLOT_ID_INVALID});
}

Finding close_all_unlisted(const Trial& trial) {
  return expect(call(trial.functions().C_CloseAllSessions, unlisted_slot(trial)),
                {CKR_SLOT_ID_INVALID});
}

Finding no_event(const Trial& trial) {
  CK_SLOT_ID slot = 0;
  return expect(call(trial.functions().C_WaitForSlotEvent, CKF_DONT_BLOCK, &slot, nullptr),
                {CKR_NO_EVENT, CKR_OK, CKR_FUNCTION_NOT_SUPPORTED});
}

constexpr std::array<Check, 11> kChecks = {{
    {"slot-list-null-count", "CKR_ARGUMENTS_BAD", null_count},
    {"slot-list-too-small", "CKR_BUFFER_TOO_SMALL", too_small},
    {"slot-list-too-small-count", "the number of slots with CKR_BUFFER_TOO_SMALL", too_small_count},
    {"slot-list-stable", "the same list twice", stable},
    {"slot-list-with-token", "slots with a token that are all among the slots", present_is_subset},
    {"slot-info-unlisted", "CKR_SLOT_ID_INVALID", info_unlisted},
    {"token-info-unlisted", "CKR_SLOT_ID_INVALID", token_unlisted},
    {"mechanism-list-unlisted", "CKR_SLOT_ID_INVALID", mechanisms_unlisted},
    {"session-unlisted-slot", "CKR_SLOT_ID_INVALID", session_unlisted},
    {"close-all-unlisted-slot", "CKR_SLOT_ID_INVALID", close_all_unlisted},
    {"slot-event-without-waiting", "CKR_NO_EVENT, CKR_OK or CKR_FUNCTION_NOT_SUPPORTED at once",
     no_event},
}};

}  // namespace

std::span<const Check> slot_checks() { return kChecks; }

}  // namespace evidence::probes::pkcs11_child
