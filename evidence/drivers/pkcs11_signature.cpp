#include "evidence/base/text.h"
#include "evidence/drivers/pkcs11_key.h"
#include "evidence/drivers/pkcs11_services.h"

namespace evidence::drivers {
namespace {

using namespace cryptoki;

const PairUsage kSigning = {{CKA_VERIFY}, {CKA_SIGN}};

/// How a signature is made: the mechanism with its parameter, and what it is given of the message:
/// the message itself, or what has to be hashed before.
class Scheme {
 public:
  explicit Scheme(Pkcs11Trial& trial, CK_FLAGS functions)
      : hash_(pkcs11_hash(trial.text("digest"))) {
    input_ = std::string(kMessage);
    const std::string& algorithm = trial.service().algorithm;
    if (algorithm == "RSA")
      use_rsa(trial, functions);
    else if (algorithm == "ECDSA")
      prehashed(trial, functions, hash_ == nullptr ? std::nullopt : hash_->ecdsa, CKM_ECDSA);
    else if (algorithm == "DSA")
      prehashed(trial, functions, hash_ == nullptr ? std::nullopt : hash_->dsa, CKM_DSA);
    else
      use_pure(trial, functions, algorithm);
  }

  bool exists() const { return type_.has_value(); }
  CK_MECHANISM mechanism() {
    if (is_pss_) return mechanism_with(*type_, pss_);
    if (is_contextual_) return mechanism_with(*type_, eddsa_);
    return plain_mechanism(*type_);
  }
  std::string& input() { return input_; }

 private:
  void use_rsa(Pkcs11Trial& trial, CK_FLAGS functions) {
    const std::string padding = trial.text("padding");
    if (hash_ == nullptr) return;
    if (padding == "pkcs1") {
      prehashed(trial, functions, hash_->rsa_pkcs, CKM_RSA_PKCS);
      if (type_ == CKM_RSA_PKCS) input_ = base::from_hex(hash_->digest_info).value_or("") + input_;
    } else if (padding == "pss") {
      prehashed(trial, functions, hash_->rsa_pss, CKM_RSA_PKCS_PSS);
      is_pss_ = true;
      pss_ = {hash_->digest, hash_->mask_generation, trial.number("salt_bytes", 32)};
    } else if (padding == "x931") {
      // The one mechanism that hashes first does so with SHA-1.
      type_ = trial.choose({CKM_RSA_X9_31}, functions);
      input_ = trial.digest(std::string(hash_->name));
    }
  }

  /// A mechanism that hashes the message, else the one that is given its digest.
  void prehashed(Pkcs11Trial& trial, CK_FLAGS functions, std::optional<CK_MECHANISM_TYPE> hashing,
                 CK_MECHANISM_TYPE raw) {
    if (hash_ == nullptr) return;
    type_ = hashing ? trial.choose({*hashing, raw}, functions) : trial.choose({raw}, functions);
    if (type_ == raw) input_ = trial.digest(std::string(hash_->name));
  }

  void use_pure(Pkcs11Trial& trial, CK_FLAGS functions, const std::string& algorithm) {
    if (algorithm == "ED25519" || algorithm == "ED448") {
      type_ = trial.choose({CKM_EDDSA}, functions);
      // Ed448 always has its parameter (PKCS #11 v3.1, 6.3.16).
      is_contextual_ = algorithm == "ED448";
    } else if (algorithm.starts_with("ML-DSA")) {
      type_ = trial.choose({CKM_ML_DSA}, functions);
    } else if (algorithm.starts_with("SLH-DSA")) {
      type_ = trial.choose({CKM_SLH_DSA}, functions);
    } else if (algorithm == "HSS") {
      type_ = trial.choose({CKM_HSS}, functions);
    } else if (algorithm.starts_with("XMSS")) {
      type_ = trial.choose({CKM_XMSS}, functions);
    }
  }

