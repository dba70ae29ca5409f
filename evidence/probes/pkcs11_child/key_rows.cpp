#include "evidence/base/text.h"
#include "evidence/drivers/cryptoki_names.h"
#include "evidence/probes/pkcs11_child/object_rows.h"
#include "evidence/probes/pkcs11_uri.h"
#include "evidence/probes/public_key.h"

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;

const std::vector<CK_ATTRIBUTE_TYPE> kCommon = {
    CKA_KEY_TYPE,
    CKA_LABEL,
    CKA_ID,
    CKA_TOKEN,
    CKA_PRIVATE,
    CKA_MODIFIABLE,
    CKA_COPYABLE,
    CKA_DESTROYABLE,
    CKA_LOCAL,
    CKA_DERIVE,
    CKA_START_DATE,
    CKA_END_DATE,
    CKA_KEY_GEN_MECHANISM,
    CKA_ALLOWED_MECHANISMS,
    CKA_UNIQUE_ID,
    CKA_OBJECT_VALIDATION_FLAGS,
    CKA_PARAMETER_SET,
};
const std::vector<CK_ATTRIBUTE_TYPE> kSecretPolicy = {CKA_SENSITIVE, CKA_ALWAYS_SENSITIVE,
                                                      CKA_EXTRACTABLE, CKA_NEVER_EXTRACTABLE,
                                                      CKA_WRAP_WITH_TRUSTED};
const std::vector<CK_ATTRIBUTE_TYPE> kSecret = {CKA_ENCRYPT, CKA_DECRYPT,  CKA_SIGN,
                                                CKA_VERIFY,  CKA_WRAP,     CKA_UNWRAP,
                                                CKA_TRUSTED, CKA_VALUE_LEN};
const std::vector<CK_ATTRIBUTE_TYPE> kPrivate = {
    CKA_DECRYPT, CKA_SIGN, CKA_SIGN_RECOVER, CKA_UNWRAP, CKA_ALWAYS_AUTHENTICATE, CKA_DECAPSULATE};
// Of these the length is asked for.
const std::vector<CK_ATTRIBUTE_TYPE> kTemplates = {CKA_WRAP_TEMPLATE, CKA_UNWRAP_TEMPLATE,
                                                   CKA_DERIVE_TEMPLATE};
const std::vector<CK_ATTRIBUTE_TYPE> kPublic = {CKA_ENCRYPT, CKA_VERIFY,  CKA_VERIFY_RECOVER,
                                                CKA_WRAP,    CKA_TRUSTED, CKA_ENCAPSULATE};

void add(std::vector<CK_ATTRIBUTE_TYPE>& types, const std::vector<CK_ATTRIBUTE_TYPE>& more) {
  types.insert(types.end(), more.begin(), more.end());
}

bool is_curve_key(CK_KEY_TYPE type) {
  return type == CKK_EC || type == CKK_EC_EDWARDS || type == CKK_EC_MONTGOMERY;
}

// The attributes that tell the size of a key of this type: public values only.
std::vector<CK_ATTRIBUTE_TYPE> size_attributes(CK_OBJECT_CLASS object_class, CK_KEY_TYPE type) {
  if (object_class == CKO_SECRET_KEY) return {};
  const bool open = object_class == CKO_PUBLIC_KEY;
  if (type == CKK_RSA)
    return open ? std::vector{CKA_MODULUS, CKA_MODULUS_BITS, CKA_PUBLIC_EXPONENT}
                : std::vector{CKA_MODULUS, CKA_PUBLIC_EXPONENT};
  if (is_curve_key(type))
    return open ? std::vector{CKA_EC_PARAMS, CKA_EC_POINT} : std::vector{CKA_EC_PARAMS};
  if (type == CKK_DSA || type == CKK_DH || type == CKK_X9_42_DH) return {CKA_PRIME};
  return {};
}

