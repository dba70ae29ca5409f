#include "evidence/probes/pkcs11_child/conformance_check.h"

// Making and destroying objects, all of them objects of a session that are public (PKCS #11 3.2,
// clauses 4.1 and 5.7). No template here asks for an object that stays on the token.

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;

Finding refused(const OpenSession& session, Template attributes,
                std::initializer_list<CK_RV> allowed) {
  CK_OBJECT_HANDLE object = 0;
  return expect(call(session.functions().C_CreateObject, session.handle(), attributes.data(),
                     attributes.size(), &object),
                allowed);
}

// A token that makes no public objects of a session answers nothing about their templates.
void need_objects(const OpenSession& session) { data_object(session, "assay trial"); }

Finding no_class(const Trial& trial) {
  const OpenSession session(trial);
  need_objects(session);
  Template attributes;
  attributes.flag(CKA_TOKEN, false).flag(CKA_PRIVATE, false).bytes(CKA_LABEL, "assay");
  return refused(session, attributes, {CKR_TEMPLATE_INCOMPLETE});
}

Finding no_template(const Trial& trial) {
  const OpenSession session(trial);
  need_objects(session);
  return refused(session, {}, {CKR_TEMPLATE_INCOMPLETE, CKR_ARGUMENTS_BAD});
}

Finding null_handle(const Trial& trial) {
  const OpenSession session(trial);
  need_objects(session);
  Template attributes = session_object(CKO_DATA);
  attributes.bytes(CKA_LABEL, "assay");
  return expect(call(session.functions().C_CreateObject, session.handle(), attributes.data(),
                     attributes.size(), nullptr),
                {CKR_ARGUMENTS_BAD});
}

Finding null_template(const Trial& trial) {
  const OpenSession session(trial);
  need_objects(session);
  CK_OBJECT_HANDLE object = 0;
  return expect(call(session.functions().C_CreateObject, session.handle(), nullptr, 1UL, &object),
                {CKR_ARGUMENTS_BAD});
}

Finding unknown_attribute(const Trial& trial) {
  const OpenSession session(trial);
  need_objects(session);
  return refused(session, session_object(CKO_DATA).bytes(0x7ffffff0, "assay"),
                 {CKR_ATTRIBUTE_TYPE_INVALID});
}

Finding foreign_attribute(const Trial& trial) {
  const OpenSession session(trial);
  need_objects(session);
  return refused(session, session_object(CKO_DATA).bytes(CKA_MODULUS, "assay"),
                 {CKR_ATTRIBUTE_TYPE_INVALID, CKR_TEMPLATE_INCONSISTENT});
}

Finding class_of_one_byte(const Trial& trial) {
  const OpenSession session(trial);
  need_objects(session);
  Template attributes;
  attributes.bytes(CKA_CLASS, std::string(1, '\0')).flag(CKA_TOKEN, false);
  return refused(session, attributes,
                 {CKR_ATTRIBUTE_VALUE_INVALID, CKR_TEMPLATE_INCONSISTENT, CKR_TEMPLATE_INCOMPLETE});
}

Finding unknown_class(const Trial& trial) {
  const OpenSession session(trial);
  need_objects(session);
  return refused(session, session_object(0x7ffffff0),
                 {CKR_ATTRIBUTE_VALUE_INVALID, CKR_TEMPLATE_INCONSISTENT});
}

Finding two_values(const Trial& trial) {
  const OpenSession session(trial);
  need_objects(session);
  return refused(session,
                 session_object(CKO_DATA).bytes(CKA_LABEL, "one").bytes(CKA_LABEL, "another"),
                 {CKR_TEMPLATE_INCONSISTENT});
}

Finding key_without_type(const Trial& trial) {
  const OpenSession session(trial);
  aes_key(session);
  return refused(session, session_object(CKO_SECRET_KEY).bytes(CKA_VALUE, std::string(16, 'k')),
                 {CKR_TEMPLATE_INCOMPLETE});
}

Finding key_of_bad_length(const Trial& trial) {
  const OpenSession session(trial);
  aes_key(session);
  return refused(session,
                 session_object(CKO_SECRET_KEY)
                     .number(CKA_KEY_TYPE, CKK_AES)
                     .bytes(CKA_VALUE, std::string(17, 'k')),
                 {CKR_ATTRIBUTE_VALUE_INVALID, CKR_KEY_SIZE_RANGE, CKR_TEMPLATE_INCONSISTENT});
}

Finding read_only_attribute(const Trial& trial) {
  const OpenSession session(trial);
  aes_key(session);
  return refused(session,
                 session_object(CKO_SECRET_KEY)
                     .number(CKA_KEY_TYPE, CKK_AES)
                     .bytes(CKA_VALUE, std::string(16, 'k'))
                     .flag(CKA_LOCAL, true),
                 {CKR_ATTRIBUTE_READ_ONLY, CKR_TEMPLATE_INCONSISTENT, CKR_ATTRIBUTE_TYPE_INVALID,
                  CKR_ATTRIBUTE_VALUE_INVALID});
}

