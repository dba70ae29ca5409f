#include "evidence/probes/pkcs11_child/conformance_check.h"

#include <cstring>

namespace evidence::probes::pkcs11_child {

using namespace drivers::cryptoki;
using drivers::result_name;

bool Trial::offers(CK_MECHANISM_TYPE type, CK_FLAGS flags) const {
  CK_MECHANISM_INFO info{};
  return call(functions().C_GetMechanismInfo, slot_, type, &info) == CKR_OK &&
         (info.flags & flags) == flags;
}

Finding expect(CK_RV result, std::initializer_list<CK_RV> allowed) {
  for (const CK_RV one : allowed)
    if (one == result) return {Finding::Outcome::held, result_name(result)};
  if (result == CKR_FUNCTION_NOT_SUPPORTED) not_applicable("the module does not have the function");
  if (result == CKR_USER_NOT_LOGGED_IN) not_applicable("the token asks for a login first");
  return {Finding::Outcome::violated, result_name(result)};
}

Finding expect_that(bool condition, const std::string& returned) {
  return {condition ? Finding::Outcome::held : Finding::Outcome::violated, returned};
}

void need(CK_RV result, const std::string& what) {
  if (result != CKR_OK) not_applicable(what + " returned " + result_name(result));
}

OpenSession::OpenSession(const Trial& trial, CK_FLAGS flags) : trial_(trial) {
  need(call(functions().C_OpenSession, trial.slot(), flags, nullptr, nullptr, &handle_),
       "C_OpenSession");
}

OpenSession::~OpenSession() {
  if (functions().C_CloseSession != nullptr) functions().C_CloseSession(handle_);
}

Template& Template::number(CK_ATTRIBUTE_TYPE type, CK_ULONG value) {
  std::string bytes(sizeof value, '\0');
  std::memcpy(bytes.data(), &value, sizeof value);
  return this->bytes(type, bytes);
}

Template& Template::flag(CK_ATTRIBUTE_TYPE type, bool value) {
  return bytes(type, std::string(1, value ? '\1' : '\0'));
}

Template& Template::bytes(CK_ATTRIBUTE_TYPE type, const std::string& value) {
  values_.emplace_back(type, value);
  return *this;
}

CK_ATTRIBUTE* Template::data() {
  attributes_.clear();
  for (auto& [type, value] : values_) attributes_.push_back({type, value.data(), value.size()});
  return attributes_.data();
}

Template session_object(CK_OBJECT_CLASS object_class) {
  Template attributes;
  attributes.number(CKA_CLASS, object_class).flag(CKA_TOKEN, false).flag(CKA_PRIVATE, false);
  return attributes;
}

CK_OBJECT_HANDLE create(const OpenSession& session, Template attributes) {
  CK_OBJECT_HANDLE object = 0;
  need(call(session.functions().C_CreateObject, session.handle(), attributes.data(),
            attributes.size(), &object),
       "C_CreateObject");
  return object;
}

CK_OBJECT_HANDLE data_object(const OpenSession& session, const std::string& label) {
  return create(session, session_object(CKO_DATA)
                             .bytes(CKA_LABEL, label)
                             .bytes(CKA_APPLICATION, "assay")
                             .bytes(CKA_VALUE, "value"));
}

namespace {

CK_OBJECT_HANDLE secret_key(const OpenSession& session, CK_MECHANISM_TYPE generation,
                            CK_KEY_TYPE type, CK_ULONG length, const Template& purpose) {
  CK_MECHANISM mechanism{generation, nullptr, 0};
  Template generated = purpose;
  generated.number(CKA_VALUE_LEN, length);
  CK_OBJECT_HANDLE key = 0;
  if (session.trial().offers(generation, CKF_GENERATE) &&
      call(session.functions().C_GenerateKey, session.handle(), &mechanism, generated.data(),
           generated.size(), &key) == CKR_OK)
    return key;
  Template made = purpose;
  made.number(CKA_KEY_TYPE, type).bytes(CKA_VALUE, std::string(length, '\x5a'));
  return create(session, made);
}

}  // namespace

CK_OBJECT_HANDLE aes_key(const OpenSession& session, bool may_encrypt) {
  Template purpose = session_object(CKO_SECRET_KEY);
  purpose.flag(CKA_ENCRYPT, may_encrypt).flag(CKA_DECRYPT, true);
  return secret_key(session, CKM_AES_KEY_GEN, CKK_AES, 16, purpose);
}

CK_OBJECT_HANDLE hmac_key(const OpenSession& session, bool may_sign) {
  Template purpose = session_object(CKO_SECRET_KEY);
  purpose.flag(CKA_SIGN, may_sign).flag(CKA_VERIFY, true);
  return secret_key(session, CKM_GENERIC_SECRET_KEY_GEN, CKK_GENERIC_SECRET, 32, purpose);
}

}  // namespace evidence::probes::pkcs11_child
