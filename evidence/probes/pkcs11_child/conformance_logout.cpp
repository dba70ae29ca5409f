#include "evidence/probes/pkcs11_child/conformance_logout.h"

#include <optional>

#include "evidence/base/text.h"
#include "evidence/probes/pkcs11_child/conformance_check.h"
#include "evidence/probes/pkcs11_tables.h"

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;

// The checks of this file need a login, and the PIN is given once: where the inventory does not
// make them, nobody was logged in.
Finding without_login(const Trial& trial) {
  (void)trial;
  not_applicable("nobody was logged in");
}

constexpr Check kState = {"logout-state", "CKS_RO_PUBLIC_SESSION", without_login};
constexpr Check kSearch = {"logout-private-search", "no private object", without_login};
constexpr Check kHandle = {"logout-private-handle", "CKR_OBJECT_HANDLE_INVALID", without_login};
constexpr Check kTwice = {"logout-twice", "CKR_USER_NOT_LOGGED_IN", without_login};
constexpr std::array<Check, 4> kChecks = {kState, kSearch, kHandle, kTwice};

class Logout {
 public:
  explicit Logout(const TokenSession& token) : token_(token) {}

  void run() {
    in_step(kLogoutStep, [&] { object_ = private_object(); });
    in_step(token_.step("C_Logout"), [&] { result_ = call(functions().C_Logout, token_.handle); });
    if (result_ && *result_ != CKR_OK)
      token_.session.odd(token_.step("C_Logout"), "it returned " + drivers::result_name(*result_));
    check(kState, [&] { return state(); });
    check(kSearch, [&] { return search(); });
    check(kHandle, [&] { return handle(); });
    check(kTwice, [&] {
      return expect(call(functions().C_Logout, token_.handle), {CKR_USER_NOT_LOGGED_IN});
    });
  }

 private:
  const CK_FUNCTION_LIST& functions() const { return *token_.module.functions; }

  template <class Body>
  void in_step(const std::string& step, const Body& body) const {
    token_.session.record.step(step, token_.session.call({}, token_.session.module(), step), [&] {
      try {
        body();
      } catch (const base::Error&) {
        // What could not be had is missing; the checks say so.
      }
    });
  }

  template <class Body>
  void check(const Check& check, const Body& body) const {
    Finding finding{Finding::Outcome::not_applicable, "it did not log out"};
    const std::string step = "conformance " + std::string(check.id);
    token_.session.record.step(step, token_.session.call({}, token_.session.module(), step), [&] {
      if (result_ != CKR_OK) return;
      try {
        finding = body();
      } catch (const base::Error& error) {
        finding = {Finding::Outcome::not_applicable, error.what()};
      }
    });
    record_finding(token_.session, token_.token.key, check, finding);
  }

  /// The first private object that can be found; none if there is none.
  std::optional<CK_OBJECT_HANDLE> private_object() const {
    Template wanted = Template().flag(CKA_PRIVATE, true);
    need(call(functions().C_FindObjectsInit, token_.handle, wanted.data(), wanted.size()),
         "C_FindObjectsInit");
    CK_OBJECT_HANDLE object = 0;
    CK_ULONG count = 0;
    const CK_RV found = call(functions().C_FindObjects, token_.handle, &object, 1UL, &count);
    need(call(functions().C_FindObjectsFinal, token_.handle), "C_FindObjectsFinal");
    need(found, "C_FindObjects");
    return count == 0 ? std::nullopt : std::optional(object);
  }

  Finding state() const {
    CK_SESSION_INFO info{};
    need(call(functions().C_GetSessionInfo, token_.handle, &info), "C_GetSessionInfo");
    return expect_that(info.state == CKS_RO_PUBLIC_SESSION, "state " + std::to_string(info.state));
  }

  void need_object() const {
    if (!object_) not_applicable("no private object was seen before");
  }

  Finding search() const {
    need_object();
    const bool found = private_object().has_value();
    return expect_that(!found, found ? "a private object was found" : "none was found");
  }

  Finding handle() const {
    need_object();
    CK_OBJECT_CLASS object_class = 0;
    CK_ATTRIBUTE asked = {CKA_CLASS, &object_class, sizeof object_class};
    return expect(call(functions().C_GetAttributeValue, token_.handle, *object_, &asked, 1UL),
                  {CKR_OBJECT_HANDLE_INVALID});
  }

  const TokenSession& token_;
  std::optional<CK_OBJECT_HANDLE> object_;
  std::optional<CK_RV> result_;  // What C_Logout returned.
};

}  // namespace

std::span<const Check> logout_checks() { return kChecks; }

void log_out_on_trial(const TokenSession& token) { Logout(token).run(); }

}  // namespace evidence::probes::pkcs11_child