// A text without the choice of names that CKP_… has for one number.
const char* parameter_set_name(CK_KEY_TYPE type, CK_ULONG set) {
  constexpr std::array kKem = {"ML-KEM-512", "ML-KEM-768", "ML-KEM-1024"};
  constexpr std::array kDsa = {"ML-DSA-44", "ML-DSA-65", "ML-DSA-87"};
  constexpr std::array kSlh = {"SLH-DSA-SHA2-128s",  "SLH-DSA-SHAKE-128s", "SLH-DSA-SHA2-128f",
                               "SLH-DSA-SHAKE-128f", "SLH-DSA-SHA2-192s",  "SLH-DSA-SHAKE-192s",
                               "SLH-DSA-SHA2-192f",  "SLH-DSA-SHAKE-192f", "SLH-DSA-SHA2-256s",
                               "SLH-DSA-SHAKE-256s", "SLH-DSA-SHA2-256f",  "SLH-DSA-SHAKE-256f"};
  if (set == 0) return nullptr;
  if (type == CKK_ML_KEM && set <= kKem.size()) return kKem.at(set - 1);
  if (type == CKK_ML_DSA && set <= kDsa.size()) return kDsa.at(set - 1);
  if (type == CKK_SLH_DSA && set <= kSlh.size()) return kSlh.at(set - 1);
  return nullptr;
}

// What tells of a key how strong it can be.
struct Size {
  base::Value bits = nullptr, curve = nullptr, parameter_set = nullptr, exponent = nullptr;
  base::Value public_value = nullptr;  ///< Hexadecimal digits of modulus or point.
};

// Bits of keys whose type fixes them, parity bits counted as PKCS #11 stores them.
std::optional<std::int64_t> fixed_bits(CK_KEY_TYPE type) {
  switch (type) {
    case CKK_DES:
      return 64;
    case CKK_DES2:
      return 128;
    case CKK_DES3:
      return 192;
    default:
      return std::nullopt;
  }
}

Size secret_size(CK_KEY_TYPE type, const Attributes& attributes) {
  Size size;
  if (const auto fixed = fixed_bits(type)) size.bits = *fixed;
  const auto bytes = attributes.ulong(CKA_VALUE_LEN);
  if (bytes && *bytes < (CK_ULONG{1} << 32U)) size.bits = static_cast<std::int64_t>(*bytes * 8);
  return size;
}

Size rsa_size(const Attributes& attributes) {
  Size size;
  const std::string_view modulus = without_zeros(attributes.bytes(CKA_MODULUS));
  if (!modulus.empty()) {
    size.bits = bits_of(modulus);
    size.public_value = base::hex(modulus);
  } else {
    size.bits = attributes.number(CKA_MODULUS_BITS);
  }
  const std::string_view exponent = without_zeros(attributes.bytes(CKA_PUBLIC_EXPONENT));
  if (!exponent.empty() && exponent.size() <= 32) size.exponent = base::hex(exponent);
  return size;
}

Size curve_size(const Attributes& attributes) {
  Size size;
  if (const auto curve = curve_of(attributes.bytes(CKA_EC_PARAMS)))
    size.curve = curve->name, size.bits = or_null(curve->bits);
  const std::string_view point = bare_point(attributes.bytes(CKA_EC_POINT));
  if (!point.empty()) size.public_value = base::hex(point);
  return size;
}

Size size_of(CK_OBJECT_CLASS object_class, CK_KEY_TYPE type, const Attributes& attributes) {
  if (object_class == CKO_SECRET_KEY) return secret_size(type, attributes);
  if (type == CKK_RSA) return rsa_size(attributes);
  if (is_curve_key(type)) return curve_size(attributes);
  Size size;
  if (attributes.told(CKA_PRIME) == Told::value) size.bits = bits_of(attributes.bytes(CKA_PRIME));
  if (const auto set = attributes.ulong(CKA_PARAMETER_SET)) {
    const char* name = parameter_set_name(type, *set);
    size.parameter_set = name == nullptr ? drivers::cryptoki_hex(*set) : std::string(name);
  }
  return size;
}

base::Value mechanism_of(const Attributes& attributes) {
  const auto type = attributes.ulong(CKA_KEY_GEN_MECHANISM);
  if (!type || *type == CK_UNAVAILABLE_INFORMATION) return nullptr;
  return drivers::mechanism_name(*type).value_or(drivers::cryptoki_hex(*type));
}

