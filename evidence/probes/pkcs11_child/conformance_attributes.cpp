#include "evidence/probes/pkcs11_child/conformance_check.h"

// Reading and changing attributes (PKCS #11 3.2, clauses 4.1.2, 4.1.3 and 5.7). The one secret
// value that is asked for is of a key that was made for it and dies with its session.

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;

constexpr const char* kLabel = "assay trial";
constexpr CK_ULONG kLabelLength = 11;

CK_RV read(const OpenSession& session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE* attributes,
           CK_ULONG count) {
  return call(session.functions().C_GetAttributeValue, session.handle(), object, attributes, count);
}

std::string length_words(CK_RV result, CK_ULONG length) {
  return drivers::result_name(result) + " with length " +
         (length == CK_UNAVAILABLE_INFORMATION ? "CK_UNAVAILABLE_INFORMATION"
                                               : std::to_string(length));
}

Finding length_query(const Trial& trial) {
  const OpenSession session(trial);
  CK_ATTRIBUTE label{CKA_LABEL, nullptr, 0};
  const CK_RV result = read(session, data_object(session, kLabel), &label, 1);
  return expect_that(result == CKR_OK && label.ulValueLen == kLabelLength,
                     length_words(result, label.ulValueLen));
}

Finding too_small(const Trial& trial) {
  const OpenSession session(trial);
  std::array<char, 64> room{};
  CK_ATTRIBUTE label{CKA_LABEL, room.data(), kLabelLength - 1};
  const CK_RV result = read(session, data_object(session, kLabel), &label, 1);
  return expect_that(
      result == CKR_BUFFER_TOO_SMALL && label.ulValueLen == CK_UNAVAILABLE_INFORMATION,
      length_words(result, label.ulValueLen));
}

Finding too_small_untouched(const Trial& trial) {
  const OpenSession session(trial);
  std::array<char, 64> room{};
  CK_ATTRIBUTE label{CKA_LABEL, room.data(), kLabelLength - 1};
  const CK_RV result = read(session, data_object(session, kLabel), &label, 1);
  return expect_that(room[kLabelLength - 1] == '\0',
                     drivers::result_name(result) +
                         (room[kLabelLength - 1] == '\0' ? "" : " and a byte behind the buffer"));
}

Finding unknown_type(const Trial& trial) {
  const OpenSession session(trial);
  CK_ATTRIBUTE unknown{0x7ffffff0, nullptr, 0};
  const CK_RV result = read(session, data_object(session, kLabel), &unknown, 1);
  return expect_that(
      result == CKR_ATTRIBUTE_TYPE_INVALID && unknown.ulValueLen == CK_UNAVAILABLE_INFORMATION,
      length_words(result, unknown.ulValueLen));
}

Finding partial(const Trial& trial) {
  const OpenSession session(trial);
  std::array<char, 64> room{};
  std::array<CK_ATTRIBUTE, 2> both = {
      {{0x7ffffff0, nullptr, 0}, {CKA_LABEL, room.data(), room.size()}}};
  const CK_RV result = read(session, data_object(session, kLabel), both.data(), both.size());
  return expect_that(both[1].ulValueLen == kLabelLength && room[0] == 'a',
                     length_words(result, both[1].ulValueLen) + " for the one that is there");
}

Finding object_zero(const Trial& trial) {
  const OpenSession session(trial);
  CK_ATTRIBUTE label{CKA_LABEL, nullptr, 0};
  return expect(read(session, 0, &label, 1), {CKR_OBJECT_HANDLE_INVALID});
}

// A key whose value must stay where it is.
CK_OBJECT_HANDLE kept_key(const OpenSession& session) {
  CK_MECHANISM mechanism{CKM_AES_KEY_GEN, nullptr, 0};
  Template attributes = session_object(CKO_SECRET_KEY);
  attributes.number(CKA_VALUE_LEN, 16).flag(CKA_SENSITIVE, true).flag(CKA_EXTRACTABLE, false);
  CK_OBJECT_HANDLE key = 0;
  need(call(session.functions().C_GenerateKey, session.handle(), &mechanism, attributes.data(),
            attributes.size(), &key),
       "C_GenerateKey");
  return key;
}

Finding sensitive(const Trial& trial) {
  const OpenSession session(trial);
  std::array<char, 64> room{};
  CK_ATTRIBUTE value{CKA_VALUE, room.data(), room.size()};
  const CK_RV result = read(session, kept_key(session), &value, 1);
  const bool empty = room == std::array<char, 64>{};
  return expect_that(
      result == CKR_ATTRIBUTE_SENSITIVE && empty,
      length_words(result, value.ulValueLen) + (empty ? ", no value" : ", and bytes were given"));
}

