#include "evidence/drivers/openssl_key.h"
#include "evidence/drivers/openssl_services.h"

namespace evidence::drivers {
namespace {

bool believable(Trial& trial, std::size_t size) {
  return trial.correct(size > 0 && size <= kLongestResult,
                       "the module announces no possible length");
}

/// What `own` and the other side's public key give. `indicate`: the service's indicator is this
/// one's.
bool derive_secret(Trial& trial, EVP_PKEY* own, EVP_PKEY* peer, bool indicate,
                   std::string& secret) {
  const LibCrypto& library = trial.library();
  const auto context = context_for(trial, own);
  std::size_t size = 0;
  if (!context ||
      !trial.allowed(library.EVP_PKEY_derive_init_ex(context.get(), nullptr), "agreement init") ||
      !trial.allowed(library.EVP_PKEY_derive_set_peer(context.get(), peer), "peer's key") ||
      !trial.allowed(library.EVP_PKEY_derive(context.get(), nullptr, &size), "size of secret") ||
      !believable(trial, size))
    return false;
  secret.assign(size, '\0');
  if (!trial.allowed(library.EVP_PKEY_derive(context.get(), bytes_of(secret), &size),
                     "agreement") ||
      !trial.correct(size <= secret.size(), "the secret is longer than announced"))
    return false;
  secret.resize(size);
  if (indicate) trial.ask_indicator(library.EVP_PKEY_CTX_get_params, context.get());
  return true;
}

OpensslParameters operation_parameters(const Trial& trial) {
  OpensslParameters parameters;
  if (const auto way = trial.text("operation"); !way.empty()) parameters.text("operation", way);
  return parameters;
}

bool encapsulate(Trial& trial, EVP_PKEY* key, std::string& wrapped, std::string& secret) {
  const LibCrypto& library = trial.library();
  const auto context = context_for(trial, key);
  OpensslParameters parameters = operation_parameters(trial);
  std::size_t wrapped_size = 0, secret_size = 0;
  if (!context ||
      !trial.allowed(library.EVP_PKEY_encapsulate_init(context.get(), parameters.list()),
                     "encapsulation init") ||
      !trial.allowed(library.EVP_PKEY_encapsulate(context.get(), nullptr, &wrapped_size, nullptr,
                                                  &secret_size),
                     "size of encapsulation") ||
      !believable(trial, wrapped_size) || !believable(trial, secret_size))
    return false;
  wrapped.assign(wrapped_size, '\0');
  secret.assign(secret_size, '\0');
  if (!trial.allowed(library.EVP_PKEY_encapsulate(context.get(), bytes_of(wrapped), &wrapped_size,
                                                  bytes_of(secret), &secret_size),
                     "encapsulation") ||
      !trial.correct(wrapped_size <= wrapped.size() && secret_size <= secret.size(),
                     "the encapsulation is longer than announced"))
    return false;
  trial.ask_indicator(library.EVP_PKEY_CTX_get_params, context.get());
  wrapped.resize(wrapped_size);
  secret.resize(secret_size);
  return true;
}

bool decapsulate(Trial& trial, EVP_PKEY* key, const std::string& wrapped, std::string& secret) {
  const LibCrypto& library = trial.library();
  const auto context = context_for(trial, key);
  OpensslParameters parameters = operation_parameters(trial);
  std::size_t size = 0;
  if (!context ||
      !trial.allowed(library.EVP_PKEY_decapsulate_init(context.get(), parameters.list()),
                     "decapsulation init") ||
      !trial.allowed(library.EVP_PKEY_decapsulate(context.get(), nullptr, &size, bytes_of(wrapped),
                                                  wrapped.size()),
                     "size of secret") ||
      !believable(trial, size))
    return false;
  secret.assign(size, '\0');
  if (!trial.allowed(library.EVP_PKEY_decapsulate(context.get(), bytes_of(secret), &size,
                                                  bytes_of(wrapped), wrapped.size()),
                     "decapsulation") ||
      !trial.correct(size <= secret.size(), "the secret is longer than announced"))
    return false;
  secret.resize(size);
  return true;
}

OpensslParameters encryption_parameters(const Trial& trial) {
  OpensslParameters parameters;
  parameters.text("pad-mode", trial.text("padding"));
  if (const auto digest = trial.text("digest"); !digest.empty()) parameters.text("digest", digest);
  return parameters;
}

bool encrypt(Trial& trial, EVP_PKEY* key, std::string& ciphertext) {
  const LibCrypto& library = trial.library();
  const auto context = context_for(trial, key);
  OpensslParameters parameters = encryption_parameters(trial);
  std::size_t size = 0;
  if (!context ||
      !trial.allowed(library.EVP_PKEY_encrypt_init_ex(context.get(), parameters.list()),
                     "encrypt init") ||
      !trial.allowed(library.EVP_PKEY_encrypt(context.get(), nullptr, &size, bytes_of(kMessage),
                                              kMessage.size()),
                     "size of ciphertext") ||
      !believable(trial, size))
    return false;
  ciphertext.assign(size, '\0');
  if (!trial.allowed(library.EVP_PKEY_encrypt(context.get(), bytes_of(ciphertext), &size,
                                              bytes_of(kMessage), kMessage.size()),
                     "encrypt") ||
      !trial.correct(size <= ciphertext.size(), "the ciphertext is longer than announced"))
    return false;
  ciphertext.resize(size);
  trial.ask_indicator(library.EVP_PKEY_CTX_get_params, context.get());
  return true;
}

bool decrypt(Trial& trial, EVP_PKEY* key, const std::string& ciphertext, std::string& text) {
  const LibCrypto& library = trial.library();
  const auto context = context_for(trial, key);
  OpensslParameters parameters = encryption_parameters(trial);
  std::size_t size = ciphertext.size();
  text.assign(size, '\0');
  if (!context ||
      !trial.allowed(library.EVP_PKEY_decrypt_init_ex(context.get(), parameters.list()),
                     "decrypt init") ||
      !trial.allowed(library.EVP_PKEY_decrypt(context.get(), bytes_of(text), &size,
                                              bytes_of(ciphertext), ciphertext.size()),
                     "decrypt") ||
      !trial.correct(size <= text.size(), "the plaintext is longer than its place"))
    return false;
  text.resize(size);
  return true;
}

}  // namespace

bool perform_agree(Trial& trial) {
  const auto own = import_key(trial, trial.text("key"), true);
  if (!own) return false;
  const auto peer = import_key(trial, trial.text("peer"), true);
  std::string one, other;
  return peer && derive_secret(trial, own.get(), peer.get(), true, one) &&
         derive_secret(trial, peer.get(), own.get(), false, other) &&
         trial.correct(one == other, "the two sides agree on different secrets");
}

bool perform_kem(Trial& trial) {
  const auto key = key_of_service(trial);
  std::string wrapped, secret, unwrapped;
  return key && encapsulate(trial, key.get(), wrapped, secret) &&
         decapsulate(trial, key.get(), wrapped, unwrapped) &&
         trial.correct(secret == unwrapped, "decapsulation gives another secret");
}

bool perform_encrypt(Trial& trial) {
  const auto key = key_of_service(trial);
  std::string ciphertext, text;
  return key && encrypt(trial, key.get(), ciphertext) &&
         decrypt(trial, key.get(), ciphertext, text) &&
         trial.correct(text == kMessage, "decryption gives another text");
}

}  // namespace evidence::drivers
