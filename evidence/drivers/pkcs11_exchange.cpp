#include "evidence/drivers/pkcs11_cipher.h"
#include "evidence/drivers/pkcs11_derived.h"
#include "evidence/drivers/pkcs11_services.h"

namespace evidence::drivers {
namespace {

using namespace cryptoki;

const PairUsage kAgreement = {{}, {CKA_DERIVE}};

/// The length of the secret that a test key agrees on.
std::size_t secret_length(const TestKey& key) {
  const Pkcs11Curve* curve = pkcs11_curve(key.group.empty() ? key.algorithm : key.group);
  return curve == nullptr ? key.parts.at("pub").size() : curve->order_bytes;
}

/// Derives what `own` and the other side's public value give.
std::optional<DerivedKey> agree(Pkcs11Trial& trial, CK_OBJECT_HANDLE own, CK_MECHANISM_TYPE type,
                                std::string peer) {
  CK_ECDH1_DERIVE_PARAMS parameter{CKD_NULL, 0, nullptr, peer.size(), cryptoki_bytes(peer)};
  CK_MECHANISM mechanism = type == CKM_DH_PKCS_DERIVE ? mechanism_with_bytes(type, peer)
                                                      : mechanism_with(type, parameter);
  // Some modules work out the length of the secret, others want to be told.
  if (auto derived = trial.tentatively([&] { return derived_key(trial, mechanism, own, 0); }))
    return derived;
  return derived_key(trial, mechanism, own, secret_length(trial.test_key(trial.text("key"))));
}

/// The public value of the test key `name`, or of a key that the module made in its place.
std::string public_value(Pkcs11Trial& trial, const std::string& name, const KeyPair& pair,
                         bool generated) {
  const TestKey& key = trial.test_key(name);
  if (!generated) return key.parts.at("pub");
  const auto value =
      trial.attribute(pair.public_key, key.algorithm == "DH" ? CKA_VALUE : CKA_EC_POINT);
  return value.value_or("");
}

bool encapsulates(Pkcs11Trial& trial, const KeyPair& pair, CK_MECHANISM& mechanism) {
  std::string room(std::size_t{64} << 10U, '\0');
  CK_ULONG size = room.size();
  CK_OBJECT_HANDLE sent = CK_INVALID_HANDLE, received = CK_INVALID_HANDLE;
  CryptokiTemplate attributes = readable_secret(trial, 32);
  if (!trial.call("C_EncapsulateKey", &CK_FUNCTION_LIST_3_2::C_EncapsulateKey, &mechanism,
                  pair.public_key, attributes.data(), attributes.size(), cryptoki_bytes(room),
                  &size, &sent))
    return false;
  trial.own(sent);
  trial.ask_indicator();
  if (!trial.correct(size <= room.size(), "the encapsulation is longer than its place") ||
      !trial.call("C_DecapsulateKey", &CK_FUNCTION_LIST_3_2::C_DecapsulateKey, &mechanism,
                  pair.private_key, attributes.data(), attributes.size(), cryptoki_bytes(room),
                  size, &received))
    return false;
  trial.own(received);
  const auto one = trial.attribute(sent, CKA_VALUE), other = trial.attribute(received, CKA_VALUE);
  if (!one || !other) trial.remark("the secrets could not be read to compare them");
  return trial.correct(!one || !other || *one == *other, "decapsulation gives another secret");
}

}  // namespace

bool pkcs11_encrypt(Pkcs11Trial& trial) {
  const bool oaep = trial.text("padding") == "oaep";
  const Pkcs11Hash* hash = pkcs11_hash(trial.text("digest", "SHA1"));
  const auto type =
      trial.choose({oaep ? CKM_RSA_PKCS_OAEP : CKM_RSA_PKCS}, CKF_ENCRYPT | CKF_DECRYPT);
  const auto pair = key_pair(trial, trial.text("key"), {{CKA_ENCRYPT}, {CKA_DECRYPT}});
  if (!pair) return false;
  CK_RSA_PKCS_OAEP_PARAMS parameter{hash->digest, hash->mask_generation, CKZ_DATA_SPECIFIED,
                                    nullptr, 0};
  CK_MECHANISM mechanism = oaep ? mechanism_with(type, parameter) : plain_mechanism(type);
  std::string ciphertext, text;
  if (!token_encrypts(trial, mechanism, pair->public_key, std::string(kMessage), ciphertext))
    return false;
  trial.ask_indicator();
  return token_decrypts(trial, mechanism, pair->private_key, ciphertext, text) &&
         trial.correct(text == kMessage, "decryption gives another text");
}

bool pkcs11_agree(Pkcs11Trial& trial) {
  const auto type = trial.choose(
      {trial.service().algorithm == "DH" ? CKM_DH_PKCS_DERIVE : CKM_ECDH1_DERIVE}, CKF_DERIVE);
  const auto own = key_pair(trial, trial.text("key"), kAgreement);
  const bool own_generated = !is_known(trial);
  const auto peer = own ? key_pair(trial, trial.text("peer"), kAgreement) : std::nullopt;
  if (!peer) return false;
  const bool peer_generated = !is_known(trial);
  if (own_generated || peer_generated) trial.key_origin("generated");
  const auto one = agree(trial, own->private_key, type,
                         public_value(trial, trial.text("peer"), *peer, peer_generated));
  if (!one) return false;
  trial.ask_indicator();
  const auto other = agree(trial, peer->private_key, type,
                           public_value(trial, trial.text("key"), *own, own_generated));
  return other && trial.correct(!one->value || !other->value || *one->value == *other->value,
                                "the two sides agree on different secrets");
}

bool pkcs11_kem(Pkcs11Trial& trial) {
  const std::string& algorithm = trial.service().algorithm;
  if (!algorithm.starts_with("ML-KEM"))
    return trial.unsupported("PKCS #11 has no mechanism for it");
  CK_MECHANISM mechanism =
      plain_mechanism(trial.choose({CKM_ML_KEM}, CKF_ENCAPSULATE | CKF_DECAPSULATE));
  const auto pair =
      generate_pair(trial, {algorithm, "", 0, 65537, ""}, {{CKA_ENCAPSULATE}, {CKA_DECAPSULATE}});
  trial.key_origin("generated");
  return pair && encapsulates(trial, *pair, mechanism);
}

}  // namespace evidence::drivers
