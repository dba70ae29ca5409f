#include "evidence/probes/pkcs11_child/login.h"

#include <unistd.h>

#include <chrono>

#include "evidence/base/secret.h"
#include "evidence/base/text.h"
#include "evidence/drivers/cryptoki_names.h"
#include "evidence/probes/pkcs11_tables.h"

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;
using drivers::result_name;
using Clock = std::chrono::steady_clock;

bool has(const Token& token, CK_FLAGS flags) { return (token.flags & flags) == flags; }

Place login_place(const Session& session, const Token& token) {
  return session.call({"pkcs11_login"}, token.key,
                      std::string(kLoginStep) + "(slot " + std::to_string(token.slot) + ")");
}

// The pipe is empty and closed afterwards: nobody can read the PIN from it again.
base::Secret take_pin(const Task& task) {
  const auto descriptor = base::parse_integer(task.pin_descriptor);
  if (!descriptor) return {};
  base::Secret pin = base::read_secret(static_cast<int>(*descriptor));
  close(static_cast<int>(*descriptor));
  return pin;
}

CK_RV call_login(const Session& session, const Module& module, CK_SESSION_HANDLE handle) {
  base::Secret pin = take_pin(session.task);
  if (session.task.on_device) return module.functions->C_Login(handle, CKU_USER, nullptr, 0);
  const auto bytes = pin.bytes();
  return module.functions->C_Login(handle, CKU_USER, bytes.data(), bytes.size());
}

void record_speed(const Session& session, const Token& token, Clock::duration took) {
  const auto time = std::chrono::duration_cast<std::chrono::microseconds>(took);
  session.record
      .source(session.call({"pkcs11_speed"}, token.key,
                           kMeasureStep + login_place(session, token).method))
      .row("pkcs11_speed", Basis::observed,
           {{"token", token.key},
            {"module", session.module()},
            {"what", "log in"},
            {"mechanism", nullptr},
            {"threads", std::int64_t{1}},
            {"calls", std::int64_t{1}},
            {"microseconds", std::int64_t{time.count()}},
            {"failures", std::int64_t{0}},
            {"result", nullptr}});
}

std::optional<std::string> warning_of(const Token& token) {
  if (has(token, CKF_USER_PIN_LOCKED)) return "the token says that the PIN of the user is locked";
  if (has(token, CKF_USER_PIN_FINAL_TRY))
    return "the token says that one more wrong PIN of the user locks it";
  if (has(token, CKF_USER_PIN_COUNT_LOW))
    return "the token says that a wrong PIN of the user was given since the last right one";
  return std::nullopt;
}

}  // namespace

const Token* token_to_log_in(const std::vector<Token>& tokens) {
  std::vector<const Token*> fit;
  for (const Token& token : tokens)
    if (has(token, CKF_LOGIN_REQUIRED | CKF_USER_PIN_INITIALIZED)) fit.push_back(&token);
  // Some modules do not say that a PIN is set. A token that stands alone is meant all the same.
  if (fit.empty() && tokens.size() == 1 && has(tokens[0], CKF_LOGIN_REQUIRED)) return &tokens[0];
  return fit.size() == 1 ? fit[0] : nullptr;
}

std::optional<std::string> reason_not_to_log_in(const Task& task, const Token& token,
                                                const Token* chosen) {
  if (!has(token, CKF_LOGIN_REQUIRED)) return "the token says that no login is needed";
  if (&token != chosen && !has(token, CKF_USER_PIN_INITIALIZED))
    return "the token says that no PIN of the user is set";
  if (&token != chosen)
    return "several tokens take a PIN and it is given to one only: name the token, as in "
           "pkcs11:token=LABEL?module-path=FILE";
  if (const auto warning = warning_of(token); warning && !task.despite_pin_flags)
    return *warning + "; give --login-despite-pin-flags to try all the same";
  const bool device = has(token, CKF_PROTECTED_AUTHENTICATION_PATH);
  if (device && !task.on_device)
    return "the PIN is entered on a device of the token itself; give --login-on-device and enter "
           "it there";
  if (!device && task.on_device)
    return "the token has no device of its own to enter a PIN; leave --login-on-device out";
  return std::nullopt;
}

bool log_in(const Session& session, const Module& module, const Token& token,
            CK_SESSION_HANDLE handle) {
  const Place place = login_place(session, token);
  std::optional<CK_RV> result;
  Clock::duration took{};
  session.record.step(place.method, place, [&] {
    const auto begin = Clock::now();
    result = call_login(session, module, handle);
    took = Clock::now() - begin;
  });
  if (!result) return false;
  const bool accepted = result == CKR_OK || result == CKR_USER_ALREADY_LOGGED_IN;
  // How long somebody takes to enter a PIN is not the token's time.
  if (accepted && session.task.measure && !session.task.on_device)
    record_speed(session, token, took);
  session.record.source(place).row("pkcs11_login", Basis::observed,
                                   {{"token", token.key},
                                    {"module", session.module()},
                                    {"slot", std::to_string(token.slot)},
                                    {"tried", std::int64_t{1}},
                                    {"accepted", std::int64_t{accepted ? 1 : 0}},
                                    {"result", result_name(*result)},
                                    {"pin_from", session.task.pin_from}});
  return accepted;
}

void record_no_login(const Session& session, const Token& token, const std::string& reason) {
  session.record.source(login_place(session, token))
      .row("pkcs11_login", Basis::observed,
           {{"token", token.key},
            {"module", session.module()},
            {"slot", std::to_string(token.slot)},
            {"tried", std::int64_t{0}},
            {"reason", reason}});
}

}  // namespace evidence::probes::pkcs11_child
