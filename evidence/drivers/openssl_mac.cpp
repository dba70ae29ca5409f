#include "evidence/drivers/openssl_services.h"

namespace evidence::drivers {
namespace {

constexpr std::size_t kLongestTag = 1024;

OpensslParameters parameters_of(const Trial& trial) {
  OpensslParameters parameters;
  if (const auto digest = trial.text("digest"); !digest.empty()) parameters.text("digest", digest);
  if (const auto cipher = trial.text("cipher"); !cipher.empty()) parameters.text("cipher", cipher);
  if (const auto bits = trial.number("iv_bits", 0); bits > 0)
    parameters.octets("iv", counting_bytes(bits / 8));
  if (const auto bits = trial.number("length_bits", 0); bits > 0) parameters.size("size", bits / 8);
  return parameters;
}

}  // namespace

bool perform_mac(Trial& trial) {
  const LibCrypto& library = trial.library();
  const auto mac = trial.fetch<EVP_MAC>(
      {library.EVP_MAC_fetch, library.EVP_MAC_free, library.EVP_MAC_get0_provider},
      trial.service().algorithm);
  if (!mac) return false;
  const Handle<EVP_MAC_CTX> context(library.EVP_MAC_CTX_new(mac.get()), {library.EVP_MAC_CTX_free});
  if (!trial.usable(context.get(), "context")) return false;
  const std::string key = counting_bytes(trial.number("key_bits", 256) / 8);
  OpensslParameters parameters = parameters_of(trial);
  std::string output(kLongestTag, '\0');
  std::size_t size = 0;
  if (!trial.allowed(
          library.EVP_MAC_init(context.get(), bytes_of(key), key.size(), parameters.list()),
          "init") ||
      !trial.allowed(library.EVP_MAC_update(context.get(), bytes_of(kMessage), kMessage.size()),
                     "update") ||
      !trial.allowed(library.EVP_MAC_final(context.get(), bytes_of(output), &size, output.size()),
                     "mac") ||
      !trial.correct(size <= output.size(), "the MAC is longer than its place"))
    return false;
  trial.ask_indicator(library.EVP_MAC_CTX_get_params, context.get());
  output.resize(size);
  return trial.correct(output == trial.bytes("answer"), "the MAC is wrong");
}

}  // namespace evidence::drivers
