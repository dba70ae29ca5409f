#include "evidence/drivers/pkcs11_trial.h"

#include <algorithm>

#include "evidence/base/error.h"
#include "evidence/drivers/cryptoki_names.h"

namespace evidence::drivers {

using namespace cryptoki;

Pkcs11Trial::Pkcs11Trial(const Pkcs11Token& token, const TrialMaterial& material,
                         const Service& service)
    : token_(token), material_(material), service_(service), session_(token.session) {
  auto* open = token.module.functions->C_OpenSession;
  // A session that only reads cannot make token objects, whatever a module makes of a template. A
  // token that allows one session only gets along with the one that is open.
  own_session_ = open != nullptr &&
                 open(token.slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session_) == CKR_OK;
  if (!own_session_) session_ = token.session;
}

Pkcs11Trial::~Pkcs11Trial() {
  const CK_FUNCTION_LIST& functions = *token_.module.functions;
  if (functions.C_DestroyObject != nullptr)
    for (const CK_OBJECT_HANDLE object : objects_) functions.C_DestroyObject(session_, object);
  if (own_session_ && functions.C_CloseSession != nullptr) functions.C_CloseSession(session_);
}

const TestKey& Pkcs11Trial::test_key(const std::string& name) const {
  const auto found = material_.keys.find(name);
  if (found != material_.keys.end()) return found->second;
  throw base::Error(base::ErrorKind::input,
                    "catalogue.csv: " + service_.id + ": no test key is called \"" + name + "\"");
}

const std::string& Pkcs11Trial::digest(const std::string& hash) const {
  const auto found = material_.digests.find(hash);
  if (found != material_.digests.end()) return found->second;
  throw base::Error(base::ErrorKind::input,
                    "catalogue.csv: " + service_.id + ": no service tells the digest of " + hash);
}

CK_MECHANISM_TYPE Pkcs11Trial::choose(std::initializer_list<CK_MECHANISM_TYPE> candidates,
                                      CK_FLAGS functions) {
  const auto fits = [&](CK_MECHANISM_TYPE type) {
    const auto found = token_.mechanisms.find(type);
    return found != token_.mechanisms.end() && (found->second & functions) == functions;
  };
  const auto* chosen = std::find_if(candidates.begin(), candidates.end(), fits);
  if (chosen == candidates.end())
    chosen = std::find_if(candidates.begin(), candidates.end(),
                          [&](CK_MECHANISM_TYPE type) { return lists(type); });
  result_.mechanism = chosen == candidates.end() ? *candidates.begin() : *chosen;
  result_.functions = functions;
  return *result_.mechanism;
}

bool Pkcs11Trial::returned(const char* name, CK_RV result) {
  if (result == CKR_OK) return true;
  result_.attempt = attempt_of(result);
  result_.call = name;
  result_.returned = result;
  result_.reason = std::string(name) + " returned " + result_name(result);
  return false;
}

bool Pkcs11Trial::missing(const char* function) {
  result_.attempt = Attempt::unsupported;
  result_.call = function;
  result_.returned = CKR_FUNCTION_NOT_SUPPORTED;
  result_.reason = std::string("the module has no ") + function;
  return false;
}

bool Pkcs11Trial::unsupported(const std::string& why) {
  result_.attempt = Attempt::unsupported;
  result_.reason = why;
  return false;
}

bool Pkcs11Trial::correct(bool holds, const std::string& otherwise) {
  if (holds) return true;
  result_.attempt = Attempt::error;
  result_.reason = otherwise;
  result_.wrong = true;
  return false;
}

bool Pkcs11Trial::take(const char* name, const std::string& room, CK_ULONG size,
                       std::string& bytes) {
  const bool intact = room.find_first_not_of(kUntouched, kRoom) == std::string::npos;
  if (!correct(intact, std::string(name) + " wrote past the place that it was given") ||
      !correct(size <= kRoom, std::string(name) + " says that it gave more than there is room for"))
    return false;
  bytes = room.substr(0, size);
  return true;
}

void Pkcs11Trial::fail_as_first() {
  if (!first_failure_) return;
  const Pkcs11Result now = result_;
  result_ = *first_failure_;
  result_.mechanism = now.mechanism;
  result_.functions = now.functions;
}

CK_OBJECT_HANDLE Pkcs11Trial::own(CK_OBJECT_HANDLE object) {
  objects_.push_back(object);
  return object;
}

std::optional<std::string> Pkcs11Trial::attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) {
  auto* get = token_.module.functions->C_GetAttributeValue;
  if (get == nullptr) return std::nullopt;
  std::string room(kRoom, '\0');
  CK_ATTRIBUTE attribute{type, room.data(), room.size()};
  if (get(session_, object, &attribute, 1) != CKR_OK || attribute.ulValueLen > room.size())
    return std::nullopt;
  return room.substr(0, attribute.ulValueLen);
}

CryptokiTemplate Pkcs11Trial::session_object(CK_OBJECT_CLASS kind) const {
  CryptokiTemplate attributes;
  attributes.number(CKA_CLASS, kind).flag(CKA_TOKEN, false);
  // Objects that are private to a user can only be made by a user.
  if (kind != CKO_PUBLIC_KEY) attributes.flag(CKA_PRIVATE, token_.logged_in);
  return attributes;
}

void Pkcs11Trial::ask_indicator() {
  const Pkcs11Indication said = indication_of(token_.module, session_);
  result_.indicator = said.indicator;
  result_.indicator_kind = said.kind;
}

void Pkcs11Trial::key_origin(const std::string& origin) { result_.key_origin = origin; }

void Pkcs11Trial::remark(const std::string& words) {
  result_.remark += (result_.remark.empty() ? "" : "; ") + words;
}

Pkcs11Result Pkcs11Trial::finish(bool performed) {
  if (performed) result_.attempt = Attempt::performed;
  if (performed) result_.reason.clear();
  if (result_.indicator_kind.empty()) result_.indicator_kind = "none";
  if (!performed) result_.indicator = Indicator::none;
  // A module that knows nothing of a mechanism stumbles over its keys before.
  if (!performed && result_.attempt == Attempt::refused && result_.mechanism &&
      !lists(*result_.mechanism))
    result_.attempt = Attempt::unsupported;
  return result_;
}

}  // namespace evidence::drivers
