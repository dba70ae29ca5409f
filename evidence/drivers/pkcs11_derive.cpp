#include "evidence/drivers/pkcs11_derived.h"
#include "evidence/drivers/pkcs11_services.h"

namespace evidence::drivers {
namespace {

using namespace cryptoki;

std::optional<CK_OBJECT_HANDLE> derive(Pkcs11Trial& trial, CK_MECHANISM& mechanism,
                                       CK_OBJECT_HANDLE from, CryptokiTemplate attributes) {
  CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
  if (!trial.call("C_DeriveKey", &CK_FUNCTION_LIST::C_DeriveKey, &mechanism, from,
                  attributes.data(), attributes.size(), &key))
    return std::nullopt;
  return trial.own(key);
}

CryptokiTemplate sealed_secret(const Pkcs11Trial& trial, std::size_t length) {
  CryptokiTemplate attributes = trial.session_object(CKO_SECRET_KEY);
  attributes.number(CKA_KEY_TYPE, CKK_GENERIC_SECRET).flag(CKA_SENSITIVE, true);
  if (length > 0) attributes.number(CKA_VALUE_LEN, length);
  return attributes;
}

bool compared(Pkcs11Trial& trial, const std::optional<DerivedKey>& derived) {
  if (!derived) return false;
  trial.ask_indicator();
  return trial.correct(
      !derived->value || !is_known(trial) || *derived->value == trial.bytes("answer"),
      "the derived key is wrong");
}

std::optional<CK_OBJECT_HANDLE> base_secret(Pkcs11Trial& trial, const SecretKind& kind) {
  return secret_key(trial, kind, counting_bytes(trial.number("key_bits", 256) / 8), {CKA_DERIVE});
}

bool hkdf(Pkcs11Trial& trial, const Pkcs11Hash& hash) {
  const auto type = trial.choose({CKM_HKDF_DERIVE}, CKF_DERIVE);
  const auto key = base_secret(trial, kGenericSecret);
  if (!key) return false;
  std::string salt = counting_bytes(trial.number("salt_bits", 128) / 8), info = trial.text("info");
  CK_HKDF_PARAMS parameter{CK_TRUE,
                           CK_TRUE,
                           hash.digest,
                           CKF_HKDF_SALT_DATA,
                           cryptoki_bytes(salt),
                           salt.size(),
                           CK_INVALID_HANDLE,
                           cryptoki_bytes(info),
                           info.size()};
  CK_MECHANISM mechanism = mechanism_with(type, parameter);
  return compared(trial, derived_key(trial, mechanism, *key, trial.number("length_bits", 256) / 8));
}

/// The fixed input of SP 800-108, 4: counter, label, a zero byte, context, length in bits.
bool counter_kdf(Pkcs11Trial& trial, const Pkcs11Hash& hash) {
  if (trial.text("mode") != "counter") return trial.unsupported("this mode is not tried on tokens");
  const auto type = trial.choose({CKM_SP800_108_COUNTER_KDF}, CKF_DERIVE);
  const auto key = base_secret(trial, kGenericSecret);
  if (!key) return false;
  std::string label = trial.text("label"), zero(1, '\0'), context = trial.text("context");
  CK_SP800_108_COUNTER_FORMAT counter{CK_FALSE, 32};
  CK_SP800_108_DKM_LENGTH_FORMAT length{CK_SP800_108_DKM_LENGTH_SUM_OF_KEYS, CK_FALSE, 32};
  CK_PRF_DATA_PARAM data[] = {{CK_SP800_108_ITERATION_VARIABLE, &counter, sizeof counter},
                              {CK_SP800_108_BYTE_ARRAY, label.data(), label.size()},
                              {CK_SP800_108_BYTE_ARRAY, zero.data(), zero.size()},
                              {CK_SP800_108_BYTE_ARRAY, context.data(), context.size()},
                              {CK_SP800_108_DKM_LENGTH, &length, sizeof length}};
  CK_SP800_108_KDF_PARAMS parameter{hash.hmac, std::size(data), data, 0, nullptr};
  CK_MECHANISM mechanism = mechanism_with(type, parameter);
  return compared(trial, derived_key(trial, mechanism, *key, trial.number("length_bits", 256) / 8));
}

/// The two ways to the master secret of TLS 1.2 (RFC 5246, 8.1; RFC 7627, 4).
bool tls_master_secret(Pkcs11Trial& trial, const Pkcs11Hash& hash) {
  std::string seed = counting_bytes(trial.number("seed_bits", 512) / 8);
  const std::string label = trial.text("label");
  CK_VERSION version{};
  if (label == "extended master secret") {
    const auto type = trial.choose({CKM_TLS12_EXTENDED_MASTER_KEY_DERIVE}, CKF_DERIVE);
    const auto key = base_secret(trial, kGenericSecret);
    CK_TLS12_EXTENDED_MASTER_KEY_DERIVE_PARAMS parameter{hash.digest, cryptoki_bytes(seed),
                                                         seed.size(), &version};
    CK_MECHANISM mechanism = mechanism_with(type, parameter);
    return key && compared(trial, derived_key(trial, mechanism, *key, 48));
  }
  if (label != "master secret") return trial.unsupported("PKCS #11 has no mechanism for it");
  const auto type = trial.choose({CKM_TLS12_MASTER_KEY_DERIVE}, CKF_DERIVE);
  const auto key = base_secret(trial, kGenericSecret);
  CK_TLS12_MASTER_KEY_DERIVE_PARAMS parameter{
      {cryptoki_bytes(seed), 32, cryptoki_bytes(seed) + 32, 32}, &version, hash.digest};
  CK_MECHANISM mechanism = mechanism_with(type, parameter);
  return key && compared(trial, derived_key(trial, mechanism, *key, 48));
}

/// PBKDF2 makes a key of its own: there is none to derive from.
bool password_kdf(Pkcs11Trial& trial, const Pkcs11Hash& hash) {
  std::string password = counting_bytes(trial.number("key_bits", 128) / 8);
  std::string salt = counting_bytes(trial.number("salt_bits", 128) / 8);
  const CK_ULONG password_size = password.size();
  CK_PKCS5_PBKD2_PARAMS2 parameter{
      CKZ_SALT_SPECIFIED, salt.data(), salt.size(), trial.number("iterations", 1000),
      hash.pbkdf2,        nullptr,     0,           cryptoki_bytes(password),
      password_size};
  // NSS goes by the slip of version 2.40 that made a pointer of this length (its pkcs11t.h).
  if (trial.token().module.nss_fips != nullptr)
    parameter.ulPasswordLen = reinterpret_cast<CK_ULONG>(&password_size);
  CK_MECHANISM mechanism = mechanism_with(trial.choose({CKM_PKCS5_PBKD2}, CKF_GENERATE), parameter);
  const std::size_t length = trial.number("length_bits", 256) / 8;
  const auto make = [&](CryptokiTemplate attributes) -> std::optional<CK_OBJECT_HANDLE> {
    CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
    if (!trial.call("C_GenerateKey", &CK_FUNCTION_LIST::C_GenerateKey, &mechanism,
                    attributes.data(), attributes.size(), &key))
      return std::nullopt;
    return trial.own(key);
  };
  auto key = trial.tentatively([&] { return make(readable_secret(trial, length)); });
  if (!key) key = trial.tentatively([&] { return make(sealed_secret(trial, length)); });
  if (!key) {
    trial.fail_as_first();
    return false;
  }
  trial.forget_failures();
  return compared(trial, DerivedKey{*key, trial.attribute(*key, CKA_VALUE)});
}

}  // namespace

CryptokiTemplate readable_secret(const Pkcs11Trial& trial, std::size_t length) {
  CryptokiTemplate attributes = trial.session_object(CKO_SECRET_KEY);
  attributes.number(CKA_KEY_TYPE, CKK_GENERIC_SECRET)
      .flag(CKA_SENSITIVE, false)
      .flag(CKA_EXTRACTABLE, true);
  if (length > 0) attributes.number(CKA_VALUE_LEN, length);
  return attributes;
}

std::optional<DerivedKey> derived_key(Pkcs11Trial& trial, CK_MECHANISM& mechanism,
                                      CK_OBJECT_HANDLE from, std::size_t length) {
  auto key = trial.tentatively(
      [&] { return derive(trial, mechanism, from, readable_secret(trial, length)); });
  if (!key)
    key = trial.tentatively(
        [&] { return derive(trial, mechanism, from, sealed_secret(trial, length)); });
  if (!key) {
    trial.fail_as_first();
    return std::nullopt;
  }
  trial.forget_failures();
  DerivedKey derived{*key, trial.attribute(*key, CKA_VALUE)};
  if (!derived.value) trial.remark("the secret could not be read to compare it");
  return derived;
}

bool pkcs11_derive(Pkcs11Trial& trial) {
  const std::string& algorithm = trial.service().algorithm;
  const Pkcs11Hash* hash = pkcs11_hash(trial.text("digest"));
  if (hash != nullptr) {
    if (algorithm == "HKDF") return hkdf(trial, *hash);
    if (algorithm == "KBKDF") return counter_kdf(trial, *hash);
    if (algorithm == "TLS1-PRF") return tls_master_secret(trial, *hash);
    if (algorithm == "PBKDF2") return password_kdf(trial, *hash);
  }
  return trial.unsupported("PKCS #11 has no mechanism for it");
}

}  // namespace evidence::drivers
