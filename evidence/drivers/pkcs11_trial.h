#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "evidence/drivers/cryptoki_template.h"
#include "evidence/drivers/pkcs11_module.h"
#include "evidence/drivers/service_parameters.h"

namespace evidence::drivers {

/// The result of one attempt on a token.
struct Pkcs11Result : ServiceResult {
  std::optional<cryptoki::CK_MECHANISM_TYPE> mechanism;  ///< The one that the service is about.
  cryptoki::CK_FLAGS functions = 0;  ///< What it was used for, as flags of C_GetMechanismInfo.
  std::string call;                  ///< The call that did not give what was asked for.
  cryptoki::CK_RV returned = 0;      ///< What that call returned.
  bool wrong = false;                ///< It was done, and the result is wrong.
  std::string key_origin;  ///< imported, unwrapped, generated; "" for a service without key
  std::string remark;      ///< How keys had to be encoded, what could not be compared.
};

/// What trials are made with: keys, and by the name of a hash function the digest of the message.
struct TrialMaterial {
  TestKeys keys;
  std::map<std::string, std::string> digests;
};

/// One service being tried on a token, in a session of its own. Every step goes through `call`,
/// `fill` or `correct`, which write down what became of it and say whether to go on. Objects are
/// session objects and are destroyed when the trial ends.
class Pkcs11Trial {
 public:
  /// What is given must outlive the trial.
  Pkcs11Trial(const Pkcs11Token& token, const TrialMaterial& material, const Service& service);
  Pkcs11Trial(const Pkcs11Trial&) = delete;
  Pkcs11Trial& operator=(const Pkcs11Trial&) = delete;
  ~Pkcs11Trial();

  const Service& service() const { return service_; }
  const Pkcs11Token& token() const { return token_; }
  /// A test key by its name. Throws Error(input) if there is none.
  const TestKey& test_key(const std::string& name) const;
  /// The digest of the message. Throws Error(input) if the catalogue does not tell it.
  const std::string& digest(const std::string& hash) const;
  std::string text(const std::string& key, const std::string& otherwise = {}) const {
    return service_text(service_, key, otherwise);
  }
  std::size_t number(const std::string& key, std::size_t otherwise) const {
    return service_number(service_, key, otherwise);
  }
  std::string bytes(const std::string& key) const { return service_bytes(service_, key); }

  /// Decides on the mechanism of the service: the first of `candidates` that the token lists for
  /// `functions`, else the first that it lists at all, else the first.
  cryptoki::CK_MECHANISM_TYPE choose(std::initializer_list<cryptoki::CK_MECHANISM_TYPE> candidates,
                                     cryptoki::CK_FLAGS functions);
  /// Does the token list the mechanism?
  bool lists(cryptoki::CK_MECHANISM_TYPE mechanism) const {
    return token_.mechanisms.contains(mechanism);
  }

  /// Calls a function of the module for the session of the trial. If it is not there or does not
  /// return CKR_OK, that is what becomes of the service.
  template <class List, class... Parameters, class... Arguments>
  bool call(const char* name,
            cryptoki::CK_RV (*List::*function)(cryptoki::CK_SESSION_HANDLE, Parameters...),
            Arguments... arguments) {
    const List* list = functions<List>();
    if (list == nullptr || list->*function == nullptr) return missing(name);
    return returned(name, (list->*function)(session_, arguments...));
  }

  /// The same for a function whose last parameters are a place for bytes and their number.
  template <class List, class... Parameters, class... Arguments>
  bool fill(std::string& bytes, const char* name,
            cryptoki::CK_RV (*List::*function)(cryptoki::CK_SESSION_HANDLE, Parameters...),
            Arguments... arguments) {
    std::string room(kRoom + kGuard, kUntouched);
    cryptoki::CK_ULONG size = kRoom;
    if (!call(name, function, arguments..., reinterpret_cast<cryptoki::CK_BYTE*>(room.data()),
              &size))
      return false;
    return take(name, room, size, bytes);
  }

  /// Is a result what it must be? If not, the module answered wrongly.
  bool correct(bool holds, const std::string& otherwise);
  /// The service cannot be asked for in this way.
  bool unsupported(const std::string& why);
  bool missing(const char* function);

  /// Tries something that may fail: if it does, what it left on record is taken back, and kept as
  /// the first failure.
  template <class Action>
  auto tentatively(Action action) {
    const Pkcs11Result before = result_;
    auto outcome = action();
    if (!outcome) {
      if (!first_failure_) first_failure_ = result_;
      result_ = before;
    }
    return outcome;
  }
  /// Puts the first failure of what was tried tentatively on record.
  void fail_as_first();
  /// What the call returned that failed first.
  cryptoki::CK_RV first_return() const { return first_failure_ ? first_failure_->returned : 0; }
  /// Forgets it: another way was found.
  void forget_failures() { first_failure_.reset(); }

  /// Takes charge of an object that the module made.
  cryptoki::CK_OBJECT_HANDLE own(cryptoki::CK_OBJECT_HANDLE object);
  /// The value of an attribute; nothing if the module does not tell it.
  std::optional<std::string> attribute(cryptoki::CK_OBJECT_HANDLE object,
                                       cryptoki::CK_ATTRIBUTE_TYPE type);
  /// Begins a template of a session object.
  CryptokiTemplate session_object(cryptoki::CK_OBJECT_CLASS kind) const;

  /// Asks the module what it says about the operation just done.
  void ask_indicator();
  void key_origin(const std::string& origin);
  const std::string& key_origin() const { return result_.key_origin; }
  void remark(const std::string& words);

  /// The end of the trial. `performed` says that all steps went well.
  Pkcs11Result finish(bool performed);

 private:
  static constexpr std::size_t kRoom = std::size_t{128} << 10U;
  static constexpr std::size_t kGuard = 256;
  static constexpr char kUntouched = '\x5a';

  template <class List>
  const List* functions() const {
    if constexpr (std::is_same_v<List, cryptoki::CK_FUNCTION_LIST_3_2>)
      return token_.module.version_3_2;
    else if constexpr (std::is_same_v<List, cryptoki::CK_FUNCTION_LIST_3_0>)
      return token_.module.version_3_0;
    else
      return token_.module.functions;
  }
  bool returned(const char* name, cryptoki::CK_RV result);
  bool take(const char* name, const std::string& room, cryptoki::CK_ULONG size, std::string& bytes);

  const Pkcs11Token& token_;
  const TrialMaterial& material_;
  const Service& service_;
  cryptoki::CK_SESSION_HANDLE session_;
  bool own_session_ = false;
  std::vector<cryptoki::CK_OBJECT_HANDLE> objects_;
  Pkcs11Result result_;
  std::optional<Pkcs11Result> first_failure_;
};

inline cryptoki::CK_BYTE* cryptoki_bytes(std::string& text) {
  return reinterpret_cast<cryptoki::CK_BYTE*>(text.data());
}

/// A mechanism with a parameter, which must outlive it.
template <class Parameter>
cryptoki::CK_MECHANISM mechanism_with(cryptoki::CK_MECHANISM_TYPE type, Parameter& parameter) {
  return {type, &parameter, sizeof parameter};
}
inline cryptoki::CK_MECHANISM mechanism_with_bytes(cryptoki::CK_MECHANISM_TYPE type,
                                                   std::string& parameter) {
  return {type, parameter.empty() ? nullptr : parameter.data(), parameter.size()};
}
inline cryptoki::CK_MECHANISM plain_mechanism(cryptoki::CK_MECHANISM_TYPE type) {
  return {type, nullptr, 0};
}

}  // namespace evidence::drivers
