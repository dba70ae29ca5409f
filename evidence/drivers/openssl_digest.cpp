#include "evidence/drivers/openssl_services.h"

namespace evidence::drivers {
namespace {

/// The digest of kMessage, of `size` bytes; an extendable-output function is asked for that many.
bool digest_message(Trial& trial, EVP_MD_CTX* context, bool extendable, std::string& output) {
  const LibCrypto& library = trial.library();
  if (extendable)
    return trial.allowed(library.EVP_DigestFinalXOF(context, bytes_of(output), output.size()),
                         "digest");
  unsigned int size = 0;
  return trial.allowed(library.EVP_DigestFinal_ex(context, bytes_of(output), &size), "digest") &&
         trial.correct(size == output.size(), "the digest has another length than announced");
}

}  // namespace

bool perform_digest(Trial& trial) {
  const LibCrypto& library = trial.library();
  const auto digest =
      trial.fetch<EVP_MD>({library.EVP_MD_fetch, library.EVP_MD_free, library.EVP_MD_get0_provider},
                          trial.service().algorithm);
  if (!digest) return false;
  const Handle<EVP_MD_CTX> context(library.EVP_MD_CTX_new(), {library.EVP_MD_CTX_free});
  const std::size_t extendable = trial.number("length_bits", 0) / 8;
  const int announced = library.EVP_MD_get_size(digest.get());
  if (!trial.usable(context.get(), "context") ||
      !trial.correct(extendable > 0 || (announced > 0 && announced <= EVP_MAX_MD_SIZE),
                     "the digest announces no possible length"))
    return false;
  std::string output(extendable > 0 ? extendable : static_cast<std::size_t>(announced), '\0');
  if (!trial.allowed(library.EVP_DigestInit_ex2(context.get(), digest.get(), nullptr), "init") ||
      !trial.allowed(library.EVP_DigestUpdate(context.get(), kMessage.data(), kMessage.size()),
                     "update") ||
      !digest_message(trial, context.get(), extendable > 0, output))
    return false;
  trial.ask_indicator(library.EVP_MD_CTX_get_params, context.get());
  return trial.correct(output == trial.bytes("answer"), "the digest is wrong");
}

}  // namespace evidence::drivers
