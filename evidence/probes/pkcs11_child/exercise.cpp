#include "evidence/probes/pkcs11_child/exercise.h"

#include <set>

#include "evidence/base/text.h"
#include "evidence/drivers/cryptoki_names.h"
#include "evidence/drivers/pkcs11_driver.h"
#include "evidence/probes/pkcs11_child/answers.h"
#include "evidence/probes/pkcs11_child/census.h"
#include "evidence/probes/pkcs11_child/login.h"
#include "evidence/probes/pkcs11_child/measure.h"

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;
using drivers::Pkcs11Result;
using drivers::Service;

const std::vector<std::string> kTables = {"pkcs11_service", "pkcs11_census", "pkcs11_speed"};

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

/// One token, from the opening of its session to the last count.
class Exercise {
 public:
  Exercise(const Session& session, const Module& module)
      : session_(session),
        loaded_(module),
        key_(session.task.exercise_token),
        module_(drivers::pkcs11_module(
            module.functions,
            module.library.optional(session.entry_point("GetInterfaceList").c_str()))),
        token_{module_, 0, 0, false, listed_mechanisms(session.task.mechanisms)} {
    token_.slot =
        static_cast<CK_SLOT_ID>(base::parse_integer(session.task.target.filter.slot).value_or(0));
  }

  void run() {
    if (!is_the_token() || !open_session()) return;
    if (session_.task.login && !log_in_again()) return close_session();
    count_objects(session_, token_, key_, "before");
    drivers::Pkcs11Driver driver(token_);
    const Harm harm = look_for_harm(driver);
    for (const Service& service : driver.services())
      if (harm == Harm::none || makes_no_object(service)) perform(driver, service);
    count_objects(session_, token_, key_, "after");
    if (session_.task.measure && harm == Harm::none) measure(session_, token_, key_);
    close_session();
  }

 private:
  void unreadable(const std::string& what, const std::string& why) {
    session_.record.source(session_.call(kTables, key_, what)).unreadable(why);
  }

  /// Slots may be numbered anew: is the token still the one that is meant?
  bool is_the_token() {
    bool same = false;
    const std::string step = "C_GetTokenInfo(slot " + std::to_string(token_.slot) + ")";
    session_.record.step(step, session_.call(kTables, key_, step), [&] {
      CK_TOKEN_INFO info{};
      const auto* functions = module_.functions;
      const CK_RV result = functions->C_GetTokenInfo == nullptr
                               ? CKR_FUNCTION_NOT_SUPPORTED
                               : functions->C_GetTokenInfo(token_.slot, &info);
      if (result != CKR_OK)
        return unreadable(step, step + " returned " + drivers::result_name(result));
      flags_ = info.flags;
      const TokenFilter& wanted = session_.task.target.filter;
      same = fixed_text(session_, step, "label", info.label) == wanted.token &&
             fixed_text(session_, step, "serialNumber", info.serialNumber) == wanted.serial;
      if (!same) unreadable(step, "another token is in the slot now");
    });
    return same;
  }

  /// Gives the PIN that the token took before in this run. False if it refuses it now: then it is
  /// not given a third time, and the token is left alone.
  bool log_in_again() {
    const Token token{token_.slot, key_, flags_};
    if (const auto reason = reason_not_to_log_in(session_.task, token, &token)) {
      record_no_login(session_, token, *reason);
      return true;
    }
    token_.logged_in = log_in(session_, loaded_, token, token_.session);
    if (!token_.logged_in)
      unreadable("C_Login", "the token refused the PIN that it took before: nothing was tried");
    return token_.logged_in;
  }

  bool open_session() {
    bool open = false;
    const std::string step = "C_OpenSession(slot " + std::to_string(token_.slot) + ")";
    session_.record.step(step, session_.call(kTables, key_, step), [&] {
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
    std::optional<std::int64_t> before, now;
    session_.record.step(step, session_.call(kTables, key_, step),
                         [&] { before = object_count(token_); });
    for (const Service& service : driver.services())
      if (is_forerunner(service)) perform(driver, service);
    session_.record.step(step, session_.call(kTables, key_, step),
                         [&] { now = object_count(token_); });
    if (before && now && *before == *now) return Harm::none;
    const bool seen = before && now;
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
  const Module& loaded_;
  const std::string& key_;
  drivers::Pkcs11Module module_;
  drivers::Pkcs11Token token_;
  CK_FLAGS flags_ = 0;  // Of the token, as it tells them now.
  std::set<std::string> done_;
};

}  // namespace

void exercise_token(const Session& session) {
  const auto module = open_module(session);
  if (!module) {
    session.record.source(session.call(kTables, session.task.exercise_token, "C_Initialize"))
        .unreadable("the module could not be opened again to try its services");
    return;
  }
  Exercise(session, *module).run();
  close_module(session, *module);
}

}  // namespace evidence::probes::pkcs11_child
