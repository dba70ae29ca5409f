#include "evidence/base/text.h"
#include "evidence/drivers/cryptoki_names.h"
#include "evidence/probes/pkcs11_child/object_rows.h"
#include "evidence/probes/x509.h"

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;
using drivers::cryptoki_hex;

// NSS, lib/util/pkcs11n.h: CKA_NSS_VALIDATION_MODULE_ID.
constexpr CK_ATTRIBUTE_TYPE kNssModuleId = 0xce534377;

template <std::size_t N>
base::Value name_of(const std::array<const char*, N>& names, std::optional<CK_ULONG> value) {
  if (!value) return nullptr;
  return *value < names.size() ? std::string(names.at(*value)) : cryptoki_hex(*value);
}

constexpr std::array kValidationTypes = {"unspecified", "software", "hardware", "firmware",
                                         "hybrid"};
constexpr std::array kAuthorities = {"unspecified", "NIST CMVP", "Common Criteria"};
constexpr std::array kProfiles = {
    "CKP_INVALID_ID",           "CKP_BASELINE_PROVIDER",         "CKP_EXTENDED_PROVIDER",
    "CKP_AUTHENTICATION_TOKEN", "CKP_PUBLIC_CERTIFICATES_TOKEN", "CKP_COMPLETE_PROVIDER",
    "CKP_HKDF_TLS_TOKEN"};
constexpr std::array kCategories = {"unspecified", "token user", "authority", "other entity"};
constexpr CK_ULONG kMonotonicCounter = 1, kClock = 2, kUserInterface = 3;

base::Value feature_name(std::optional<CK_ULONG> type) {
  if (!type) return nullptr;
  if (*type == kMonotonicCounter) return "monotonic counter";
  if (*type == kClock) return "clock";
  if (*type == kUserInterface) return "user interface";
  return cryptoki_hex(*type);
}

// "major.minor" of a CK_VERSION.
const std::vector<CK_ATTRIBUTE_TYPE> kCertificate = {
    CKA_CERTIFICATE_TYPE, CKA_CERTIFICATE_CATEGORY, CKA_LABEL,     CKA_ID,         CKA_TRUSTED,
    CKA_PRIVATE,          CKA_MODIFIABLE,           CKA_UNIQUE_ID, CKA_START_DATE, CKA_END_DATE};

base::Value version_value(const Attributes& attributes) {
  const std::string& bytes = attributes.bytes(CKA_VALIDATION_VERSION);
  if (bytes.size() != 2) return attributes.hex(CKA_VALIDATION_VERSION);
  const auto number = [](char byte) { return std::to_string(static_cast<unsigned char>(byte)); };
  return number(bytes[0]) + "." + number(bytes[1]);
}

}  // namespace

void record_certificate(const TokenSession& token, Source& source, const FoundObject& object) {
  const Attributes a(token, object.handle, kCertificate);
  const Attributes value(token, object.handle, {CKA_VALUE});
  const auto facts = read_certificate(value.bytes(CKA_VALUE));
  const auto fact = [&](auto member) {
    return facts ? base::Value((*facts).*member) : base::Value(nullptr);
  };
  const auto type = a.ulong(CKA_CERTIFICATE_TYPE);
  source.row(
      "pkcs11_certificate", Basis::listed,
      {{"token", token.token.key},
       {"module", token.session.module()},
       {"slot", std::to_string(token.token.slot)},
       {"certificate", object_uri(token, a, "cert")},
       {"position", object.position},
       {"certificate_type", type ? base::Value(drivers::certificate_type_name(*type)) : nullptr},
       {"category", name_of(kCategories, a.ulong(CKA_CERTIFICATE_CATEGORY))},
       {"label", a.text(CKA_LABEL)},
       {"id", a.hex(CKA_ID)},
       {"unique_id", a.text(CKA_UNIQUE_ID)},
       {"trusted", a.flag(CKA_TRUSTED)},
       {"private", a.flag(CKA_PRIVATE)},
       {"modifiable", a.flag(CKA_MODIFIABLE)},
       {"size", static_cast<std::int64_t>(value.bytes(CKA_VALUE).size())},
       {"subject", fact(&CertificateFacts::subject)},
       {"issuer", fact(&CertificateFacts::issuer)},
       {"serial", fact(&CertificateFacts::serial)},
       {"not_before", fact(&CertificateFacts::not_before)},
       {"not_after", fact(&CertificateFacts::not_after)},
       {"key_algorithm", facts ? base::Value(facts->key.algorithm) : nullptr},
       {"key_bits", facts ? or_null(facts->key.bits) : nullptr},
       {"key_curve", facts ? or_null(facts->key.curve) : nullptr},
       {"public_value", facts ? base::Value(base::hex(facts->key.value)) : nullptr},
       {"untold", a.untold(kCertificate)}});
}

