#include "evidence/probes/pkcs11_child/conformance_check.h"

// Sessions (PKCS #11 3.2, clauses 5.1.2 and 5.6). None of them is logged in.

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;

CK_RV info_of(const Trial& trial, CK_SESSION_HANDLE handle, CK_SESSION_INFO& info) {
  return call(trial.functions().C_GetSessionInfo, handle, &info);
}

CK_SESSION_HANDLE closed_session(const Trial& trial) {
  const OpenSession session(trial);
  need(call(trial.functions().C_CloseSession, session.handle()), "C_CloseSession");
  return session.handle();
}

Finding not_serial(const Trial& trial) {
  CK_SESSION_HANDLE handle = 0;
  const CK_RV result =
      call(trial.functions().C_OpenSession, trial.slot(), 0UL, nullptr, nullptr, &handle);
  if (result == CKR_OK) call(trial.functions().C_CloseSession, handle);
  return expect(result, {CKR_SESSION_PARALLEL_NOT_SUPPORTED});
}

Finding null_handle(const Trial& trial) {
  return expect(call(trial.functions().C_OpenSession, trial.slot(), CKF_SERIAL_SESSION, nullptr,
                     nullptr, nullptr),
                {CKR_ARGUMENTS_BAD});
}

Finding info_null(const Trial& trial) {
  const OpenSession session(trial);
  return expect(call(trial.functions().C_GetSessionInfo, session.handle(), nullptr),
                {CKR_ARGUMENTS_BAD});
}

Finding info_slot(const Trial& trial) {
  const OpenSession session(trial);
  CK_SESSION_INFO info{};
  need(info_of(trial, session.handle(), info), "C_GetSessionInfo");
  return expect_that(info.slotID == trial.slot(), "slot " + std::to_string(info.slotID));
}

Finding state_of(const Trial& trial, CK_FLAGS flags, CK_STATE state) {
  const OpenSession session(trial, flags);
  CK_SESSION_INFO info{};
  need(info_of(trial, session.handle(), info), "C_GetSessionInfo");
  return expect_that(
      info.state == state && info.flags == flags,
      "state " + std::to_string(info.state) + ", flags " + drivers::cryptoki_hex(info.flags));
}

Finding read_only_state(const Trial& trial) {
  return state_of(trial, CKF_SERIAL_SESSION, CKS_RO_PUBLIC_SESSION);
}

Finding read_write_state(const Trial& trial) {
  return state_of(trial, CKF_SERIAL_SESSION | CKF_RW_SESSION, CKS_RW_PUBLIC_SESSION);
}

Finding handle_zero(const Trial& trial) {
  CK_SESSION_INFO info{};
  return expect(info_of(trial, 0, info), {CKR_SESSION_HANDLE_INVALID});
}

Finding closed_info(const Trial& trial) {
  CK_SESSION_INFO info{};
  return expect(info_of(trial, closed_session(trial), info), {CKR_SESSION_HANDLE_INVALID});
}

Finding close_twice(const Trial& trial) {
  return expect(call(trial.functions().C_CloseSession, closed_session(trial)),
                {CKR_SESSION_HANDLE_INVALID});
}

Finding closed_search(const Trial& trial) {
  return expect(call(trial.functions().C_FindObjectsInit, closed_session(trial), nullptr, 0UL),
                {CKR_SESSION_HANDLE_INVALID});
}

Finding closed_random(const Trial& trial) {
  std::array<CK_BYTE, 8> random{};
  return expect(
      call(trial.functions().C_GenerateRandom, closed_session(trial), random.data(), random.size()),
      {CKR_SESSION_HANDLE_INVALID});
}

Finding close_all(const Trial& trial) {
  const OpenSession one(trial), other(trial);
  need(call(trial.functions().C_CloseAllSessions, trial.slot()), "C_CloseAllSessions");
  CK_SESSION_INFO info{};
  const Finding first = expect(info_of(trial, one.handle(), info), {CKR_SESSION_HANDLE_INVALID});
  if (first.outcome != Finding::Outcome::held) return first;
  return expect(info_of(trial, other.handle(), info), {CKR_SESSION_HANDLE_INVALID});
}

Finding handles_differ(const Trial& trial) {
  const OpenSession one(trial), other(trial);
  const bool differ = one.handle() != other.handle() && one.handle() != 0 && other.handle() != 0;
  return expect_that(
      differ, "handles " + std::to_string(one.handle()) + " and " + std::to_string(other.handle()));
}

