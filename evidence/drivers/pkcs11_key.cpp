#include "evidence/drivers/pkcs11_key.h"

#include <algorithm>
#include <array>

#include "evidence/base/text.h"

namespace evidence::drivers {
namespace {

using namespace cryptoki;

/// A parameter set of a post-quantum algorithm.
struct ParameterSet {
  std::string_view name;
  CK_KEY_TYPE type;
  CK_MECHANISM_TYPE generation;
  CK_ULONG set;
};
constexpr std::array kParameterSets = {
    ParameterSet{"ML-KEM-512", CKK_ML_KEM, CKM_ML_KEM_KEY_PAIR_GEN, CKP_ML_KEM_512},
    ParameterSet{"ML-KEM-768", CKK_ML_KEM, CKM_ML_KEM_KEY_PAIR_GEN, CKP_ML_KEM_768},
    ParameterSet{"ML-KEM-1024", CKK_ML_KEM, CKM_ML_KEM_KEY_PAIR_GEN, CKP_ML_KEM_1024},
    ParameterSet{"ML-DSA-44", CKK_ML_DSA, CKM_ML_DSA_KEY_PAIR_GEN, CKP_ML_DSA_44},
    ParameterSet{"ML-DSA-65", CKK_ML_DSA, CKM_ML_DSA_KEY_PAIR_GEN, CKP_ML_DSA_65},
    ParameterSet{"ML-DSA-87", CKK_ML_DSA, CKM_ML_DSA_KEY_PAIR_GEN, CKP_ML_DSA_87},
    ParameterSet{"SLH-DSA-SHA2-128f", CKK_SLH_DSA, CKM_SLH_DSA_KEY_PAIR_GEN, CKP_SLH_DSA_SHA2_128F},
    ParameterSet{"SLH-DSA-SHAKE-128f", CKK_SLH_DSA, CKM_SLH_DSA_KEY_PAIR_GEN,
                 CKP_SLH_DSA_SHAKE_128F},
    // RFC 8391, 5.3: XMSS-SHA2_10_256.
    ParameterSet{"XMSS-SHA2-10-256", CKK_XMSS, CKM_XMSS_KEY_PAIR_GEN, 0x1},
};
// RFC 8554, tables 1 and 2: LMS_SHA256_M32_H5, LMOTS_SHA256_N32_W8.
constexpr CK_ULONG kLmsHeight5 = 5, kLmotsWidth8 = 4;

// RFC 7919, appendix A.1: the prime of ffdhe2048. Its generator is 2.
constexpr std::string_view kFfdhe2048 =
    "ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695a9e13641146433fbcc939dce"
    "249b3ef97d2fe363630c75d8f681b202aec4617ad3df1ed5d5fd65612433f51f5f066ed0856365553ded1af3"
    "b557135e7f57c935984f0c70e0e68b77e2a689daf3efe8721df158a136ade73530acca4f483a797abc0ab182"
    "b324fb61d108a94bb2c8e3fbb96adab760d7f4681d4f42a3de394df4ae56ede76372bb190b07a7c8ee0a6d70"
    "9e02fce1cdf7e2ecc03404cd28342f619172fe9ce98583ff8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc"
    "2ec22005c58ef1837d1683b2c6f34a26c1b2effa886b423861285c97ffffffffffffffff";

const ParameterSet* parameter_set(std::string_view name) {
  for (const ParameterSet& set : kParameterSets)
    if (set.name == name) return &set;
  return nullptr;
}

std::optional<CK_OBJECT_HANDLE> create(Pkcs11Trial& trial, CryptokiTemplate& attributes) {
  CK_OBJECT_HANDLE object = CK_INVALID_HANDLE;
  if (!trial.call("C_CreateObject", &CK_FUNCTION_LIST::C_CreateObject, attributes.data(),
                  attributes.size(), &object))
    return std::nullopt;
  return trial.own(object);
}

/// Of a sensitive key only sensitive ones are derived, and results could not be compared.
bool is_base(const Usage& usage) { return usage == Usage{CKA_DERIVE}; }

Usage sealed(Usage usage) {
  usage.push_back(CKA_SENSITIVE);
  return usage;
}

CryptokiTemplate secret_template(const Pkcs11Trial& trial, const SecretKind& kind,
                                 const Usage& usage) {
  CryptokiTemplate attributes = trial.session_object(CKO_SECRET_KEY);
  attributes.number(CKA_KEY_TYPE, kind.type).flags(usage);
  if (is_base(usage))
    attributes.flag(CKA_SENSITIVE, false);
  else if (std::find(usage.begin(), usage.end(), CKA_SENSITIVE) == usage.end())
    attributes.flag(CKA_SENSITIVE, true);
  return attributes;
}

std::optional<CK_OBJECT_HANDLE> import_secret(Pkcs11Trial& trial, const SecretKind& kind,
                                              const std::string& value, const Usage& usage) {
  CryptokiTemplate attributes = secret_template(trial, kind, usage);
  attributes.bytes(CKA_VALUE, value);
  return create(trial, attributes);
}

/// Brings a value in encrypted: with a key that the token makes, encrypts with, and unwraps with.
std::optional<CK_OBJECT_HANDLE> unwrap_secret(Pkcs11Trial& trial, const SecretKind& kind,
                                              std::string value, const Usage& usage) {
  const auto wrapping = generate_secret(trial, kAesKey, 32, {CKA_ENCRYPT, CKA_UNWRAP});
  if (!wrapping) return std::nullopt;
  std::string iv = counting_bytes(16), wrapped;
  CK_MECHANISM mechanism = mechanism_with_bytes(CKM_AES_CBC_PAD, iv);
  CryptokiTemplate attributes = secret_template(trial, kind, usage);
  CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
  if (!trial.call("C_EncryptInit", &CK_FUNCTION_LIST::C_EncryptInit, &mechanism, *wrapping) ||
      !trial.fill(wrapped, "C_Encrypt", &CK_FUNCTION_LIST::C_Encrypt, cryptoki_bytes(value),
                  CK_ULONG{value.size()}) ||
      !trial.call("C_UnwrapKey", &CK_FUNCTION_LIST::C_UnwrapKey, &mechanism, *wrapping,
                  cryptoki_bytes(wrapped), CK_ULONG{wrapped.size()}, attributes.data(),
                  attributes.size(), &key))
    return std::nullopt;
  return trial.own(key);
}

void add_domain(CryptokiTemplate& attributes, const TestKey& key) {
  const std::string prime = base::from_hex(kFfdhe2048).value_or("");
  const bool named = key.group == "ffdhe2048";
  const auto part = [&](const char* name) {
    const auto found = key.parts.find(name);
    return found == key.parts.end() ? std::string() : found->second;
  };
  attributes.bytes(CKA_PRIME, named ? prime : part("p"));
  if (key.algorithm == "DSA") attributes.bytes(CKA_SUBPRIME, part("q"));
  attributes.bytes(CKA_BASE, named ? std::string("\2") : part("g"));
}

CK_KEY_TYPE key_type_of(const TestKey& key) {
  if (key.algorithm == "RSA") return CKK_RSA;
  if (key.algorithm == "DSA") return CKK_DSA;
  if (key.algorithm == "DH") return CKK_DH;
  const Pkcs11Curve* curve = pkcs11_curve(key.group.empty() ? key.algorithm : key.group);
  return curve == nullptr ? CKK_EC : curve->type;
}

/// The encodings worth trying for a key: one, unless it lies on a curve with several.
std::vector<CurveEncoding> encodings_of(const TestKey& key) {
  const Pkcs11Curve* curve = pkcs11_curve(key.group.empty() ? key.algorithm : key.group);
  return curve == nullptr ? std::vector<CurveEncoding>{{"", true, ""}}
                          : drivers::encodings_of(*curve);
}

void add_public(CryptokiTemplate& attributes, const TestKey& key, const CurveEncoding& encoding) {
  if (key.algorithm == "RSA") {
    attributes.bytes(CKA_MODULUS, key.parts.at("n")).bytes(CKA_PUBLIC_EXPONENT, key.parts.at("e"));
  } else if (key.algorithm == "DSA" || key.algorithm == "DH") {
    add_domain(attributes, key);
    attributes.bytes(CKA_VALUE, key.parts.at("pub"));
  } else {
    const std::string& point = key.parts.at("pub");
    attributes.bytes(CKA_EC_PARAMS, encoding.parameters)
        .bytes(CKA_EC_POINT, encoding.wrapped_point ? der_octet_string(point) : point);
  }
}

void add_private(CryptokiTemplate& attributes, const TestKey& key, const CurveEncoding& encoding) {
  constexpr std::array<std::pair<CK_ATTRIBUTE_TYPE, const char*>, 8> kRsa = {
      {{CKA_MODULUS, "n"},
       {CKA_PUBLIC_EXPONENT, "e"},
       {CKA_PRIVATE_EXPONENT, "d"},
       {CKA_PRIME_1, "p"},
       {CKA_PRIME_2, "q"},
       {CKA_EXPONENT_1, "dp"},
       {CKA_EXPONENT_2, "dq"},
       {CKA_COEFFICIENT, "qinv"}}};
  if (key.algorithm == "RSA") {
    for (const auto& [type, part] : kRsa) attributes.bytes(type, key.parts.at(part));
    return;
  }
  if (key.algorithm == "DSA" || key.algorithm == "DH")
    add_domain(attributes, key);
  else
    attributes.bytes(CKA_EC_PARAMS, encoding.parameters);
  attributes.bytes(CKA_VALUE, key.parts.at("priv"));
}

std::optional<CK_OBJECT_HANDLE> import_public(Pkcs11Trial& trial, const TestKey& key,
                                              const CurveEncoding& encoding, const Usage& usage) {
  CryptokiTemplate attributes = trial.session_object(CKO_PUBLIC_KEY);
  attributes.number(CKA_KEY_TYPE, key_type_of(key)).flags(usage);
  add_public(attributes, key, encoding);
  return create(trial, attributes);
}

std::optional<KeyPair> import_pair(Pkcs11Trial& trial, const TestKey& key,
                                   const CurveEncoding& encoding, const PairUsage& usage) {
  CryptokiTemplate attributes = trial.session_object(CKO_PRIVATE_KEY);
  attributes.number(CKA_KEY_TYPE, key_type_of(key)).flags(usage.private_key);
  attributes.flag(CKA_SENSITIVE, true);
  add_private(attributes, key, encoding);
  const auto private_key = create(trial, attributes);
  if (!private_key) return std::nullopt;
  const auto public_half = import_public(trial, key, encoding, usage.public_key);
  if (!public_half) return std::nullopt;
  return KeyPair{*public_half, *private_key};
}

std::size_t size_of(const TestKey& key) {
  const auto modulus = key.parts.find("n");
  return modulus == key.parts.end() ? 0 : modulus->second.size() * 8;
}

std::string big_endian(std::size_t number) {
  std::string bytes;
  for (; number != 0; number >>= 8U) bytes.insert(bytes.begin(), static_cast<char>(number & 0xffU));
  return bytes;
}

/// What a kind of pair needs in the template of its public half; `parameters` for a curve.
void add_wanted(CryptokiTemplate& attributes, const Pkcs11Trial& trial, const PairWanted& wanted,
                const std::string& parameters) {
  if (wanted.algorithm == "RSA") {
    attributes.number(CKA_MODULUS_BITS, wanted.bits)
        .bytes(CKA_PUBLIC_EXPONENT, big_endian(wanted.exponent));
  } else if (wanted.algorithm == "HSS") {
    attributes.number(CKA_HSS_LEVELS, 1);
    attributes.bytes(CKA_HSS_LMS_TYPES, {reinterpret_cast<const char*>(&kLmsHeight5), 8});
    attributes.bytes(CKA_HSS_LMOTS_TYPES, {reinterpret_cast<const char*>(&kLmotsWidth8), 8});
  } else if (const ParameterSet* set = parameter_set(wanted.algorithm)) {
    attributes.number(CKA_PARAMETER_SET, set->set);
  } else if (!parameters.empty()) {
    attributes.bytes(CKA_EC_PARAMS, parameters);
  } else {
    TestKey domain{"", wanted.algorithm, wanted.group, {}};
    add_domain(attributes, wanted.domain.empty() ? domain : trial.test_key(wanted.domain));
  }
}

CK_KEY_TYPE type_wanted(const PairWanted& wanted) {
  if (wanted.algorithm == "HSS") return CKK_HSS;
  if (const ParameterSet* set = parameter_set(wanted.algorithm)) return set->type;
  return key_type_of({"", wanted.algorithm, wanted.group, {}});
}

std::optional<KeyPair> generate(Pkcs11Trial& trial, const PairWanted& wanted,
                                const PairUsage& usage, CK_MECHANISM_TYPE type,
                                const std::string& parameters) {
  CryptokiTemplate publics = trial.session_object(CKO_PUBLIC_KEY);
  CryptokiTemplate privates = trial.session_object(CKO_PRIVATE_KEY);
  publics.number(CKA_KEY_TYPE, type_wanted(wanted)).flags(usage.public_key);
  privates.number(CKA_KEY_TYPE, type_wanted(wanted)).flags(usage.private_key);
  privates.flag(CKA_SENSITIVE, true);
  add_wanted(publics, trial, wanted, parameters);
  CK_MECHANISM mechanism = plain_mechanism(type);
  KeyPair pair;
  if (!trial.call("C_GenerateKeyPair", &CK_FUNCTION_LIST::C_GenerateKeyPair, &mechanism,
                  publics.data(), publics.size(), privates.data(), privates.size(),
                  &pair.public_key, &pair.private_key))
    return std::nullopt;
  trial.own(pair.public_key);
  trial.own(pair.private_key);
  return pair;
}

}  // namespace

bool is_known(const Pkcs11Trial& trial) { return trial.key_origin() != "generated"; }

std::optional<CK_OBJECT_HANDLE> generate_secret(Pkcs11Trial& trial, const SecretKind& kind,
                                                std::size_t length, const Usage& usage) {
  CryptokiTemplate attributes = secret_template(trial, kind, usage);
  if (kind.has_length) attributes.number(CKA_VALUE_LEN, length);
  CK_MECHANISM mechanism = plain_mechanism(kind.generation);
  CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
  if (!trial.call("C_GenerateKey", &CK_FUNCTION_LIST::C_GenerateKey, &mechanism, attributes.data(),
                  attributes.size(), &key))
    return std::nullopt;
  return trial.own(key);
}

std::optional<CK_OBJECT_HANDLE> secret_key(Pkcs11Trial& trial, const SecretKind& kind,
                                           const std::string& value, const Usage& usage) {
  const auto done = [&](const std::optional<CK_OBJECT_HANDLE>& key, const char* origin) {
    if (key) trial.key_origin(origin);
    if (key) trial.forget_failures();
    return key;
  };
  if (const auto key = trial.tentatively([&] { return import_secret(trial, kind, value, usage); }))
    return done(key, "imported");
  if (const auto key = trial.tentatively([&] { return unwrap_secret(trial, kind, value, usage); }))
    return done(key, "unwrapped");
  if (const auto key =
          trial.tentatively([&] { return generate_secret(trial, kind, value.size(), usage); }))
    return done(key, "generated");
  // A module may make no secret that is not sensitive.
  if (is_base(usage))
    if (const auto key = trial.tentatively(
            [&] { return generate_secret(trial, kind, value.size(), sealed(usage)); }))
      return done(key, "generated");
  trial.fail_as_first();
  return std::nullopt;
}

std::optional<KeyPair> key_pair(Pkcs11Trial& trial, const std::string& name,
                                const PairUsage& usage) {
  const TestKey& key = trial.test_key(name);
  const auto done = [&](const std::optional<KeyPair>& pair, const char* origin) {
    trial.key_origin(origin);
    trial.forget_failures();
    return pair;
  };
  for (const CurveEncoding& encoding : encodings_of(key))
    if (const auto pair =
            trial.tentatively([&] { return import_pair(trial, key, encoding, usage); })) {
      if (!encoding.words.empty()) trial.remark(encoding.words);
      return done(pair, "imported");
    }
  const PairWanted wanted{key.algorithm, key.group, size_of(key), 65537,
                          key.algorithm == "DSA" || key.algorithm == "DH" ? name : ""};
  if (const auto pair = trial.tentatively([&] { return generate_pair(trial, wanted, usage); }))
    return done(pair, "generated");
  trial.fail_as_first();
  return std::nullopt;
}

std::optional<CK_OBJECT_HANDLE> public_key(Pkcs11Trial& trial, const std::string& name,
                                           const Usage& usage) {
  const TestKey& key = trial.test_key(name);
  for (const CurveEncoding& encoding : encodings_of(key))
    if (const auto object =
            trial.tentatively([&] { return import_public(trial, key, encoding, usage); })) {
      if (!encoding.words.empty()) trial.remark(encoding.words);
      trial.key_origin("imported");
      trial.forget_failures();
      return object;
    }
  trial.fail_as_first();
  return std::nullopt;
}

std::optional<CK_MECHANISM_TYPE> pair_generation(const std::string& algorithm) {
  if (algorithm == "RSA") return CKM_RSA_PKCS_KEY_PAIR_GEN;
  if (algorithm == "EC") return CKM_EC_KEY_PAIR_GEN;
  if (algorithm == "DSA") return CKM_DSA_KEY_PAIR_GEN;
  if (algorithm == "DH") return CKM_DH_PKCS_KEY_PAIR_GEN;
  if (algorithm == "HSS") return CKM_HSS_KEY_PAIR_GEN;
  if (const Pkcs11Curve* curve = pkcs11_curve(algorithm)) return curve->generation;
  if (const ParameterSet* set = parameter_set(algorithm)) return set->generation;
  return std::nullopt;
}

std::optional<KeyPair> generate_pair(Pkcs11Trial& trial, const PairWanted& wanted,
                                     const PairUsage& usage) {
  const auto type = pair_generation(wanted.algorithm);
  if (!type) {
    trial.unsupported("PKCS #11 makes no such keys");
    return std::nullopt;
  }
  std::vector<std::string> tried;
  for (const CurveEncoding& encoding :
       encodings_of(TestKey{"", wanted.algorithm, wanted.group, {}})) {
    if (!tried.empty() && tried.back() == encoding.parameters) continue;
    tried.push_back(encoding.parameters);
    if (const auto pair = trial.tentatively(
            [&] { return generate(trial, wanted, usage, *type, encoding.parameters); })) {
      if (tried.size() > 1) trial.remark("curve by its name");
      trial.forget_failures();
      return pair;
    }
  }
  trial.fail_as_first();
  return std::nullopt;
}

}  // namespace evidence::drivers
