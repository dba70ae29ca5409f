#include "evidence/drivers/openssl_cipher.h"

#include <algorithm>

#include "evidence/drivers/openssl_services.h"

namespace evidence::drivers {
namespace {

/// The key of the trial: counting bytes; `halves=equal` repeats its first half (XTS, IG C.I).
std::string key_for(const Trial& trial, std::size_t length) {
  std::string key = counting_bytes(length);
  if (trial.text("halves") == "equal")
    std::copy_n(key.begin(), length / 2, key.begin() + length / 2);
  return key;
}

bool encrypts(Trial& trial, const CipherUse& use, std::string& ciphertext) {
  const LibCrypto& library = trial.library();
  const Handle<EVP_CIPHER_CTX> context(library.EVP_CIPHER_CTX_new(), {library.EVP_CIPHER_CTX_free});
  const std::string text = example_plaintext(trial.number("text_bits", 128) / 8);
  if (!trial.usable(context.get(), "context") ||
      !trial.allowed(library.EVP_EncryptInit_ex2(context.get(), use.cipher, bytes_of(use.key),
                                                 use.iv_or_null(), nullptr),
                     "encrypt init") ||
      !trial.allowed(library.EVP_CIPHER_CTX_set_padding(context.get(), 0), "no padding"))
    return false;
  int size = 0, rest = 0;
  ciphertext.assign(text.size() + kCipherSlack, '\0');
  if (!trial.allowed(library.EVP_EncryptUpdate(context.get(), bytes_of(ciphertext), &size,
                                               bytes_of(text), static_cast<int>(text.size())),
                     "encrypt") ||
      !trial.correct(fits(size, 0, ciphertext), "the ciphertext is longer than its place") ||
      !trial.allowed(library.EVP_EncryptFinal_ex(context.get(), bytes_of(ciphertext) + size, &rest),
                     "encrypt final") ||
      !trial.correct(fits(size, rest, ciphertext), "the ciphertext is longer than its place"))
    return false;
  ciphertext.resize(static_cast<std::size_t>(size + rest));
  trial.ask_indicator(library.EVP_CIPHER_CTX_get_params, context.get());
  return true;
}

bool decrypts(Trial& trial, const CipherUse& use, const std::string& ciphertext, bool indicate) {
  const LibCrypto& library = trial.library();
  const Handle<EVP_CIPHER_CTX> context(library.EVP_CIPHER_CTX_new(), {library.EVP_CIPHER_CTX_free});
  std::string text(ciphertext.size() + kCipherSlack, '\0');
  int size = 0, rest = 0;
  if (!trial.usable(context.get(), "context") ||
      !trial.allowed(library.EVP_DecryptInit_ex2(context.get(), use.cipher, bytes_of(use.key),
                                                 use.iv_or_null(), nullptr),
                     "decrypt init") ||
      !trial.allowed(library.EVP_CIPHER_CTX_set_padding(context.get(), 0), "no padding") ||
      !trial.allowed(
          library.EVP_DecryptUpdate(context.get(), bytes_of(text), &size, bytes_of(ciphertext),
                                    static_cast<int>(ciphertext.size())),
          "decrypt") ||
      !trial.correct(fits(size, 0, text), "the plaintext is longer than its place") ||
      !trial.allowed(library.EVP_DecryptFinal_ex(context.get(), bytes_of(text) + size, &rest),
                     "decrypt final") ||
      !trial.correct(fits(size, rest, text), "the plaintext is longer than its place"))
    return false;
  if (indicate) trial.ask_indicator(library.EVP_CIPHER_CTX_get_params, context.get());
  text.resize(static_cast<std::size_t>(size + rest));
  return trial.correct(text == example_plaintext(trial.number("text_bits", 128) / 8),
                       "decryption gives another text");
}

}  // namespace

bool fits(int size, int rest, const std::string& place) {
  return size >= 0 && rest >= 0 &&
         static_cast<std::size_t>(size) + static_cast<std::size_t>(rest) <= place.size();
}

bool perform_cipher(Trial& trial) {
  const auto cipher = fetch_cipher(trial);
  if (!cipher) return false;
  CipherUse use{cipher.get(), {}, {}};
  if (!lengths_make_sense(trial, cipher.get())) return false;
  const LibCrypto& library = trial.library();
  use.key = key_for(trial, static_cast<std::size_t>(library.EVP_CIPHER_get_key_length(use.cipher)));
  use.iv = counting_bytes(static_cast<std::size_t>(library.EVP_CIPHER_get_iv_length(use.cipher)));
  // The default initialization vector of SP 800-38F is the module's own.
  if (trial.service().operation == "wrap") use.iv.clear();
  const std::string answer = trial.bytes("answer");
  if (trial.text("direction") == "decrypt") return decrypts(trial, use, answer, true);
  std::string ciphertext;
  return encrypts(trial, use, ciphertext) &&
         trial.correct(answer.empty() || ciphertext == answer, "the ciphertext is wrong") &&
         decrypts(trial, use, ciphertext, false);
}

Handle<EVP_CIPHER> fetch_cipher(Trial& trial) {
  const LibCrypto& library = trial.library();
  return trial.fetch<EVP_CIPHER>(
      {library.EVP_CIPHER_fetch, library.EVP_CIPHER_free, library.EVP_CIPHER_get0_provider},
      trial.service().algorithm);
}

bool lengths_make_sense(Trial& trial, const EVP_CIPHER* cipher) {
  const int key = trial.library().EVP_CIPHER_get_key_length(cipher);
  const int iv = trial.library().EVP_CIPHER_get_iv_length(cipher);
  return trial.correct(key > 0 && key <= EVP_MAX_KEY_LENGTH && iv >= 0 && iv <= EVP_MAX_IV_LENGTH,
                       "the cipher announces impossible lengths");
}

}  // namespace evidence::drivers
