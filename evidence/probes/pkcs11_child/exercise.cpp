#include "evidence/probes/pkcs11_child/exercise.h"

#include <set>

#include "evidence/base/text.h"
#include "evidence/drivers/cryptoki_names.h"
#include "evidence/drivers/pkcs11_driver.h"
#include "evidence/probes/pkcs11_child/answers.h"
#include "evidence/probes/pkcs11_child/census.h"
#include "evidence/probes/pkcs11_child/measure.h"
#include "evidence/probes/pkcs11_tables.h"

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;
using drivers::Pkcs11Result;
using drivers::Service;

base::Value text_or_null(const std::string& text) {
  return text.empty() ? base::Value(nullptr) : base::Value(text);
}

void record_service(const Session& session, const std::string& token, bool logged_in,
                    const Service& service, const Pkcs11Result& result) {
  const auto mechanism = result.mechanism;
  session.record.source(session.call({"pkcs11_service"}, token, "catalogue: " + service.id))
      .row(
          "pkcs11_service", Basis::observed,
          {{"token", token},
           {"module", session.module()},
           {"service", service.id},
           {"title", service.title},
           {"operation", service.operation},
           {"algorithm", service.algorithm},
           {"mechanism",
            mechanism ? base::Value(drivers::cryptoki_hex(*mechanism)) : base::Value(nullptr)},
           {"mechanism_name",
            mechanism ? or_null(drivers::mechanism_name(*mechanism)) : base::Value(nullptr)},
           {"functions", static_cast<std::int64_t>(result.functions)},
           {"outcome", std::string(drivers::name_of(result.attempt))},
           {"wrong", std::int64_t{result.wrong ? 1 : 0}},
           {"call", text_or_null(result.attempt == drivers::Attempt::performed ? "" : result.call)},
           {"result", result.attempt == drivers::Attempt::performed || result.call.empty()
                          ? base::Value(nullptr)
                          : base::Value(drivers::result_name(result.returned))},
           {"reason", text_or_null(result.reason)},
           {"indicator", std::string(drivers::name_of(result.indicator))},
           {"indicator_kind", result.indicator_kind},
           {"key_origin", text_or_null(result.key_origin)},
           {"remark", text_or_null(result.remark)},
           {"logged_in", std::int64_t{logged_in ? 1 : 0}}});
}

/// The mechanisms of the task, "0x00000250:1024 …", each with its flags.
std::map<CK_MECHANISM_TYPE, CK_FLAGS> listed_mechanisms(const std::string& text) {
  std::map<CK_MECHANISM_TYPE, CK_FLAGS> mechanisms;
  for (const auto part : base::split(text, ' ')) {
    const auto colon = part.find(':');
    if (colon == std::string_view::npos) continue;
    const auto flags = base::parse_integer(part.substr(colon + 1));
    mechanisms[std::strtoul(std::string(part.substr(0, colon)).c_str(), nullptr, 16)] =
        static_cast<CK_FLAGS>(flags.value_or(0));
  }
  return mechanisms;
}

/// One token, from the first count of its objects to the last one.
class Exercise {
 public:
  /// `token` must outlive this.
  Exercise(const Session& session, const Module& module, const Token& token)
      : session_(session),
        key_(token.key),
        module_(drivers::pkcs11_module(
            module.functions,
            module.library.optional(session.entry_point("GetInterfaceList").c_str()))),
        token_{module_, token.slot, 0, false, token.mechanisms},
        takes_threads_(module.takes_threads) {}

  /// In a session of its own, without a login.
  void run() {
    if (!is_the_token() || !open_session()) return;
    try_all();
    close_session();
  }

  /// In a session that stays open, in which the user is logged in.
  void run_logged_in(CK_SESSION_HANDLE handle) {
    token_.session = handle;
    token_.logged_in = true;
    try_all();
  }

 private:
  void try_all() {
    count_objects(session_, token_, key_, "before");
    drivers::Pkcs11Driver driver(token_);
    const Harm harm = look_for_harm(driver);
    for (const Service& service : driver.services())
      if (harm == Harm::none || makes_no_object(service)) perform(driver, service);
    count_objects(session_, token_, key_, "after");
    if (session_.task.measure && harm == Harm::none)
      measure(session_, token_, key_, takes_threads_);
  }

  void unreadable(const std::string& what, const std::string& why) {
    session_.record.source(session_.call(pkcs11_exercise_tables(), key_, what)).unreadable(why);
  }