void record_validation(const TokenSession& token, Source& source, const FoundObject& object,
                       CK_OBJECT_CLASS object_class) {
  const bool nss = object_class == kNssValidation;
  const auto module_id = nss ? kNssModuleId : CKA_VALIDATION_MODULE_ID;
  std::vector<CK_ATTRIBUTE_TYPE> types = {module_id};
  if (!nss)
    types = {module_id,
             CKA_VALIDATION_TYPE,
             CKA_VALIDATION_VERSION,
             CKA_VALIDATION_LEVEL,
             CKA_VALIDATION_FLAG,
             CKA_VALIDATION_AUTHORITY_TYPE,
             CKA_VALIDATION_COUNTRY,
             CKA_VALIDATION_CERTIFICATE_IDENTIFIER,
             CKA_VALIDATION_CERTIFICATE_URI,
             CKA_VALIDATION_VENDOR_URI,
             CKA_VALIDATION_PROFILE};
  const Attributes a(token, object.handle, types);
  source.row("pkcs11_validation", Basis::listed,
             {{"token", token.token.key},
              {"module", token.session.module()},
              {"slot", std::to_string(token.token.slot)},
              {"position", object.position},
              {"kind", std::string(nss ? "NSS" : "PKCS #11 3.2")},
              {"module_id", a.text(module_id)},
              {"validation_type", name_of(kValidationTypes, a.ulong(CKA_VALIDATION_TYPE))},
              {"version", version_value(a)},
              {"level", a.number(CKA_VALIDATION_LEVEL)},
              {"flag", a.number(CKA_VALIDATION_FLAG)},
              {"authority", name_of(kAuthorities, a.ulong(CKA_VALIDATION_AUTHORITY_TYPE))},
              {"country", a.text(CKA_VALIDATION_COUNTRY)},
              {"certificate", a.text(CKA_VALIDATION_CERTIFICATE_IDENTIFIER)},
              {"certificate_uri", a.text(CKA_VALIDATION_CERTIFICATE_URI)},
              {"vendor_uri", a.text(CKA_VALIDATION_VENDOR_URI)},
              {"profile", a.text(CKA_VALIDATION_PROFILE)},
              {"untold", a.untold(types)}});
}

void record_profile(const TokenSession& token, Source& source, const FoundObject& object) {
  const Attributes a(token, object.handle, {CKA_PROFILE_ID});
  source.row("pkcs11_profile", Basis::listed,
             {{"token", token.token.key},
              {"module", token.session.module()},
              {"slot", std::to_string(token.token.slot)},
              {"position", object.position},
              {"profile", name_of(kProfiles, a.ulong(CKA_PROFILE_ID))}});
}

void record_hardware_feature(const TokenSession& token, Source& source, const FoundObject& object) {
  const Attributes a(token, object.handle, {CKA_HW_FEATURE_TYPE, CKA_RESET_ON_INIT, CKA_HAS_RESET});
  source.row("pkcs11_hardware_feature", Basis::listed,
             {{"token", token.token.key},
              {"module", token.session.module()},
              {"slot", std::to_string(token.token.slot)},
              {"position", object.position},
              {"feature", feature_name(a.ulong(CKA_HW_FEATURE_TYPE))},
              {"reset_on_init", a.flag(CKA_RESET_ON_INIT)},
              {"has_reset", a.flag(CKA_HAS_RESET)}});
}

}  // namespace evidence::probes::pkcs11_child
