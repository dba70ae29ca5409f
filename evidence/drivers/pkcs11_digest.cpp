#include "evidence/drivers/pkcs11_cipher.h"
#include "evidence/drivers/pkcs11_services.h"

namespace evidence::drivers {
namespace {

using namespace cryptoki;

bool sign_message(Pkcs11Trial& trial, CK_MECHANISM& mechanism, CK_OBJECT_HANDLE key,
                  std::string& output) {
  std::string message(kMessage);
  return trial.call("C_SignInit", &CK_FUNCTION_LIST::C_SignInit, &mechanism, key) &&
         trial.fill(output, "C_Sign", &CK_FUNCTION_LIST::C_Sign, cryptoki_bytes(message),
                    CK_ULONG{message.size()});
}

/// A MAC without answer to compare with is at least checked by the module itself.
bool verifies(Pkcs11Trial& trial, CK_MECHANISM& mechanism, CK_OBJECT_HANDLE key, std::string mac) {
  std::string message(kMessage);
  return trial.call("C_VerifyInit", &CK_FUNCTION_LIST::C_VerifyInit, &mechanism, key) &&
         trial.call("C_Verify", &CK_FUNCTION_LIST::C_Verify, cryptoki_bytes(message),
                    CK_ULONG{message.size()}, cryptoki_bytes(mac), CK_ULONG{mac.size()});
}

/// The mechanism of a MAC, and the keys it takes.
struct MacKind {
  CK_MECHANISM_TYPE mechanism;
  SecretKind key;
  bool takes_iv = false;
};

std::optional<MacKind> mac_kind(const Pkcs11Trial& trial) {
  const std::string& algorithm = trial.service().algorithm;
  if (algorithm == "HMAC") {
    const Pkcs11Hash* hash = pkcs11_hash(trial.text("digest"));
    return hash == nullptr ? std::nullopt : std::optional(MacKind{hash->hmac, kGenericSecret});
  }
  if (algorithm == "CMAC")
    return trial.text("cipher").starts_with("DES")
               ? MacKind{CKM_DES3_CMAC, {CKK_DES3, CKM_DES3_KEY_GEN, false}}
               : MacKind{CKM_AES_CMAC, kAesKey};
  if (algorithm == "GMAC") return MacKind{CKM_AES_GMAC, kAesKey, true};
  if (algorithm == "POLY1305")
    return MacKind{CKM_POLY1305, {CKK_POLY1305, CKM_POLY1305_KEY_GEN, false}};
  return std::nullopt;
}

}  // namespace

bool pkcs11_digest(Pkcs11Trial& trial) {
  const Pkcs11Hash* hash = pkcs11_hash(trial.service().algorithm);
  if (hash == nullptr) return trial.unsupported("PKCS #11 has no mechanism for it");
  CK_MECHANISM mechanism = plain_mechanism(trial.choose({hash->digest}, CKF_DIGEST));
  std::string message(kMessage), digest;
  if (!trial.call("C_DigestInit", &CK_FUNCTION_LIST::C_DigestInit, &mechanism) ||
      !trial.fill(digest, "C_Digest", &CK_FUNCTION_LIST::C_Digest, cryptoki_bytes(message),
                  CK_ULONG{message.size()}))
    return false;
  trial.ask_indicator();
  return trial.correct(digest == trial.bytes("answer"), "the digest is wrong");
}

bool pkcs11_mac(Pkcs11Trial& trial) {
  const auto kind = mac_kind(trial);
  if (!kind) return trial.unsupported("PKCS #11 has no mechanism for it");
  std::string iv = kind->takes_iv ? counting_bytes(trial.number("iv_bits", 96) / 8) : "";
  CK_MECHANISM mechanism = mechanism_with_bytes(trial.choose({kind->mechanism}, CKF_SIGN), iv);
  const auto key = secret_key(trial, kind->key, counting_bytes(trial.number("key_bits", 256) / 8),
                              {CKA_SIGN, CKA_VERIFY});
  std::string mac;
  if (!key || !sign_message(trial, mechanism, *key, mac)) return false;
  trial.ask_indicator();
  if (is_known(trial)) return trial.correct(mac == trial.bytes("answer"), "the MAC is wrong");
  return verifies(trial, mechanism, *key, mac);
}

}  // namespace evidence::drivers
