#pragma once

#include <array>
#include <initializer_list>
#include <span>
#include <string>
#include <vector>

#include "evidence/base/error.h"
#include "evidence/drivers/cryptoki_mechanisms.h"
#include "evidence/drivers/cryptoki_names.h"
#include "evidence/probes/pkcs11_child/library.h"

namespace evidence::probes::pkcs11_child {

/// What a check found. A check that has no ground to stand on is not applicable, never held.
struct Finding {
  enum class Outcome { held, violated, not_applicable };
  Outcome outcome = Outcome::held;
  std::string returned;  ///< What the module did, or why nothing could be found out.
};

/// Ends a check that cannot be done with this module or token: it is not applicable, for `reason`.
[[noreturn]] inline void not_applicable(const std::string& reason) {
  throw base::Error(base::ErrorKind::environment, reason);
}

/// A module under trial and the slot whose token the checks use. Both must outlive its users.
class Trial {
 public:
  Trial(const Session& session, const Module& module, drivers::cryptoki::CK_SLOT_ID slot)
      : session_(session), module_(module), slot_(slot) {}

  const Session& session() const { return session_; }
  const Module& module() const { return module_; }
  const drivers::cryptoki::CK_FUNCTION_LIST& functions() const { return *module_.functions; }
  drivers::cryptoki::CK_SLOT_ID slot() const { return slot_; }

  /// True if the token lists the mechanism and says that it serves `flags`.
  bool offers(drivers::cryptoki::CK_MECHANISM_TYPE type, drivers::cryptoki::CK_FLAGS flags) const;

 private:
  const Session& session_;
  const Module& module_;
  drivers::cryptoki::CK_SLOT_ID slot_;
};

/// One expectation of the standard, tried out.
struct Check {
  const char* id;        ///< As rules name it; it never changes.
  const char* expected;  ///< What the standard asks for, in a few words.
  Finding (*perform)(const Trial& trial);
};

/// Calls a function of the module; a missing one ends the check.
template <class... Parameters, class... Arguments>
drivers::cryptoki::CK_RV call(drivers::cryptoki::CK_RV (*function)(Parameters...),
                              Arguments... arguments) {
  if (function == nullptr) not_applicable("the module does not have the function");
  return function(arguments...);
}

/// Held if `result` is one of `allowed`. A function that is not supported, or that wants a login
/// first, answers no question: then the check is not applicable.
Finding expect(drivers::cryptoki::CK_RV result,
               std::initializer_list<drivers::cryptoki::CK_RV> allowed);

/// Held if `condition` is; `returned` says what was seen.
Finding expect_that(bool condition, const std::string& returned);

/// Ends the check as not applicable unless `result` is CKR_OK, for `what` is only its way there.
void need(drivers::cryptoki::CK_RV result, const std::string& what);

/// A session of its own, closed at the end, with everything that was made in it.
class OpenSession {
 public:
  explicit OpenSession(const Trial& trial,
                       drivers::cryptoki::CK_FLAGS flags = drivers::cryptoki::CKF_SERIAL_SESSION);
  ~OpenSession();
  OpenSession(const OpenSession&) = delete;
  OpenSession& operator=(const OpenSession&) = delete;

  drivers::cryptoki::CK_SESSION_HANDLE handle() const { return handle_; }
  const drivers::cryptoki::CK_FUNCTION_LIST& functions() const { return trial_.functions(); }
  const Trial& trial() const { return trial_; }

 private:
  const Trial& trial_;
  drivers::cryptoki::CK_SESSION_HANDLE handle_ = 0;
};

/// Attributes for a template, with their values.
class Template {
 public:
  Template& number(drivers::cryptoki::CK_ATTRIBUTE_TYPE type, drivers::cryptoki::CK_ULONG value);
  Template& flag(drivers::cryptoki::CK_ATTRIBUTE_TYPE type, bool value);
  Template& bytes(drivers::cryptoki::CK_ATTRIBUTE_TYPE type, const std::string& value);

  drivers::cryptoki::CK_ATTRIBUTE* data();
  drivers::cryptoki::CK_ULONG size() const { return values_.size(); }

 private:
  std::vector<std::pair<drivers::cryptoki::CK_ATTRIBUTE_TYPE, std::string>> values_;
  std::vector<drivers::cryptoki::CK_ATTRIBUTE> attributes_;
};

/// The template of an object of a session that anybody may see: it dies with the session.
Template session_object(drivers::cryptoki::CK_OBJECT_CLASS object_class);

/// Makes an object of the session; ends the check if the token does not let us.
drivers::cryptoki::CK_OBJECT_HANDLE create(const OpenSession& session, Template attributes);

/// A data object of the session with this label.
drivers::cryptoki::CK_OBJECT_HANDLE data_object(const OpenSession& session,
                                                const std::string& label);

/// An AES key of the session for encryption and decryption, generated, or made of a fixed value
/// where the token does not generate; and a secret key for HMAC-SHA-256.
drivers::cryptoki::CK_OBJECT_HANDLE aes_key(const OpenSession& session, bool may_encrypt = true);
drivers::cryptoki::CK_OBJECT_HANDLE hmac_key(const OpenSession& session, bool may_sign = true);

/// Records what came of a check, of the library where `token` is "".
void record_finding(const Session& session, const std::string& token, const Check& check,
                    const Finding& finding);

/// The checks about the library as a whole, and those about a token.
std::span<const Check> library_checks();
std::span<const Check> lifetime_checks();
std::span<const Check> slot_checks();
std::span<const Check> interface_checks();
std::span<const Check> mechanism_checks();
std::span<const Check> session_checks();
std::span<const Check> object_checks();
std::span<const Check> attribute_checks();
std::span<const Check> find_checks();
std::span<const Check> digest_checks();
std::span<const Check> cipher_checks();
std::span<const Check> signature_checks();
std::span<const Check> key_checks();
std::span<const Check> process_checks();
std::span<const Check> logout_checks();

}  // namespace evidence::probes::pkcs11_child