  const Pkcs11Hash* hash_;
  std::optional<CK_MECHANISM_TYPE> type_;
  std::string input_;
  bool is_pss_ = false, is_contextual_ = false;
  CK_RSA_PKCS_PSS_PARAMS pss_{};
  CK_EDDSA_PARAMS eddsa_{CK_FALSE, 0, nullptr};
};

bool verifies(Pkcs11Trial& trial, Scheme& scheme, CK_OBJECT_HANDLE key, std::string input,
              std::string signature) {
  CK_MECHANISM mechanism = scheme.mechanism();
  return trial.call("C_VerifyInit", &CK_FUNCTION_LIST::C_VerifyInit, &mechanism, key) &&
         trial.call("C_Verify", &CK_FUNCTION_LIST::C_Verify, cryptoki_bytes(input),
                    CK_ULONG{input.size()}, cryptoki_bytes(signature), CK_ULONG{signature.size()});
}

/// Does the module know a signature from that of another message?
bool refuses_another(Pkcs11Trial& trial, Scheme& scheme, CK_OBJECT_HANDLE key,
                     const std::string& signature) {
  std::string other = scheme.input();
  // ECDSA and DSA take the leftmost bits of a digest (FIPS 186-5, 6.4.1), PKCS #1 all of it.
  const std::size_t changed = trial.service().algorithm == "RSA" ? other.size() - 1 : 0;
  other[changed] = static_cast<char>(other[changed] ^ 1);
  const bool accepted =
      trial.tentatively([&] { return verifies(trial, scheme, key, other, signature); });
  trial.forget_failures();
  return trial.correct(!accepted, "the module accepts the signature for another message");
}

enum class Verdict { genuine, denied, not_said };

/// What the module says of a signature that is genuine.
Verdict verdict_on(Pkcs11Trial& trial, Scheme& scheme, CK_OBJECT_HANDLE key,
                   const std::string& signature) {
  if (trial.tentatively([&] { return verifies(trial, scheme, key, scheme.input(), signature); }))
    return Verdict::genuine;
  const CK_RV result = trial.first_return();
  return result == CKR_SIGNATURE_INVALID || result == CKR_SIGNATURE_LEN_RANGE ? Verdict::denied
                                                                              : Verdict::not_said;
}

/// A signature that is to be verified, in the form of PKCS #11.
std::optional<std::string> signature_given(const Pkcs11Trial& trial) {
  std::string signature = trial.bytes("signature");
  const std::string& algorithm = trial.service().algorithm;
  if (algorithm == "DSA") return raw_signature(signature, 32);
  if (algorithm != "ECDSA") return signature;
  const Pkcs11Curve* curve = pkcs11_curve(trial.test_key(trial.text("key")).group);
  return curve == nullptr ? std::nullopt : raw_signature(signature, curve->order_bytes);
}

}  // namespace

bool pkcs11_sign(Pkcs11Trial& trial) {
  Scheme scheme(trial, CKF_SIGN);
  if (!scheme.exists()) return trial.unsupported("PKCS #11 has no mechanism for it");
  std::optional<KeyPair> pair;
  if (const std::string name = trial.text("key"); !name.empty()) {
    pair = key_pair(trial, name, kSigning);
  } else {
    pair = generate_pair(trial, {trial.service().algorithm, "", 0, 65537, ""}, kSigning);
    trial.key_origin("generated");
  }
  if (!pair) return false;
  CK_MECHANISM mechanism = scheme.mechanism();
  std::string signature;
  if (!trial.call("C_SignInit", &CK_FUNCTION_LIST::C_SignInit, &mechanism, pair->private_key) ||
      !trial.fill(signature, "C_Sign", &CK_FUNCTION_LIST::C_Sign, cryptoki_bytes(scheme.input()),
                  CK_ULONG{scheme.input().size()}))
    return false;
  trial.ask_indicator();
  const Verdict verdict = verdict_on(trial, scheme, pair->public_key, signature);
  trial.forget_failures();
  if (verdict == Verdict::not_said) {
    // A module that only signs leaves it to others to verify.
    trial.remark("the module did not verify its signature");
    return true;
  }
  return trial.correct(verdict == Verdict::genuine,
                       "the module does not accept its own signature") &&
         refuses_another(trial, scheme, pair->public_key, signature);
}

bool pkcs11_verify(Pkcs11Trial& trial) {
  Scheme scheme(trial, CKF_VERIFY);
  const auto signature = signature_given(trial);
  if (!scheme.exists() || !signature) return trial.unsupported("PKCS #11 has no mechanism for it");
  const auto key = public_key(trial, trial.text("key"), {CKA_VERIFY});
  if (!key) return false;
  const Verdict verdict = verdict_on(trial, scheme, *key, *signature);
  trial.fail_as_first();
  if (verdict == Verdict::not_said) return false;
  trial.ask_indicator();
  return trial.correct(verdict == Verdict::genuine,
                       "the module does not accept a genuine signature") &&
         refuses_another(trial, scheme, *key, *signature);
}

}  // namespace evidence::drivers
