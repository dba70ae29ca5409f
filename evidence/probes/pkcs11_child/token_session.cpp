#include "evidence/probes/pkcs11_child/token_session.h"

#include "evidence/drivers/cryptoki_names.h"
#include "evidence/drivers/pkcs11_module.h"
#include "evidence/probes/pkcs11_child/answers.h"
#include "evidence/probes/pkcs11_child/conformance_logout.h"
#include "evidence/probes/pkcs11_child/exercise.h"
#include "evidence/probes/pkcs11_child/login.h"
#include "evidence/probes/pkcs11_child/objects.h"
#include "evidence/probes/pkcs11_tables.h"

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;
using drivers::cryptoki_hex;
using drivers::result_name;

std::string state_name(CK_STATE state) {
  switch (state) {
    case CKS_RO_PUBLIC_SESSION:
      return "CKS_RO_PUBLIC_SESSION";
    case CKS_RO_USER_FUNCTIONS:
      return "CKS_RO_USER_FUNCTIONS";
    case CKS_RW_PUBLIC_SESSION:
      return "CKS_RW_PUBLIC_SESSION";
    case CKS_RW_USER_FUNCTIONS:
      return "CKS_RW_USER_FUNCTIONS";
    case CKS_RW_SO_FUNCTIONS:
      return "CKS_RW_SO_FUNCTIONS";
    default:
      return cryptoki_hex(state);
  }
}

std::string nss_status_name(CK_ULONG status) {
  if (status == CKS_NSS_FIPS_OK) return "CKS_NSS_FIPS_OK";
  if (status == CKS_NSS_FIPS_NOT_OK) return "CKS_NSS_FIPS_NOT_OK";
  return status == CK_UNAVAILABLE_INFORMATION ? "CKS_NSS_UNINITIALIZED" : cryptoki_hex(status);
}

// A session with one token from its opening to its end.
class Visit {
 public:
  Visit(const Session& session, const Module& module, const Token& token)
      : opened_{session, module, token}, record_(session.record) {}

  /// `chosen` is the token that the PIN is for.
  void run(const Token* chosen) {
    if (!open()) return;
    bool welcome = true;
    if (opened_.session.task.login) welcome = consider_login(chosen);
    const bool needed = (opened_.token.flags & CKF_LOGIN_REQUIRED) != 0;
    opened_.sees_private = opened_.logged_in || !needed;
    record_session();
    if (welcome)
      record_objects(opened_);
    else
      note_refused();
    if (opened_.logged_in && opened_.session.task.exercise_logged_in) exercise_logged_in(opened_);
    close();
  }

 private:
  const CK_FUNCTION_LIST& functions() const { return *opened_.module.functions; }

  Place place(std::vector<std::string> feeds, const std::string& function) const {
    return opened_.session.call(std::move(feeds), opened_.token.key, opened_.step(function));
  }

  bool open() {
    const Place where = place(pkcs11_session_tables(), "C_OpenSession");
    if (functions().C_OpenSession == nullptr || functions().C_CloseSession == nullptr) {
      record_.source(where).unreadable("the functions for sessions are missing");
      return false;
    }
    record_.step(where.method, where, [&] {
      result_ = functions().C_OpenSession(opened_.token.slot, CKF_SERIAL_SESSION, nullptr, nullptr,
                                          &opened_.handle);
    });
    if (!result_) return false;
    if (result_ == CKR_OK) return true;
    record_session();
    Source source = record_.source(where);
    const std::string reason = where.method + " returned " + result_name(*result_);
    // A token that nobody initialised holds nothing.
    if ((opened_.token.flags & CKF_TOKEN_INITIALIZED) == 0)
      source.absent(reason + "; the token is not initialised");
    else
      source.unreadable(reason);
    return false;
  }

  // False if the token refused the PIN.
  bool consider_login(const Token* chosen) {
    const Token& token = opened_.token;
    if (const auto reason = reason_not_to_log_in(opened_.session.task, token, chosen)) {
      record_no_login(opened_.session, token, *reason);
      return true;
    }
    if (functions().C_Login == nullptr) {
      record_no_login(opened_.session, token, "the module has no C_Login");
      return true;
    }
    opened_.logged_in = log_in(opened_.session, opened_.module, token, opened_.handle);
    return opened_.logged_in;
  }

