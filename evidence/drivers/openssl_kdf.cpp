#include <array>

#include "evidence/drivers/openssl_services.h"

namespace evidence::drivers {
namespace {

/// A parameter of the catalogue and what OpenSSL calls it.
struct Naming {
  const char* catalogue;
  const char* openssl;
};

constexpr std::array kTexts{Naming{"digest", "digest"}, Naming{"mac", "mac"},
                            Naming{"cipher", "cipher"}, Naming{"mode", "mode"},
                            Naming{"wrap", "cekalg"},   Naming{"type", "type"}};
constexpr std::array kTextsAsOctets{Naming{"info", "info"}, Naming{"context", "info"},
                                    Naming{"constant", "constant"}};
constexpr std::array kCountingOctets{Naming{"salt_bits", "salt"}, Naming{"hash_bits", "xcghash"},
                                     Naming{"session_bits", "session_id"}};
constexpr std::array kSizes{Naming{"iterations", "iter"},
                            Naming{"n", "n"},
                            Naming{"r", "r"},
                            Naming{"p", "p"},
                            Naming{"lanes", "lanes"},
                            Naming{"memory_kib", "memcost"},
                            Naming{"purpose", "id"}};

/// What the function at hand calls the secret it starts from.
const char* secret_name(const std::string& algorithm) {
  if (algorithm == "TLS1-PRF") return "secret";
  for (const char* password : {"PBKDF2", "SCRYPT", "PKCS12KDF", "ARGON2ID"})
    if (algorithm == password) return "pass";
  return "key";
}

/// A label goes where each function has its place for it: SP 800-108 a label, TLS 1.2 the start of
/// the seed before two hello randoms or a session hash (RFC 5246, 8.1; RFC 7627, 4), TLS 1.3 a
/// label after its prefix, with a transcript hash (RFC 8446, 7.1).
void add_label(OpensslParameters& parameters, const Trial& trial) {
  const std::string label = trial.text("label");
  if (label.empty()) return;
  if (trial.service().algorithm == "TLS1-PRF") {
    parameters.octets("seed", label + counting_bytes(trial.number("seed_bits", 512) / 8));
  } else if (trial.service().algorithm == "TLS13-KDF") {
    parameters.octets("prefix", "tls13 ").octets("label", label);
    parameters.octets("data", counting_bytes(trial.number("transcript_bits", 256) / 8));
  } else {
    parameters.octets("salt", label);
  }
}

OpensslParameters parameters_of(const Trial& trial) {
  OpensslParameters parameters;
  parameters.octets(secret_name(trial.service().algorithm),
                    counting_bytes(trial.number("key_bits", 256) / 8));
  for (const Naming& name : kTexts)
    if (const auto text = trial.text(name.catalogue); !text.empty())
      parameters.text(name.openssl, text);
  for (const Naming& name : kTextsAsOctets)
    if (const auto text = trial.text(name.catalogue); !text.empty())
      parameters.octets(name.openssl, text);
  for (const Naming& name : kCountingOctets)
    if (const auto bits = trial.number(name.catalogue, 0); bits > 0)
      parameters.octets(name.openssl, counting_bytes(bits / 8));
  for (const Naming& name : kSizes)
    if (const auto size = trial.number(name.catalogue, 0); size > 0)
      parameters.size(name.openssl, size);
  add_label(parameters, trial);
  return parameters;
}

}  // namespace

bool perform_derive(Trial& trial) {
  const LibCrypto& library = trial.library();
  const auto kdf = trial.fetch<EVP_KDF>(
      {library.EVP_KDF_fetch, library.EVP_KDF_free, library.EVP_KDF_get0_provider},
      trial.service().algorithm);
  if (!kdf) return false;
  const Handle<EVP_KDF_CTX> context(library.EVP_KDF_CTX_new(kdf.get()), {library.EVP_KDF_CTX_free});
  OpensslParameters parameters = parameters_of(trial);
  std::string output(trial.number("length_bits", 256) / 8, '\0');
  if (!trial.usable(context.get(), "context") ||
      !trial.allowed(
          library.EVP_KDF_derive(context.get(), bytes_of(output), output.size(), parameters.list()),
          "derive"))
    return false;
  trial.ask_indicator(library.EVP_KDF_CTX_get_params, context.get());
  return trial.correct(output == trial.bytes("answer"), "the derived key is wrong");
}

}  // namespace evidence::drivers
