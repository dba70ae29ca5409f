#include <array>

#include "evidence/drivers/pkcs11_cipher.h"
#include "evidence/drivers/pkcs11_services.h"

namespace evidence::drivers {
namespace {

using namespace cryptoki;

constexpr std::size_t kTagLength = 16;
constexpr std::size_t kNonceLength = 12;

/// The parameter of an authenticated cipher, with the bytes that it points to.
class AeadParameter {
 public:
  AeadParameter(CK_MECHANISM_TYPE type, std::size_t iv_length)
      : type_(type), iv_(counting_bytes(iv_length)), additional_(kAdditionalData) {}

  /// `length` is that of the plaintext, which CCM wants to know first (SP 800-38C, 6.1).
  CK_MECHANISM mechanism(std::size_t length) {
    if (type_ == CKM_AES_CCM) {
      ccm_ = {length, bytes(iv_), iv_.size(), bytes(additional_), additional_.size(), kTagLength};
      return mechanism_with(type_, ccm_);
    }
    if (type_ == CKM_CHACHA20_POLY1305) {
      chacha_ = {bytes(iv_), iv_.size(), bytes(additional_), additional_.size()};
      return mechanism_with(type_, chacha_);
    }
    gcm_ = {bytes(iv_),         iv_.size(),         iv_.size() * 8,
            bytes(additional_), additional_.size(), kTagLength * 8};
    return mechanism_with(type_, gcm_);
  }

 private:
  static CK_BYTE* bytes(std::string& text) { return cryptoki_bytes(text); }

  CK_MECHANISM_TYPE type_;
  std::string iv_, additional_;
  CK_GCM_PARAMS gcm_{};
  CK_CCM_PARAMS ccm_{};
  CK_SALSA20_CHACHA20_POLY1305_PARAMS chacha_{};
};

struct AeadKind {
  std::string_view name;
  CK_MECHANISM_TYPE mechanism;
  SecretKind key;
  std::size_t key_bytes;
};
constexpr std::array kKinds = {
    AeadKind{"AES-128-GCM", CKM_AES_GCM, kAesKey, 16},
    AeadKind{"AES-256-GCM", CKM_AES_GCM, kAesKey, 32},
    AeadKind{"AES-256-CCM", CKM_AES_CCM, kAesKey, 32},
    AeadKind{"ChaCha20-Poly1305", CKM_CHACHA20_POLY1305,
             SecretKind{CKK_CHACHA20, CKM_CHACHA20_KEY_GEN, false}, 32},
};

/// Does the module open what it should, and nothing that was changed?
bool opens_the_genuine(Pkcs11Trial& trial, CK_MECHANISM& mechanism, CK_OBJECT_HANDLE key,
                       std::string sealed) {
  std::string text, forged;
  if (!token_decrypts(trial, mechanism, key, sealed, text) ||
      !trial.correct(text == kMessage, "the module does not open what it sealed"))
    return false;
  sealed.back() = static_cast<char>(sealed.back() ^ 1);
  const bool opened =
      trial.tentatively([&] { return token_decrypts(trial, mechanism, key, sealed, forged); });
  trial.forget_failures();
  return trial.correct(!opened, "the module accepts a changed tag");
}

/// The module makes the nonce: the message interface of version 3.0.
bool seals_with_own_nonce(Pkcs11Trial& trial, CK_OBJECT_HANDLE key) {
  std::string iv(kNonceLength, '\0'), tag(kTagLength, '\0'), message(kMessage), sealed, text;
  std::string additional(kAdditionalData);
  CK_GCM_MESSAGE_PARAMS parameter{cryptoki_bytes(iv),  iv.size(),           0,
                                  CKG_GENERATE_RANDOM, cryptoki_bytes(tag), kTagLength * 8};
  CK_MECHANISM mechanism = plain_mechanism(CKM_AES_GCM);
  if (!trial.call("C_MessageEncryptInit", &CK_FUNCTION_LIST_3_0::C_MessageEncryptInit, &mechanism,
                  key) ||
      !trial.fill(sealed, "C_EncryptMessage", &CK_FUNCTION_LIST_3_0::C_EncryptMessage,
                  static_cast<void*>(&parameter), CK_ULONG{sizeof parameter},
                  cryptoki_bytes(additional), CK_ULONG{additional.size()}, cryptoki_bytes(message),
                  CK_ULONG{message.size()}))
    return false;
  trial.ask_indicator();
  if (!trial.call("C_MessageEncryptFinal", &CK_FUNCTION_LIST_3_0::C_MessageEncryptFinal) ||
      !trial.correct(iv != std::string(kNonceLength, '\0'), "the module gives no nonce"))
    return false;
  CK_GCM_PARAMS opening{cryptoki_bytes(iv),         iv.size(),         iv.size() * 8,
                        cryptoki_bytes(additional), additional.size(), kTagLength * 8};
  CK_MECHANISM open = mechanism_with(CKM_AES_GCM, opening);
  return token_decrypts(trial, open, key, sealed + tag, text) &&
         trial.correct(text == kMessage, "the module does not open what it sealed");
}

}  // namespace

bool pkcs11_aead(Pkcs11Trial& trial) {
  for (const AeadKind& kind : kKinds) {
    if (kind.name != trial.service().algorithm) continue;
    const bool internal = trial.text("iv") == "internal";
    const auto type =
        trial.choose({kind.mechanism}, internal ? CKF_MESSAGE_ENCRYPT : CKF_ENCRYPT | CKF_DECRYPT);
    const auto key =
        secret_key(trial, kind.key, counting_bytes(kind.key_bytes), {CKA_ENCRYPT, CKA_DECRYPT});
    if (!key) return false;
    if (internal) return seals_with_own_nonce(trial, *key);
    AeadParameter parameter(type, trial.number("iv_bits", 96) / 8);
    CK_MECHANISM mechanism = parameter.mechanism(kMessage.size());
    std::string sealed;
    if (!token_encrypts(trial, mechanism, *key, std::string(kMessage), sealed)) return false;
    trial.ask_indicator();
    const std::string answer = trial.bytes("answer");
    return trial.correct(!is_known(trial) || answer.empty() || sealed == answer,
                         "ciphertext or tag is wrong") &&
           trial.correct(!sealed.empty(), "the module gives no ciphertext") &&
           opens_the_genuine(trial, mechanism, *key, sealed);
  }
  return trial.unsupported("PKCS #11 has no mechanism for it");
}

}  // namespace evidence::drivers