  void record_session() {
    std::optional<CK_SESSION_INFO> info;
    if (result_ == CKR_OK && functions().C_GetSessionInfo != nullptr)
      record_.step(opened_.step("C_GetSessionInfo"), place({"pkcs11_session"}, "C_GetSessionInfo"),
                   [&] {
                     CK_SESSION_INFO asked{};
                     if (functions().C_GetSessionInfo(opened_.handle, &asked) == CKR_OK)
                       info = asked;
                   });
    const Validity validity = result_ == CKR_OK ? ask_validity() : Validity{};
    record_.source(place({"pkcs11_session"}, "C_OpenSession"))
        .row("pkcs11_session", Basis::observed,
             {{"token", opened_.token.key},
              {"module", opened_.session.module()},
              {"slot", std::to_string(opened_.token.slot)},
              {"opened", std::int64_t{result_ == CKR_OK ? 1 : 0}},
              {"result", result_name(*result_)},
              {"state", info ? base::Value(state_name(info->state)) : nullptr},
              {"flags", info ? number(info->flags) : nullptr},
              {"device_error", info ? number(info->ulDeviceError) : nullptr},
              {"logged_in", std::int64_t{opened_.logged_in ? 1 : 0}},
              {"sees_private", std::int64_t{opened_.sees_private ? 1 : 0}},
              {"validation_flags", validity.flags ? number(*validity.flags) : nullptr},
              {"nss_fips_status", or_null(validity.nss_status)}});
  }

  // What the module says of the session's validity. Functions of one version only are asked for
  // where the module has them.
  struct Validity {
    std::optional<CK_FLAGS> flags;
    std::optional<std::string> nss_status;
  };

  Validity ask_validity() {
    Validity validity;
    const std::string interfaces = opened_.session.entry_point("GetInterfaceList");
    const auto module = drivers::pkcs11_module(opened_.module.functions,
                                               opened_.module.library.optional(interfaces.c_str()));
    if (module.version_3_2 != nullptr && module.version_3_2->C_GetSessionValidationFlags != nullptr)
      record_.step(opened_.step("C_GetSessionValidationFlags"),
                   place({"pkcs11_session"}, "C_GetSessionValidationFlags"), [&] {
                     CK_FLAGS flags = 0;
                     if (module.version_3_2->C_GetSessionValidationFlags(
                             opened_.handle, CKS_LAST_VALIDATION_OK, &flags) == CKR_OK)
                       validity.flags = flags;
                   });
    if (module.nss_fips != nullptr && module.nss_fips->NSC_NSSGetFIPSStatus != nullptr)
      record_.step(opened_.step("NSC_NSSGetFIPSStatus"),
                   place({"pkcs11_session"}, "NSC_NSSGetFIPSStatus"), [&] {
                     CK_ULONG status = 0;
                     if (module.nss_fips->NSC_NSSGetFIPSStatus(opened_.handle, CK_INVALID_HANDLE,
                                                               CKT_NSS_SESSION_LAST_CHECK,
                                                               &status) == CKR_OK)
                       validity.nss_status = nss_status_name(status);
                   });
    return validity;
  }

  void note_refused() {
    record_.source(place(pkcs11_object_tables(), "C_Login"))
        .unreadable("the token refused the login, so it was left alone");
  }

  void close() {
    const auto call = [&](const char* name, CK_RV (*function)(CK_SESSION_HANDLE)) {
      if (function == nullptr) return;
      const std::string step = opened_.step(name);
      record_.step(step, place({}, name), [&] {
        const CK_RV result = function(opened_.handle);
        if (result != CKR_OK) opened_.session.odd(step, "it returned " + result_name(result));
      });
    };
    if (opened_.logged_in && opened_.session.task.exercise_logged_in)
      log_out_on_trial(opened_);
    else if (opened_.logged_in)
      call("C_Logout", functions().C_Logout);
    call("C_CloseSession", functions().C_CloseSession);
  }

  TokenSession opened_;
  Recorder& record_;
  std::optional<CK_RV> result_;  // What C_OpenSession returned.
};

}  // namespace

void look_into(const Session& session, const Module& module, const std::vector<Token>& tokens) {
  const Token* chosen = token_to_log_in(tokens);
  for (const Token& token : tokens)
    if (&token != chosen) Visit(session, module, token).run(chosen);
  // Last, for what a crash behind the login leaves unread is not read again.
  if (chosen != nullptr) Visit(session, module, *chosen).run(chosen);
}

}  // namespace evidence::probes::pkcs11_child
