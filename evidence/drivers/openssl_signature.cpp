#include <optional>

#include "evidence/drivers/openssl_key.h"
#include "evidence/drivers/openssl_services.h"

namespace evidence::drivers {
namespace {

/// How a signature is made: "" for a digest lets the algorithm take its own.
struct Scheme {
  std::string digest;
  std::string padding;
  std::string salt;

  const char* digest_or_null() const { return digest.empty() ? nullptr : digest.c_str(); }
  OpensslParameters parameters() const {
    OpensslParameters parameters;
    if (!padding.empty()) parameters.text("pad-mode", padding);
    if (!salt.empty()) parameters.text("saltlen", salt);
    return parameters;
  }
};

Scheme scheme_of(const Trial& trial) {
  return {trial.text("digest"), trial.text("padding"), trial.text("salt_bytes")};
}

/// A key and how it is used; `indicate` says that its next use is the service itself, so that the
/// indicator counts.
struct Signer {
  EVP_PKEY* key;
  Scheme scheme;
  bool indicate;
};

/// Sets padding and salt once the digest is set: what X9.31 allows depends on it.
bool set_scheme(Trial& trial, EVP_MD_CTX* outer, EVP_PKEY_CTX* context, const Scheme& scheme) {
  // Without this flag the library signs with a copy of the context, and the indicator is lost.
  trial.library().EVP_MD_CTX_set_flags(outer, EVP_MD_CTX_FLAG_FINALISE);
  if (scheme.padding.empty()) return true;
  OpensslParameters parameters = scheme.parameters();
  return trial.usable(context, "inner context") &&
         trial.allowed(trial.library().EVP_PKEY_CTX_set_params(context, parameters.list()),
                       "padding");
}

Handle<EVP_MD_CTX> new_context(Trial& trial) {
  Handle<EVP_MD_CTX> context(trial.library().EVP_MD_CTX_new(), {trial.library().EVP_MD_CTX_free});
  trial.usable(context.get(), "context");
  return context;
}

bool sign(Trial& trial, const Signer& signer, std::string& signature) {
  const LibCrypto& library = trial.library();
  const auto context = new_context(trial);
  EVP_PKEY_CTX* inner = nullptr;  // belongs to `context`
  std::size_t size = 0;
  if (!context ||
      !trial.allowed(library.EVP_DigestSignInit_ex(
                         context.get(), &inner, signer.scheme.digest_or_null(),
                         trial.module().context, trial.module().query(), signer.key, nullptr),
                     "sign init") ||
      !set_scheme(trial, context.get(), inner, signer.scheme) ||
      !trial.allowed(library.EVP_DigestSign(context.get(), nullptr, &size, bytes_of(kMessage),
                                            kMessage.size()),
                     "size of signature") ||
      !trial.correct(size <= kLongestResult, "the module announces an endless signature"))
    return false;
  signature.assign(size, '\0');
  if (!trial.allowed(library.EVP_DigestSign(context.get(), bytes_of(signature), &size,
                                            bytes_of(kMessage), kMessage.size()),
                     "sign") ||
      !trial.correct(size <= signature.size(), "the signature is longer than announced"))
    return false;
  signature.resize(size);
  if (signer.indicate && inner != nullptr)
    trial.ask_indicator(library.EVP_PKEY_CTX_get_params, inner);
  return true;
}

/// Does the module take `signature` for one of `message`? Nothing if it would not say.
std::optional<bool> verify(Trial& trial, const Signer& signer, const std::string& signature,
                           std::string_view message) {
  const LibCrypto& library = trial.library();
  const auto context = new_context(trial);
  EVP_PKEY_CTX* inner = nullptr;  // belongs to `context`
  if (!context ||
      !trial.allowed(library.EVP_DigestVerifyInit_ex(
                         context.get(), &inner, signer.scheme.digest_or_null(),
                         trial.module().context, trial.module().query(), signer.key, nullptr),
                     "verify init") ||
      !set_scheme(trial, context.get(), inner, signer.scheme))
    return std::nullopt;
  const bool genuine =
      library.EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(),
                               bytes_of(message), message.size()) == 1;
  if (signer.indicate && inner != nullptr)
    trial.ask_indicator(library.EVP_PKEY_CTX_get_params, inner);
  return genuine;
}

/// Does the module know a signature from that of another message?
bool tells_apart(Trial& trial, Signer signer, const std::string& signature) {
  const LibCrypto& library = trial.library();
  const auto genuine = verify(trial, signer, signature, kMessage);
  if (!genuine) return false;
  const std::string reason =
      library.ERR_peek_error() == 0 ? std::string() : ": " + library.first_error();
  if (!trial.correct(*genuine, "the module does not accept the signature" + reason)) return false;
  signer.indicate = false;
  const auto forged = verify(trial, signer, signature, kOtherMessage);
  return forged && trial.correct(!*forged, "the module accepts the signature for another message");
}

}  // namespace

bool perform_sign(Trial& trial) {
  const auto key = key_of_service(trial);
  if (!key) return false;
  const Signer signer{key.get(), scheme_of(trial), true};
  std::string signature;
  return sign(trial, signer, signature) &&
         tells_apart(trial, {signer.key, signer.scheme, false}, signature);
}

bool perform_verify(Trial& trial) {
  const auto key = import_key(trial, trial.text("key"), false);
  return key && tells_apart(trial, {key.get(), scheme_of(trial), true}, trial.bytes("signature"));
}

bool signs_and_verifies(Trial& trial, EVP_PKEY* key) {
  const Signer signer{key, {"SHA2-256", "", ""}, false};
  std::string signature;
  return sign(trial, signer, signature) && tells_apart(trial, signer, signature);
}

}  // namespace evidence::drivers
