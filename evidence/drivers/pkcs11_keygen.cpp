#include "evidence/drivers/pkcs11_cipher.h"
#include "evidence/drivers/pkcs11_services.h"

namespace evidence::drivers {
namespace {

using namespace cryptoki;

constexpr std::size_t kRandomLength = 48;

/// What the halves of a pair are made for: keys without a use are refused by some modules.
PairUsage usage_of(const std::string& algorithm) {
  if (algorithm == "X25519" || algorithm == "X448" || algorithm == "DH") return {{}, {CKA_DERIVE}};
  if (algorithm.starts_with("ML-KEM")) return {{CKA_ENCAPSULATE}, {CKA_DECAPSULATE}};
  return {{CKA_VERIFY}, {CKA_SIGN}};
}

/// The kind of a secret key by the name of the cipher it is for.
std::optional<std::pair<SecretKind, std::size_t>> secret_kind(const Pkcs11Trial& trial) {
  const std::string& algorithm = trial.service().algorithm;
  if (algorithm == "GENERIC-SECRET") return {{kGenericSecret, trial.number("bits", 256) / 8}};
  const Pkcs11Cipher* cipher = pkcs11_cipher_named(trial.text("cipher"));
  if (cipher == nullptr) return std::nullopt;
  return {{cipher->key, cipher->key_bytes}};
}

bool makes_secret(Pkcs11Trial& trial, const SecretKind& kind, std::size_t length) {
  trial.choose({kind.generation}, CKF_GENERATE);
  const bool secret = kind.type == CKK_GENERIC_SECRET;
  const auto key = generate_secret(trial, kind, length,
                                   secret ? Usage{CKA_SIGN, CKA_VERIFY} : Usage{CKA_ENCRYPT});
  if (!key) return false;
  trial.ask_indicator();
  return true;
}

}  // namespace

bool pkcs11_keygen(Pkcs11Trial& trial) {
  const std::string& algorithm = trial.service().algorithm;
  if (const auto secret = secret_kind(trial))
    return makes_secret(trial, secret->first, secret->second);
  const auto type = pair_generation(algorithm);
  if (!type) return trial.unsupported("PKCS #11 has no mechanism for it");
  trial.choose({*type}, CKF_GENERATE_KEY_PAIR);
  const auto pair = generate_pair(trial,
                                  {algorithm, trial.text("group"), trial.number("bits", 0),
                                   trial.number("exponent", 65537), trial.text("domain")},
                                  usage_of(algorithm));
  if (!pair) return false;
  trial.ask_indicator();
  if (algorithm != "RSA") return true;
  const auto modulus = trial.attribute(pair->public_key, CKA_MODULUS);
  return trial.correct(!modulus || modulus->size() * 8 == trial.number("bits", 0),
                       "the key has another size than asked for");
}

bool pkcs11_random(Pkcs11Trial& trial) {
  std::string one(kRandomLength, '\0'), other(kRandomLength, '\0');
  const std::string nothing(kRandomLength, '\0');
  if (!trial.call("C_GenerateRandom", &CK_FUNCTION_LIST::C_GenerateRandom, cryptoki_bytes(one),
                  CK_ULONG{kRandomLength}) ||
      !trial.call("C_GenerateRandom", &CK_FUNCTION_LIST::C_GenerateRandom, cryptoki_bytes(other),
                  CK_ULONG{kRandomLength}))
    return false;
  trial.ask_indicator();
  return trial.correct(one != other && one != nothing && other != nothing,
                       "the generator repeats itself");
}

}  // namespace evidence::drivers