void record_mechanisms(const TokenSession& token, Source& source, const std::string& key,
                       std::int64_t position, const std::vector<CK_ULONG>& mechanisms) {
  for (const CK_ULONG type : mechanisms)
    source.row("pkcs11_key_mechanism", Basis::listed,
               {{"token", token.token.key},
                {"key", key},
                {"position", position},
                {"mechanism", drivers::cryptoki_hex(type)},
                {"name", or_null(drivers::mechanism_name(type))}});
}

// How many entries a template has, NULL if there is no telling; the entries are rows. `told` is
// what came of asking for its length.
base::Value record_template(const TokenSession& token, Source& source, const FoundObject& object,
                            const std::string& key, const char* name, CK_ATTRIBUTE_TYPE type,
                            Told told) {
  if (told == Told::empty) return std::int64_t{0};
  if (told != Told::value) return nullptr;
  const auto entries = read_template(token, object.handle, type);
  if (!entries) return nullptr;
  for (const TemplateEntry& entry : *entries)
    source.row("pkcs11_key_template", Basis::listed,
               {{"token", token.token.key},
                {"key", key},
                {"position", object.position},
                {"template", std::string(name)},
                {"attribute", drivers::attribute_name(entry.type)},
                {"value", entry.value}});
  return static_cast<std::int64_t>(entries->size());
}

const char* word_of(CK_OBJECT_CLASS object_class) {
  if (object_class == CKO_SECRET_KEY) return "secret-key";
  return object_class == CKO_PRIVATE_KEY ? "private" : "public";
}

std::vector<CK_ATTRIBUTE_TYPE> policy_attributes(CK_OBJECT_CLASS object_class) {
  std::vector<CK_ATTRIBUTE_TYPE> types = kCommon;
  if (object_class != CKO_PUBLIC_KEY) add(types, kSecretPolicy);
  if (object_class == CKO_SECRET_KEY) add(types, kSecret);
  if (object_class == CKO_PRIVATE_KEY) add(types, kPrivate);
  if (object_class == CKO_PUBLIC_KEY) add(types, kPublic);
  return types;
}

bool may(const Attributes& attributes, CK_ATTRIBUTE_TYPE usage) {
  return attributes.flag(usage) == base::Value(std::int64_t{1});
}

// What was asked for, where that holds all that is wanted; else asked for now and kept in `own`.
const Attributes& complete(const Attributes& asked, const TokenSession& token,
                           const FoundObject& object, const std::vector<CK_ATTRIBUTE_TYPE>& wanted,
                           std::optional<Attributes>& own) {
  if (asked.cover(wanted)) return asked;
  return own.emplace(token, object.handle, wanted);
}

}  // namespace

