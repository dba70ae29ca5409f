#include "evidence/drivers/openssl_cipher.h"
#include "evidence/drivers/openssl_services.h"

namespace evidence::drivers {
namespace {

constexpr std::size_t kTagLength = 16;
constexpr std::size_t kGeneratedLength = 12;

/// What an authenticated encryption gives; `iv` is filled in where the module makes it itself.
struct Sealed {
  std::string text;
  std::string tag;
};

bool is_ccm(const Trial& trial) { return trial.text("mode") == "ccm"; }
bool is_synthetic(const Trial& trial) { return trial.text("mode") == "siv"; }
bool is_internal(const Trial& trial) { return trial.text("iv") == "internal"; }

/// Gives the context its key, and what must be known before any text is.
bool begin(Trial& trial, EVP_CIPHER_CTX* context, const CipherUse& use, OpensslParameters& given,
           bool encrypt) {
  const LibCrypto& library = trial.library();
  const auto init = encrypt ? library.EVP_EncryptInit_ex2 : library.EVP_DecryptInit_ex2;
  // Lengths go in before the key and the initialization vector (EVP_EncryptInit(3), CCM and OCB).
  return trial.allowed(init(context, use.cipher, nullptr, nullptr, given.list()), "init") &&
         trial.allowed(init(context, nullptr, bytes_of(use.key), use.iv_or_null(), nullptr), "key");
}

/// CCM wants to know the length of the text first (SP 800-38C, 6.1).
bool announce_length(Trial& trial, EVP_CIPHER_CTX* context, bool encrypt) {
  if (!is_ccm(trial)) return true;
  const LibCrypto& library = trial.library();
  const auto update = encrypt ? library.EVP_EncryptUpdate : library.EVP_DecryptUpdate;
  int size = 0;
  return trial.allowed(update(context, nullptr, &size, nullptr, static_cast<int>(kMessage.size())),
                       "length");
}

bool seal(Trial& trial, CipherUse& use, Sealed& sealed) {
  const LibCrypto& library = trial.library();
  const Handle<EVP_CIPHER_CTX> context(library.EVP_CIPHER_CTX_new(), {library.EVP_CIPHER_CTX_free});
  OpensslParameters given;
  if (!use.iv.empty()) given.size("ivlen", use.iv.size());
  if (is_ccm(trial)) given.octets_to_come("tag", kTagLength);
  std::string text(kMessage.size() + kCipherSlack, '\0');
  int size = 0, rest = 0;
  if (!trial.usable(context.get(), "context") || !begin(trial, context.get(), use, given, true) ||
      !announce_length(trial, context.get(), true) ||
      !trial.allowed(
          library.EVP_EncryptUpdate(context.get(), nullptr, &size, bytes_of(kAdditionalData),
                                    static_cast<int>(kAdditionalData.size())),
          "additional data") ||
      !trial.allowed(
          library.EVP_EncryptUpdate(context.get(), bytes_of(text), &size, bytes_of(kMessage),
                                    static_cast<int>(kMessage.size())),
          "encrypt") ||
      !trial.correct(fits(size, 0, text), "the ciphertext is longer than its place") ||
      !trial.allowed(library.EVP_EncryptFinal_ex(context.get(), bytes_of(text) + size, &rest),
                     "encrypt final") ||
      !trial.correct(fits(size, rest, text), "the ciphertext is longer than its place"))
    return false;
  sealed.text = text.substr(0, static_cast<std::size_t>(size + rest));
  trial.ask_indicator(library.EVP_CIPHER_CTX_get_params, context.get());
  OpensslParameters wanted;
  wanted.octets("tag", std::string(kTagLength, '\0'));
  if (is_internal(trial)) wanted.octets("iv", std::string(kGeneratedLength, '\0'));
  OSSL_PARAM* list = wanted.list();
  if (!trial.allowed(library.EVP_CIPHER_CTX_get_params(context.get(), list), "tag")) return false;
  sealed.tag.assign(static_cast<const char*>(list[0].data), kTagLength);
  if (is_internal(trial)) use.iv.assign(static_cast<const char*>(list[1].data), kGeneratedLength);
  return true;
}

/// Tries to open what was sealed; `genuine` says whether the module took it for that. False only if
/// it came to no try.
bool opens(Trial& trial, const CipherUse& use, const Sealed& sealed, bool& genuine) {
  const LibCrypto& library = trial.library();
  const Handle<EVP_CIPHER_CTX> context(library.EVP_CIPHER_CTX_new(), {library.EVP_CIPHER_CTX_free});
  OpensslParameters given, tag;
  if (!use.iv.empty()) given.size("ivlen", use.iv.size());
  if (is_ccm(trial)) given.octets("tag", sealed.tag);
  tag.octets("tag", sealed.tag);
  std::string text(sealed.text.size() + kCipherSlack, '\0');
  int size = 0, rest = 0;
  if (!trial.usable(context.get(), "context") || !begin(trial, context.get(), use, given, false) ||
      !trial.allowed(library.EVP_CIPHER_CTX_set_params(context.get(), tag.list()), "tag") ||
      !announce_length(trial, context.get(), false) ||
      !trial.allowed(
          library.EVP_DecryptUpdate(context.get(), nullptr, &size, bytes_of(kAdditionalData),
                                    static_cast<int>(kAdditionalData.size())),
          "additional data"))
    return false;
  const bool updated =
      library.EVP_DecryptUpdate(context.get(), bytes_of(text), &size, bytes_of(sealed.text),
                                static_cast<int>(sealed.text.size())) > 0 &&
      fits(size, 0, text);
  // CCM is done after its one update: there is nothing left for a final call to check.
  genuine = updated && (is_ccm(trial) || library.EVP_DecryptFinal_ex(
                                             context.get(), bytes_of(text) + size, &rest) > 0);
  genuine = genuine && text.compare(0, kMessage.size(), kMessage) == 0;
  library.ERR_clear_error();
  return true;
}

}  // namespace

bool perform_aead(Trial& trial) {
  const auto cipher = fetch_cipher(trial);
  if (!cipher || !lengths_make_sense(trial, cipher.get())) return false;
  const auto key_length = trial.library().EVP_CIPHER_get_key_length(cipher.get());
  CipherUse use{cipher.get(), counting_bytes(static_cast<std::size_t>(key_length)),
                counting_bytes(trial.number("iv_bits", 96) / 8)};
  if (is_internal(trial) || is_synthetic(trial)) use.iv.clear();
  Sealed sealed;
  bool genuine = false, forged = true;
  if (!seal(trial, use, sealed)) return false;
  const std::string answer = trial.bytes("answer");
  if (!trial.correct(answer.empty() || sealed.text + sealed.tag == answer,
                     "ciphertext or tag is wrong") ||
      !opens(trial, use, sealed, genuine) ||
      !trial.correct(genuine, "the module does not open what it sealed"))
    return false;
  sealed.tag[0] = static_cast<char>(sealed.tag[0] ^ 1);
  return opens(trial, use, sealed, forged) &&
         trial.correct(!forged, "the module accepts a changed tag");
}

}  // namespace evidence::drivers
