#include "evidence/drivers/openssl_services.h"

namespace evidence::drivers {
namespace {

constexpr std::size_t kLength = 48;

OpensslParameters parameters_of(const Trial& trial) {
  OpensslParameters parameters;
  if (const auto cipher = trial.text("cipher"); !cipher.empty())
    parameters.text("cipher", cipher).integer("use_derivation_function", 1);
  if (const auto digest = trial.text("digest"); !digest.empty()) parameters.text("digest", digest);
  if (const auto mac = trial.text("mac"); !mac.empty()) parameters.text("mac", mac);
  return parameters;
}

bool generate(Trial& trial, EVP_RAND_CTX* context, unsigned int strength, std::string& output) {
  output.assign(kLength, '\0');
  return trial.allowed(trial.library().EVP_RAND_generate(context, bytes_of(output), output.size(),
                                                         strength, 0, nullptr, 0),
                       "generate");
}

}  // namespace

bool perform_random(Trial& trial) {
  const LibCrypto& library = trial.library();
  const auto generator = trial.fetch<EVP_RAND>(
      {library.EVP_RAND_fetch, library.EVP_RAND_free, library.EVP_RAND_get0_provider},
      trial.service().algorithm);
  if (!generator) return false;
  // No parent: the generator seeds itself from what the module takes entropy from.
  const Handle<EVP_RAND_CTX> context(library.EVP_RAND_CTX_new(generator.get(), nullptr),
                                     {library.EVP_RAND_CTX_free});
  if (!trial.usable(context.get(), "context")) return false;
  OpensslParameters parameters = parameters_of(trial);
  const auto strength = static_cast<unsigned int>(trial.number("strength", 128));
  std::string one, other;
  if (!trial.allowed(
          library.EVP_RAND_instantiate(context.get(), strength, 0, nullptr, 0, parameters.list()),
          "instantiate") ||
      !generate(trial, context.get(), strength, one) ||
      !generate(trial, context.get(), strength, other))
    return false;
  trial.ask_indicator(library.EVP_RAND_CTX_get_params, context.get());
  return trial.correct(
      one != other && one != std::string(kLength, '\0') && other != std::string(kLength, '\0'),
      "the generator repeats itself");
}

}  // namespace evidence::drivers