CK_ULONG sessions_told(const Trial& trial) {
  CK_TOKEN_INFO info{};
  need(call(trial.functions().C_GetTokenInfo, trial.slot(), &info), "C_GetTokenInfo");
  if (info.ulSessionCount == CK_UNAVAILABLE_INFORMATION)
    not_applicable("the token does not say how many sessions are open");
  return info.ulSessionCount;
}

Finding counted(const Trial& trial) {
  const CK_ULONG before = sessions_told(trial);
  const OpenSession session(trial);
  const CK_ULONG after = sessions_told(trial);
  return expect_that(after == before + 1, std::to_string(before) + " before, " +
                                              std::to_string(after) + " with one more");
}

Finding logout_without_login(const Trial& trial) {
  const OpenSession session(trial);
  return expect(call(trial.functions().C_Logout, session.handle()), {CKR_USER_NOT_LOGGED_IN});
}

Finding state_without_operation(const Trial& trial) {
  const OpenSession session(trial);
  CK_ULONG size = 0;
  return expect(call(trial.functions().C_GetOperationState, session.handle(), nullptr, &size),
                {CKR_OPERATION_NOT_INITIALIZED, CKR_FUNCTION_NOT_SUPPORTED, CKR_STATE_UNSAVEABLE});
}

Finding function_status(const Trial& trial) {
  const OpenSession session(trial);
  return expect(call(trial.functions().C_GetFunctionStatus, session.handle()),
                {CKR_FUNCTION_NOT_PARALLEL});
}

Finding cancel_function(const Trial& trial) {
  const OpenSession session(trial);
  return expect(call(trial.functions().C_CancelFunction, session.handle()),
                {CKR_FUNCTION_NOT_PARALLEL});
}

Finding random_null(const Trial& trial) {
  const OpenSession session(trial);
  return expect(call(trial.functions().C_GenerateRandom, session.handle(), nullptr, 16UL),
                {CKR_ARGUMENTS_BAD, CKR_RANDOM_NO_RNG});
}

Finding random_differs(const Trial& trial) {
  const OpenSession session(trial);
  std::array<CK_BYTE, 32> first{}, second{};
  for (auto* bytes : {&first, &second})
    need(call(trial.functions().C_GenerateRandom, session.handle(), bytes->data(), bytes->size()),
         "C_GenerateRandom");
  return expect_that(first != second, first != second ? "two that differ" : "the same 32 bytes");
}

constexpr std::array<Check, 20> kChecks = {{
    {"session-not-serial", "CKR_SESSION_PARALLEL_NOT_SUPPORTED without CKF_SERIAL_SESSION",
     not_serial},
    {"session-null-handle", "CKR_ARGUMENTS_BAD", null_handle},
    {"session-info-null", "CKR_ARGUMENTS_BAD", info_null},
    {"session-info-slot", "the slot that the session was opened for", info_slot},
    {"session-read-only-state", "CKS_RO_PUBLIC_SESSION and the flags asked for", read_only_state},
    {"session-read-write-state", "CKS_RW_PUBLIC_SESSION and the flags asked for", read_write_state},
    {"session-handle-zero", "CKR_SESSION_HANDLE_INVALID", handle_zero},
    {"session-closed-info", "CKR_SESSION_HANDLE_INVALID", closed_info},
    {"session-close-twice", "CKR_SESSION_HANDLE_INVALID", close_twice},
    {"session-closed-search", "CKR_SESSION_HANDLE_INVALID", closed_search},
    {"session-closed-random", "CKR_SESSION_HANDLE_INVALID", closed_random},
    {"session-close-all", "CKR_SESSION_HANDLE_INVALID for every session of the slot", close_all},
    {"session-handles-differ", "two handles that are not 0 and differ", handles_differ},
    {"session-count", "one more session in C_GetTokenInfo", counted},
    {"logout-without-login", "CKR_USER_NOT_LOGGED_IN", logout_without_login},
    {"operation-state-without-operation",
     "CKR_OPERATION_NOT_INITIALIZED, or that it cannot be saved", state_without_operation},
    {"function-status", "CKR_FUNCTION_NOT_PARALLEL", function_status},
    {"cancel-function", "CKR_FUNCTION_NOT_PARALLEL", cancel_function},
    {"random-null", "CKR_ARGUMENTS_BAD", random_null},
    {"random-differs", "two different draws of 32 bytes", random_differs},
}};

}  // namespace

std::span<const Check> session_checks() { return kChecks; }

}  // namespace evidence::probes::pkcs11_child