std::vector<CK_ATTRIBUTE_TYPE> record_key(const TokenSession& token, Source& source,
                                          const FoundObject& object, CK_OBJECT_CLASS object_class,
                                          const Attributes& asked) {
  const auto policy = policy_attributes(object_class);
  auto wanted = policy;
  add(wanted, kTemplates);
  std::optional<Attributes> own, own_size;
  const Attributes& a = complete(asked, token, object, wanted, own);
  const auto type = a.ulong(CKA_KEY_TYPE);
  const CK_KEY_TYPE key_type = type.value_or(CKK_VENDOR_DEFINED);
  const auto sizes = size_attributes(object_class, key_type);
  const Size size = size_of(object_class, key_type,
                            sizes.empty() ? a : complete(asked, token, object, sizes, own_size));
  const std::string key = object_uri(token, a, word_of(object_class));
  const auto allowed = a.ulongs(CKA_ALLOWED_MECHANISMS);
  if (allowed) record_mechanisms(token, source, key, object.position, *allowed);
  // A template is asked for where a usage makes it matter.
  const auto read = [&](CK_ATTRIBUTE_TYPE usage, const char* name, CK_ATTRIBUTE_TYPE which) {
    if (!may(a, usage)) return base::Value(nullptr);
    return record_template(token, source, object, key, name, which, a.told(which));
  };
  const base::Value wrap_template = read(CKA_WRAP, "wrap", CKA_WRAP_TEMPLATE);
  const base::Value unwrap_template = read(CKA_UNWRAP, "unwrap", CKA_UNWRAP_TEMPLATE);
  const base::Value derive_template = read(CKA_DERIVE, "derive", CKA_DERIVE_TEMPLATE);
  source.row("pkcs11_key", Basis::listed,
             {{"token", token.token.key},
              {"module", token.session.module()},
              {"slot", std::to_string(token.token.slot)},
              {"key", key},
              {"position", object.position},
              {"class", drivers::class_name(object_class)},
              {"key_type", type ? base::Value(drivers::key_type_name(*type)) : nullptr},
              {"size_bits", size.bits},
              {"curve", size.curve},
              {"parameter_set", size.parameter_set},
              {"public_exponent", size.exponent},
              {"public_value", size.public_value},
              {"label", a.text(CKA_LABEL)},
              {"id", a.hex(CKA_ID)},
              {"unique_id", a.text(CKA_UNIQUE_ID)},
              {"on_token", a.flag(CKA_TOKEN)},
              {"private", a.flag(CKA_PRIVATE)},
              {"modifiable", a.flag(CKA_MODIFIABLE)},
              {"copyable", a.flag(CKA_COPYABLE)},
              {"destroyable", a.flag(CKA_DESTROYABLE)},
              {"sensitive", a.flag(CKA_SENSITIVE)},
              {"always_sensitive", a.flag(CKA_ALWAYS_SENSITIVE)},
              {"extractable", a.flag(CKA_EXTRACTABLE)},
              {"never_extractable", a.flag(CKA_NEVER_EXTRACTABLE)},
              {"local", a.flag(CKA_LOCAL)},
              {"trusted", a.flag(CKA_TRUSTED)},
              {"wrap_with_trusted", a.flag(CKA_WRAP_WITH_TRUSTED)},
              {"always_authenticate", a.flag(CKA_ALWAYS_AUTHENTICATE)},
              {"encrypt", a.flag(CKA_ENCRYPT)},
              {"decrypt", a.flag(CKA_DECRYPT)},
              {"sign", a.flag(CKA_SIGN)},
              {"sign_recover", a.flag(CKA_SIGN_RECOVER)},
              {"verify", a.flag(CKA_VERIFY)},
              {"verify_recover", a.flag(CKA_VERIFY_RECOVER)},
              {"wrap", a.flag(CKA_WRAP)},
              {"unwrap", a.flag(CKA_UNWRAP)},
              {"derive", a.flag(CKA_DERIVE)},
              {"encapsulate", a.flag(CKA_ENCAPSULATE)},
              {"decapsulate", a.flag(CKA_DECAPSULATE)},
              {"start_date", a.date(CKA_START_DATE)},
              {"end_date", a.date(CKA_END_DATE)},
              {"key_gen_mechanism", mechanism_of(a)},
              {"allowed_mechanisms",
               allowed ? base::Value(static_cast<std::int64_t>(allowed->size())) : nullptr},
              {"wrap_template", wrap_template},
              {"unwrap_template", unwrap_template},
              {"derive_template", derive_template},
              {"validation_flags", a.number(CKA_OBJECT_VALIDATION_FLAGS)},
              {"untold", a.untold(policy)}});
  add(wanted, sizes);
  return wanted;
}

std::string object_uri(const TokenSession& token, const Attributes& attributes, const char* type) {
  std::string uri = token.token.key;
  if (const std::string& id = attributes.bytes(CKA_ID); !id.empty()) {
    uri += ";id=";
    for (const char byte : id.substr(0, 64)) uri += "%" + base::hex(std::string_view(&byte, 1));
  }
  const base::Value label = attributes.text(CKA_LABEL);
  if (const auto* text = std::get_if<std::string>(&label); text != nullptr && !text->empty())
    uri += ";object=" + percent_encoded(*text);
  return uri + ";type=" + type;
}

}  // namespace evidence::probes::pkcs11_child