Finding destroy_zero(const Trial& trial) {
  const OpenSession session(trial);
  return expect(call(session.functions().C_DestroyObject, session.handle(), 0UL),
                {CKR_OBJECT_HANDLE_INVALID});
}

CK_RV label_of(const OpenSession& session, CK_OBJECT_HANDLE object) {
  std::array<char, 64> label{};
  CK_ATTRIBUTE attribute{CKA_LABEL, label.data(), label.size()};
  return call(session.functions().C_GetAttributeValue, session.handle(), object, &attribute, 1UL);
}

Finding destroyed(const Trial& trial) {
  const OpenSession session(trial);
  const CK_OBJECT_HANDLE object = data_object(session, "assay trial");
  need(call(session.functions().C_DestroyObject, session.handle(), object), "C_DestroyObject");
  return expect(label_of(session, object), {CKR_OBJECT_HANDLE_INVALID});
}

Finding dies_with_session(const Trial& trial) {
  const OpenSession other(trial);
  CK_OBJECT_HANDLE object = 0;
  {
    const OpenSession session(trial);
    object = data_object(session, "assay trial");
  }
  return expect(label_of(other, object), {CKR_OBJECT_HANDLE_INVALID});
}

Finding seen_by_others(const Trial& trial) {
  const OpenSession session(trial), other(trial);
  return expect(label_of(other, data_object(session, "assay trial")), {CKR_OK});
}

CK_RV copy(const OpenSession& session, CK_OBJECT_HANDLE object, Template attributes) {
  CK_OBJECT_HANDLE made = 0;
  return call(session.functions().C_CopyObject, session.handle(), object, attributes.data(),
              attributes.size(), &made);
}

Finding not_copyable(const Trial& trial) {
  const OpenSession session(trial);
  const auto object = create(session, session_object(CKO_DATA).flag(CKA_COPYABLE, false));
  return expect(copy(session, object, Template().bytes(CKA_LABEL, "copy")),
                {CKR_ACTION_PROHIBITED});
}

Finding not_destroyable(const Trial& trial) {
  const OpenSession session(trial);
  const auto object = create(session, session_object(CKO_DATA).flag(CKA_DESTROYABLE, false));
  return expect(call(session.functions().C_DestroyObject, session.handle(), object),
                {CKR_ACTION_PROHIBITED});
}

Finding size_of_zero(const Trial& trial) {
  const OpenSession session(trial);
  CK_ULONG size = 0;
  return expect(call(session.functions().C_GetObjectSize, session.handle(), 0UL, &size),
                {CKR_OBJECT_HANDLE_INVALID, CKR_INFORMATION_SENSITIVE});
}

constexpr std::array<Check, 19> kChecks = {{
    {"create-without-class", "CKR_TEMPLATE_INCOMPLETE", no_class},
    {"create-without-template", "CKR_TEMPLATE_INCOMPLETE or CKR_ARGUMENTS_BAD", no_template},
    {"create-null-handle", "CKR_ARGUMENTS_BAD", null_handle},
    {"create-null-template", "CKR_ARGUMENTS_BAD for NULL with a count of 1", null_template},
    {"create-unknown-attribute", "CKR_ATTRIBUTE_TYPE_INVALID", unknown_attribute},
    {"create-foreign-attribute", "an error: a data object has no modulus", foreign_attribute},
    {"create-class-of-one-byte", "an error: a class has eight bytes", class_of_one_byte},
    {"create-unknown-class", "CKR_ATTRIBUTE_VALUE_INVALID", unknown_class},
    {"create-two-values", "CKR_TEMPLATE_INCONSISTENT", two_values},
    {"create-key-without-type", "CKR_TEMPLATE_INCOMPLETE", key_without_type},
    {"create-key-of-bad-length", "an error: no AES key has 17 bytes", key_of_bad_length},
    {"create-read-only-attribute", "CKR_ATTRIBUTE_READ_ONLY for CKA_LOCAL", read_only_attribute},
    {"destroy-zero", "CKR_OBJECT_HANDLE_INVALID", destroy_zero},
    {"destroyed-object", "CKR_OBJECT_HANDLE_INVALID", destroyed},
    {"session-object-dies", "CKR_OBJECT_HANDLE_INVALID when its session is closed",
     dies_with_session},
    {"session-object-seen", "CKR_OK in another session of the program", seen_by_others},
    {"copy-not-copyable", "CKR_ACTION_PROHIBITED", not_copyable},
    {"destroy-not-destroyable", "CKR_ACTION_PROHIBITED", not_destroyable},
    {"object-size-zero", "CKR_OBJECT_HANDLE_INVALID", size_of_zero},
}};

}  // namespace

std::span<const Check> object_checks() { return kChecks; }

}  // namespace evidence::probes::pkcs11_child