Finding sensitive_length(const Trial& trial) {
  const OpenSession session(trial);
  CK_ATTRIBUTE value{CKA_VALUE, nullptr, 0};
  const CK_RV result = read(session, kept_key(session), &value, 1);
  return expect_that(
      result == CKR_ATTRIBUTE_SENSITIVE && value.ulValueLen == CK_UNAVAILABLE_INFORMATION,
      length_words(result, value.ulValueLen));
}

Finding change(const OpenSession& session, CK_OBJECT_HANDLE object, Template attributes,
               std::initializer_list<CK_RV> allowed) {
  return expect(call(session.functions().C_SetAttributeValue, session.handle(), object,
                     attributes.data(), attributes.size()),
                allowed);
}

Finding set_class(const Trial& trial) {
  const OpenSession session(trial);
  const auto object = data_object(session, kLabel);
  return change(session, object, Template().number(CKA_CLASS, CKO_CERTIFICATE),
                {CKR_ATTRIBUTE_READ_ONLY, CKR_ACTION_PROHIBITED, CKR_TEMPLATE_INCONSISTENT});
}

Finding set_label(const Trial& trial) {
  const OpenSession session(trial);
  const auto object =
      create(session, session_object(CKO_DATA).bytes(CKA_LABEL, kLabel).flag(CKA_MODIFIABLE, true));
  return change(session, object, Template().bytes(CKA_LABEL, "another"), {CKR_OK});
}

Finding set_not_sensitive(const Trial& trial) {
  const OpenSession session(trial);
  return change(session, kept_key(session), Template().flag(CKA_SENSITIVE, false),
                {CKR_ATTRIBUTE_READ_ONLY, CKR_ACTION_PROHIBITED, CKR_TEMPLATE_INCONSISTENT});
}

Finding set_extractable(const Trial& trial) {
  const OpenSession session(trial);
  return change(session, kept_key(session), Template().flag(CKA_EXTRACTABLE, true),
                {CKR_ATTRIBUTE_READ_ONLY, CKR_ACTION_PROHIBITED, CKR_TEMPLATE_INCONSISTENT});
}

Finding set_where_not_modifiable(const Trial& trial) {
  const OpenSession session(trial);
  const auto object = create(session, session_object(CKO_DATA).flag(CKA_MODIFIABLE, false));
  return change(session, object, Template().bytes(CKA_LABEL, "another"),
                {CKR_ACTION_PROHIBITED, CKR_ATTRIBUTE_READ_ONLY});
}

Finding copy_not_sensitive(const Trial& trial) {
  const OpenSession session(trial);
  CK_OBJECT_HANDLE made = 0;
  Template attributes = Template().flag(CKA_SENSITIVE, false);
  return expect(call(session.functions().C_CopyObject, session.handle(), kept_key(session),
                     attributes.data(), attributes.size(), &made),
                {CKR_ATTRIBUTE_READ_ONLY, CKR_TEMPLATE_INCONSISTENT, CKR_ACTION_PROHIBITED,
                 CKR_ATTRIBUTE_VALUE_INVALID});
}

constexpr std::array<Check, 14> kChecks = {{
    {"attribute-length-query", "CKR_OK and the length of the label", length_query},
    {"attribute-too-small", "CKR_BUFFER_TOO_SMALL and CK_UNAVAILABLE_INFORMATION as length",
     too_small},
    {"attribute-too-small-untouched", "no byte behind the buffer", too_small_untouched},
    {"attribute-unknown-type",
     "CKR_ATTRIBUTE_TYPE_INVALID and CK_UNAVAILABLE_INFORMATION as length", unknown_type},
    {"attribute-partial", "the attributes that are there, though another is not", partial},
    {"attribute-object-zero", "CKR_OBJECT_HANDLE_INVALID", object_zero},
    {"attribute-sensitive", "CKR_ATTRIBUTE_SENSITIVE and no value", sensitive},
    {"attribute-sensitive-length",
     "CKR_ATTRIBUTE_SENSITIVE and CK_UNAVAILABLE_INFORMATION as length", sensitive_length},
    {"set-class", "CKR_ATTRIBUTE_READ_ONLY", set_class},
    {"set-label", "CKR_OK", set_label},
    {"set-not-sensitive", "CKR_ATTRIBUTE_READ_ONLY", set_not_sensitive},
    {"set-extractable", "CKR_ATTRIBUTE_READ_ONLY", set_extractable},
    {"set-not-modifiable", "CKR_ACTION_PROHIBITED", set_where_not_modifiable},
    {"copy-not-sensitive", "an error: a copy must not be weaker", copy_not_sensitive},
}};

}  // namespace

std::span<const Check> attribute_checks() { return kChecks; }

}  // namespace evidence::probes::pkcs11_child
