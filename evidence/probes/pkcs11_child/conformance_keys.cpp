#include <cstring>

#include "evidence/probes/pkcs11_child/conformance_check.h"

// Generation of keys of the session (PKCS #11 3.2, clauses 4.8 and 5.18), by AES.

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;

void need_generation(const Trial& trial) {
  if (!trial.offers(CKM_AES_KEY_GEN, CKF_GENERATE))
    not_applicable("the token does not list CKM_AES_KEY_GEN");
}

CK_RV generate(const OpenSession& session, CK_MECHANISM_TYPE type, Template attributes,
               CK_OBJECT_HANDLE& key) {
  CK_MECHANISM mechanism{type, nullptr, 0};
  return call(session.functions().C_GenerateKey, session.handle(), &mechanism, attributes.data(),
              attributes.size(), &key);
}

CK_OBJECT_HANDLE generated(const OpenSession& session) {
  need_generation(session.trial());
  CK_OBJECT_HANDLE key = 0;
  need(generate(session, CKM_AES_KEY_GEN,
                session_object(CKO_SECRET_KEY)
                    .number(CKA_VALUE_LEN, 16)
                    .flag(CKA_SENSITIVE, true)
                    .flag(CKA_EXTRACTABLE, false),
                key),
       "C_GenerateKey");
  return key;
}

Finding unknown_mechanism(const Trial& trial) {
  const OpenSession session(trial);
  need_generation(trial);
  CK_OBJECT_HANDLE key = 0;
  return expect(
      generate(session, 0x7ffffff0, session_object(CKO_SECRET_KEY).number(CKA_VALUE_LEN, 16), key),
      {CKR_MECHANISM_INVALID});
}

Finding without_length(const Trial& trial) {
  const OpenSession session(trial);
  generated(session);
  CK_OBJECT_HANDLE key = 0;
  return expect(generate(session, CKM_AES_KEY_GEN, session_object(CKO_SECRET_KEY), key),
                {CKR_TEMPLATE_INCOMPLETE});
}

Finding bad_length(const Trial& trial) {
  const OpenSession session(trial);
  generated(session);
  CK_OBJECT_HANDLE key = 0;
  return expect(generate(session, CKM_AES_KEY_GEN,
                         session_object(CKO_SECRET_KEY).number(CKA_VALUE_LEN, 17), key),
                {CKR_ATTRIBUTE_VALUE_INVALID, CKR_KEY_SIZE_RANGE, CKR_TEMPLATE_INCONSISTENT});
}

Finding other_class(const Trial& trial) {
  const OpenSession session(trial);
  generated(session);
  CK_OBJECT_HANDLE key = 0;
  return expect(generate(session, CKM_AES_KEY_GEN,
                         session_object(CKO_PUBLIC_KEY).number(CKA_VALUE_LEN, 16), key),
                {CKR_TEMPLATE_INCONSISTENT, CKR_ATTRIBUTE_VALUE_INVALID});
}

Finding flag_of(const OpenSession& session, CK_OBJECT_HANDLE key, CK_ATTRIBUTE_TYPE type,
                CK_BBOOL wanted) {
  CK_BBOOL value = 0xff;
  CK_ATTRIBUTE attribute{type, &value, sizeof value};
  need(call(session.functions().C_GetAttributeValue, session.handle(), key, &attribute, 1UL),
       "C_GetAttributeValue");
  return expect_that(value == wanted, value == CK_TRUE    ? "CK_TRUE"
                                      : value == CK_FALSE ? "CK_FALSE"
                                                          : "neither CK_TRUE nor CK_FALSE");
}

Finding is_local(const Trial& trial) {
  const OpenSession session(trial);
  return flag_of(session, generated(session), CKA_LOCAL, CK_TRUE);
}

Finding is_always_sensitive(const Trial& trial) {
  const OpenSession session(trial);
  return flag_of(session, generated(session), CKA_ALWAYS_SENSITIVE, CK_TRUE);
}

Finding is_never_extractable(const Trial& trial) {
  const OpenSession session(trial);
  return flag_of(session, generated(session), CKA_NEVER_EXTRACTABLE, CK_TRUE);
}

CK_OBJECT_HANDLE brought_in(const OpenSession& session) {
  return create(session, session_object(CKO_SECRET_KEY)
                             .number(CKA_KEY_TYPE, CKK_AES)
                             .bytes(CKA_VALUE, std::string(16, 'k'))
                             .flag(CKA_SENSITIVE, true)
                             .flag(CKA_EXTRACTABLE, false));
}

Finding brought_in_is_not_local(const Trial& trial) {
  const OpenSession session(trial);
  return flag_of(session, brought_in(session), CKA_LOCAL, CK_FALSE);
}

Finding brought_in_was_not_always_sensitive(const Trial& trial) {
  const OpenSession session(trial);
  return flag_of(session, brought_in(session), CKA_ALWAYS_SENSITIVE, CK_FALSE);
}

Finding brought_in_was_extractable(const Trial& trial) {
  const OpenSession session(trial);
  return flag_of(session, brought_in(session), CKA_NEVER_EXTRACTABLE, CK_FALSE);
}

Finding names_its_mechanism(const Trial& trial) {
  const OpenSession session(trial);
  CK_MECHANISM_TYPE type = 0;
  CK_ATTRIBUTE attribute{CKA_KEY_GEN_MECHANISM, &type, sizeof type};
  need(call(session.functions().C_GetAttributeValue, session.handle(), generated(session),
            &attribute, 1UL),
       "C_GetAttributeValue");
  return expect_that(type == CKM_AES_KEY_GEN, "mechanism " + drivers::cryptoki_hex(type));
}

constexpr std::array<Check, 11> kChecks = {{
    {"generate-unknown-mechanism", "CKR_MECHANISM_INVALID", unknown_mechanism},
    {"generate-without-length", "CKR_TEMPLATE_INCOMPLETE", without_length},
    {"generate-bad-length", "an error: no AES key has 17 bytes", bad_length},
    {"generate-other-class", "CKR_TEMPLATE_INCONSISTENT", other_class},
    {"generated-is-local", "CKA_LOCAL is CK_TRUE", is_local},
    {"generated-always-sensitive", "CKA_ALWAYS_SENSITIVE is CK_TRUE", is_always_sensitive},
    {"generated-never-extractable", "CKA_NEVER_EXTRACTABLE is CK_TRUE", is_never_extractable},
    {"generated-names-mechanism", "CKA_KEY_GEN_MECHANISM is CKM_AES_KEY_GEN", names_its_mechanism},
    {"created-not-local", "CKA_LOCAL is CK_FALSE", brought_in_is_not_local},
    {"created-not-always-sensitive", "CKA_ALWAYS_SENSITIVE is CK_FALSE",
     brought_in_was_not_always_sensitive},
    {"created-not-never-extractable", "CKA_NEVER_EXTRACTABLE is CK_FALSE",
     brought_in_was_extractable},
}};

}  // namespace

std::span<const Check> key_checks() { return kChecks; }

}  // namespace evidence::probes::pkcs11_child