  /// Slots may be numbered anew: is the token still the one that is meant?
  bool is_the_token() {
    bool same = false;
    const std::string step = "C_GetTokenInfo(slot " + std::to_string(token_.slot) + ")";
    session_.record.step(step, session_.call(pkcs11_exercise_tables(), key_, step), [&] {
      CK_TOKEN_INFO info{};
      const auto* functions = module_.functions;
      const CK_RV result = functions->C_GetTokenInfo == nullptr
                               ? CKR_FUNCTION_NOT_SUPPORTED
                               : functions->C_GetTokenInfo(token_.slot, &info);
      if (result != CKR_OK)
        return unreadable(step, step + " returned " + drivers::result_name(result));
      const TokenFilter& wanted = session_.task.target.filter;
      same = fixed_text(session_, step, "label", info.label) == wanted.token &&
             fixed_text(session_, step, "serialNumber", info.serialNumber) == wanted.serial;
      if (!same) unreadable(step, "another token is in the slot now");
    });
    return same;
  }

  bool open_session() {
    bool open = false;
    const std::string step = "C_OpenSession(slot " + std::to_string(token_.slot) + ")";
    session_.record.step(step, session_.call(pkcs11_exercise_tables(), key_, step), [&] {
      if (module_.functions->C_OpenSession == nullptr)
        return unreadable(step, "the function is missing");
      const CK_RV result = module_.functions->C_OpenSession(token_.slot, CKF_SERIAL_SESSION,
                                                            nullptr, nullptr, &token_.session);
      open = result == CKR_OK;
      if (!open) unreadable(step, step + " returned " + drivers::result_name(result));
    });
    return open;
  }

  enum class Harm { none, seen, cannot_be_told };

  /// Makes few keys before many: a module that keeps the objects of a session is left alone.
  Harm look_for_harm(drivers::Pkcs11Driver& driver) {
    const std::string step = "look whether objects of a session stay";
    // Found before the process was started again.
    if (session_.task.skip.contains(kHarmStep)) return Harm::seen;
    std::optional<std::int64_t> before, now;
    session_.record.step(step, session_.call(pkcs11_exercise_tables(), key_, step),
                         [&] { before = object_count(token_); });
    for (const Service& service : driver.services())
      if (is_forerunner(service)) perform(driver, service);
    session_.record.step(step, session_.call(pkcs11_exercise_tables(), key_, step),
                         [&] { now = object_count(token_); });
    if (before && now && *before == *now) return Harm::none;
    const bool seen = before && now;
    session_.record.step(kHarmStep, session_.call({}, key_, step), [] {});
    session_.record.source(session_.call({"pkcs11_service"}, key_, step))
        .unreadable(
            seen ? "the module keeps objects of a session that was closed: there were " +
                       std::to_string(*before) + " objects before and " + std::to_string(*now) +
                       " afterwards; no other service that makes keys was tried"
                 : "the objects cannot be counted, so it could not be shown that none stay; "
                   "no service that makes keys was tried beyond the first");
    return seen ? Harm::seen : Harm::cannot_be_told;
  }

  static bool is_forerunner(const Service& service) {
    return service.id == "keygen-aes-256" || service.id == "mac-hmac-sha2-256";
  }
  static bool makes_no_object(const Service& service) {
    return service.operation == "digest" || service.operation == "random";
  }

  void perform(drivers::Pkcs11Driver& driver, const Service& service) {
    if (!done_.insert(service.id).second) return;
    session_.record.step("service " + service.id,
                         session_.call({"pkcs11_service"}, key_, "catalogue: " + service.id), [&] {
                           record_service(session_, key_, token_.logged_in, service,
                                          driver.perform(service));
                         });
  }

  void close_session() {
    if (module_.functions->C_CloseSession == nullptr) return;
    session_.record.step("C_CloseSession", session_.call({}, key_, "C_CloseSession"),
                         [&] { module_.functions->C_CloseSession(token_.session); });
  }

  const Session& session_;
  const std::string& key_;
  drivers::Pkcs11Module module_;
  drivers::Pkcs11Token token_;
  bool takes_threads_;
  std::set<std::string> done_;
};

}  // namespace

void exercise_token(const Session& session) {
  const auto module = open_module(session);
  const Task& task = session.task;
  if (!module) {
    session.record
        .source(session.call(pkcs11_exercise_tables(), task.exercise_token, "C_Initialize"))
        .unreadable("the module could not be opened again to try its services");
    return;
  }
  const auto slot = base::parse_integer(task.target.filter.slot);
  const Token token{static_cast<CK_SLOT_ID>(slot.value_or(0)), task.exercise_token, 0,
                    listed_mechanisms(task.mechanisms)};
  Exercise(session, *module, token).run();
  close_module(session, *module);
}

void exercise_logged_in(const TokenSession& token) {
  Exercise(token.session, token.module, token.token).run_logged_in(token.handle);
}

}  // namespace evidence::probes::pkcs11_child
