#include "evidence/drivers/pkcs11_cipher.h"

#include <algorithm>
#include <array>

#include "evidence/drivers/pkcs11_services.h"

namespace evidence::drivers {
namespace {

using namespace cryptoki;

constexpr SecretKind kDesKey{CKK_DES, CKM_DES_KEY_GEN, false};
constexpr SecretKind kTripleDesKey{CKK_DES3, CKM_DES3_KEY_GEN, false};
constexpr SecretKind kXtsKey{CKK_AES_XTS, CKM_AES_XTS_KEY_GEN};
constexpr SecretKind kCamelliaKey{CKK_CAMELLIA, CKM_CAMELLIA_KEY_GEN};
constexpr std::array kCiphers = {
    Pkcs11Cipher{"AES-128-ECB", kAesKey, CKM_AES_ECB, 16, 0},
    Pkcs11Cipher{"AES-256-ECB", kAesKey, CKM_AES_ECB, 32, 0},
    Pkcs11Cipher{"AES-192-CBC", kAesKey, CKM_AES_CBC, 24, 16},
    Pkcs11Cipher{"AES-256-CBC", kAesKey, CKM_AES_CBC, 32, 16},
    Pkcs11Cipher{"AES-256-CTR", kAesKey, CKM_AES_CTR, 32, 16},
    Pkcs11Cipher{"AES-256-CFB", kAesKey, CKM_AES_CFB128, 32, 16},
    Pkcs11Cipher{"AES-256-OFB", kAesKey, CKM_AES_OFB, 32, 16},
    Pkcs11Cipher{"AES-128-XTS", kXtsKey, CKM_AES_XTS, 32, 16},
    Pkcs11Cipher{"AES-256-XTS", kXtsKey, CKM_AES_XTS, 64, 16},
    Pkcs11Cipher{"DES-EDE3-CBC", kTripleDesKey, CKM_DES3_CBC, 24, 8},
    Pkcs11Cipher{"DES-EDE3-ECB", kTripleDesKey, CKM_DES3_ECB, 24, 0},
    Pkcs11Cipher{"DES-CBC", kDesKey, CKM_DES_CBC, 8, 8},
    Pkcs11Cipher{"RC4", {CKK_RC4, CKM_RC4_KEY_GEN}, CKM_RC4, 16, 0},
    Pkcs11Cipher{"BF-CBC", {CKK_BLOWFISH, CKM_BLOWFISH_KEY_GEN}, CKM_BLOWFISH_CBC, 16, 8},
    Pkcs11Cipher{"CAST5-CBC", {CKK_CAST128, CKM_CAST128_KEY_GEN}, CKM_CAST128_CBC, 16, 8},
    Pkcs11Cipher{"CAMELLIA-256-CBC", kCamelliaKey, CKM_CAMELLIA_CBC, 32, 16},
    Pkcs11Cipher{"ARIA-256-ECB", {CKK_ARIA, CKM_ARIA_KEY_GEN}, CKM_ARIA_ECB, 32, 0},
    Pkcs11Cipher{"SEED-ECB", {CKK_SEED, CKM_SEED_KEY_GEN, false}, CKM_SEED_ECB, 16, 0},
    Pkcs11Cipher{"IDEA-ECB", {CKK_IDEA, CKM_IDEA_KEY_GEN, false}, CKM_IDEA_ECB, 16, 0},
    Pkcs11Cipher{"ChaCha20", {CKK_CHACHA20, CKM_CHACHA20_KEY_GEN, false}, CKM_CHACHA20, 32, 16},
};

/// The parameter of a cipher: most take the vector itself, some a structure that points to it.
class CipherParameter {
 public:
  explicit CipherParameter(const Pkcs11Cipher& cipher)
      : type_(cipher.mechanism), iv_(counting_bytes(cipher.iv_bytes)) {
    std::copy(iv_.begin(), iv_.end(), counter_.cb);
  }

  CK_MECHANISM mechanism() {
    if (type_ == CKM_AES_CTR) return mechanism_with(type_, counter_);
    if (type_ == CKM_CHACHA20) {
      // The first 32 bits of OpenSSL's vector are the counter of RFC 8439, 2.3.
      chacha_ = {cryptoki_bytes(iv_), 32, cryptoki_bytes(iv_) + 4, 96};
      return mechanism_with(type_, chacha_);
    }
    return mechanism_with_bytes(type_, iv_);
  }

 private:
  CK_MECHANISM_TYPE type_;
  std::string iv_;
  CK_AES_CTR_PARAMS counter_{128, {}};
  CK_CHACHA20_PARAMS chacha_{};
};

/// The key of the trial: counting bytes; `halves=equal` repeats its first half (XTS, IG C.I).
std::string key_for(const Pkcs11Trial& trial, std::size_t length) {
  std::string key = counting_bytes(length);
  if (trial.text("halves") == "equal")
    std::copy_n(key.begin(), length / 2, key.begin() + static_cast<std::ptrdiff_t>(length / 2));
  return key;
}

/// DES keys have a parity bit in each byte (FIPS 46-3), which modules may insist on; ciphertexts do
/// not depend on it.
std::string with_parity(std::string key) {
  for (char& byte : key) {
    auto bits = static_cast<unsigned char>(static_cast<unsigned char>(byte) & 0xfeU);
    int ones = 0;
    for (unsigned int rest = bits; rest != 0; rest >>= 1U) ones += static_cast<int>(rest & 1U);
    byte = static_cast<char>(ones % 2 == 0 ? bits | 1U : bits);
  }
  return key;
}

bool is_des(const Pkcs11Cipher& cipher) {
  return cipher.key.type == CKK_DES || cipher.key.type == CKK_DES3;
}

}  // namespace

const Pkcs11Cipher* pkcs11_cipher_named(std::string_view name) {
  for (const Pkcs11Cipher& cipher : kCiphers)
    if (cipher.name == name) return &cipher;
  return nullptr;
}

bool token_encrypts(Pkcs11Trial& trial, CK_MECHANISM& mechanism, CK_OBJECT_HANDLE key,
                    std::string text, std::string& ciphertext) {
  return trial.call("C_EncryptInit", &CK_FUNCTION_LIST::C_EncryptInit, &mechanism, key) &&
         trial.fill(ciphertext, "C_Encrypt", &CK_FUNCTION_LIST::C_Encrypt, cryptoki_bytes(text),
                    CK_ULONG{text.size()});
}

bool token_decrypts(Pkcs11Trial& trial, CK_MECHANISM& mechanism, CK_OBJECT_HANDLE key,
                    std::string ciphertext, std::string& text) {
  return trial.call("C_DecryptInit", &CK_FUNCTION_LIST::C_DecryptInit, &mechanism, key) &&
         trial.fill(text, "C_Decrypt", &CK_FUNCTION_LIST::C_Decrypt, cryptoki_bytes(ciphertext),
                    CK_ULONG{ciphertext.size()});
}

bool pkcs11_cipher(Pkcs11Trial& trial) {
  const Pkcs11Cipher* cipher = pkcs11_cipher_named(trial.service().algorithm);
  if (cipher == nullptr) return trial.unsupported("PKCS #11 has no mechanism for it");
  const bool decrypt_only = trial.text("direction") == "decrypt";
  trial.choose({cipher->mechanism}, decrypt_only ? CKF_DECRYPT : CKF_ENCRYPT | CKF_DECRYPT);
  std::string value = key_for(trial, cipher->key_bytes);
  if (is_des(*cipher)) value = with_parity(value);
  const auto key = secret_key(trial, cipher->key, value,
                              decrypt_only ? Usage{CKA_DECRYPT} : Usage{CKA_ENCRYPT, CKA_DECRYPT});
  if (!key) return false;
  CipherParameter parameter(*cipher);
  CK_MECHANISM mechanism = parameter.mechanism();
  std::string ciphertext, text;
  const std::string plain = example_plaintext(trial.number("text_bits", 128) / 8);
  const std::string answer = trial.bytes("answer");
  if (decrypt_only) {
    if (!token_decrypts(trial, mechanism, *key, answer, text)) return false;
    trial.ask_indicator();
    return !is_known(trial) || trial.correct(text == plain, "decryption gives another text");
  }
  if (!token_encrypts(trial, mechanism, *key, plain, ciphertext)) return false;
  trial.ask_indicator();
  return trial.correct(answer.empty() || !is_known(trial) || ciphertext == answer,
                       "the ciphertext is wrong") &&
         token_decrypts(trial, mechanism, *key, ciphertext, text) &&
         trial.correct(text == plain, "decryption gives another text");
}

bool pkcs11_wrap(Pkcs11Trial& trial) {
  const bool padded = trial.service().algorithm == "AES-256-WRAP-PAD";
  const auto type =
      padded ? trial.choose({CKM_AES_KEY_WRAP_KWP, CKM_AES_KEY_WRAP_PAD}, CKF_WRAP | CKF_UNWRAP)
             : trial.choose({CKM_AES_KEY_WRAP}, CKF_WRAP | CKF_UNWRAP);
  CK_MECHANISM mechanism = plain_mechanism(type);
  const std::string value = example_plaintext(trial.number("text_bits", 128) / 8);
  const auto key = secret_key(trial, kGenericSecret, value, {CKA_SIGN, CKA_EXTRACTABLE});
  const bool known_text = key && is_known(trial);
  const auto wrapping =
      key ? secret_key(trial, kAesKey, counting_bytes(32), {CKA_WRAP, CKA_UNWRAP}) : std::nullopt;
  if (!wrapping) return false;
  std::string wrapped;
  if (!trial.fill(wrapped, "C_WrapKey", &CK_FUNCTION_LIST::C_WrapKey, &mechanism, *wrapping, *key))
    return false;
  trial.ask_indicator();
  CryptokiTemplate attributes = trial.session_object(CKO_SECRET_KEY);
  attributes.number(CKA_KEY_TYPE, CKK_GENERIC_SECRET).flag(CKA_SIGN, true);
  CK_OBJECT_HANDLE unwrapped = CK_INVALID_HANDLE;
  const bool known = known_text && is_known(trial);
  if (!known) trial.key_origin("generated");
  // How CKM_AES_KEY_WRAP_PAD pads was never told, which is why 3.0 has two others in its place.
  const bool told = known && type != CKM_AES_KEY_WRAP_PAD;
  if (!trial.correct(!told || wrapped == trial.bytes("answer"), "the wrapped key is wrong") ||
      !trial.call("C_UnwrapKey", &CK_FUNCTION_LIST::C_UnwrapKey, &mechanism, *wrapping,
                  cryptoki_bytes(wrapped), CK_ULONG{wrapped.size()}, attributes.data(),
                  attributes.size(), &unwrapped))
    return false;
  trial.own(unwrapped);
  return true;
}

}  // namespace evidence::drivers
