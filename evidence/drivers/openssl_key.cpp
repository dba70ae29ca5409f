#include "evidence/drivers/openssl_key.h"

#include <array>

#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "evidence/drivers/openssl_services.h"

namespace evidence::drivers {
namespace {

/// A part of an RSA key and what OpenSSL calls it.
struct Part {
  const char* name;
  const char* openssl;
};
constexpr std::array kRsaParts{Part{"n", "n"},
                               Part{"e", "e"},
                               Part{"d", "d"},
                               Part{"p", "rsa-factor1"},
                               Part{"q", "rsa-factor2"},
                               Part{"dp", "rsa-exponent1"},
                               Part{"dq", "rsa-exponent2"},
                               Part{"qinv", "rsa-coefficient1"}};

bool is_private(const std::string& part) { return part != "n" && part != "e"; }

void add_rsa(OpensslParameters& parameters, const TestKey& key, bool with_private) {
  for (const Part& part : kRsaParts)
    if (const auto found = key.parts.find(part.name);
        found != key.parts.end() && (with_private || !is_private(part.name)))
      parameters.number(part.openssl, found->second);
}

/// p, q and g of DSA and of Diffie-Hellman groups without a name.
void add_domain(OpensslParameters& parameters, const TestKey& key) {
  for (const char* name : {"p", "q", "g"})
    if (const auto found = key.parts.find(name); found != key.parts.end())
      parameters.number(name, found->second);
}

/// The public and the private key of all but RSA: what is an integer in mathematics is a number for
/// OpenSSL, except points.
void add_pair(OpensslParameters& parameters, const TestKey& key, bool with_private) {
  const bool finite_field = key.algorithm == "DSA" || key.algorithm == "DH";
  if (const auto found = key.parts.find("pub"); found != key.parts.end())
    finite_field ? parameters.number("pub", found->second)
                 : parameters.octets("pub", found->second);
  if (const auto found = key.parts.find("priv"); with_private && found != key.parts.end())
    finite_field || key.algorithm == "EC" ? parameters.number("priv", found->second)
                                          : parameters.octets("priv", found->second);
}

const TestKey& test_key(const Trial& trial, const std::string& name) {
  const auto found = trial.module().keys.find(name);
  if (found == trial.module().keys.end())
    throw base::Error(base::ErrorKind::input, "catalogue.csv: " + trial.service().id +
                                                  ": no test key is called \"" + name + "\"");
  return found->second;
}

/// A context for keys of `algorithm` that are not there yet. Null: the trial says why.
Handle<EVP_PKEY_CTX> context_for_new(Trial& trial, const std::string& algorithm) {
  const LibCrypto& library = trial.library();
  Handle<EVP_PKEY_CTX> context(nullptr, {library.EVP_PKEY_CTX_free});
  const auto manager = trial.fetch<EVP_KEYMGMT>(
      {library.EVP_KEYMGMT_fetch, library.EVP_KEYMGMT_free, library.EVP_KEYMGMT_get0_provider},
      algorithm);
  if (!manager) return context;
  context.reset(library.EVP_PKEY_CTX_new_from_name(trial.module().context, algorithm.c_str(),
                                                   trial.module().query()));
  trial.usable(context.get(), "context for " + algorithm);
  return context;
}

Handle<EVP_PKEY> from_parameters(Trial& trial, const std::string& algorithm, int selection,
                                 OpensslParameters& parameters, const std::string& step) {
  const LibCrypto& library = trial.library();
  Handle<EVP_PKEY> key(nullptr, {library.EVP_PKEY_free});
  const auto context = context_for_new(trial, algorithm);
  if (!context || !trial.allowed(library.EVP_PKEY_fromdata_init(context.get()), step)) return key;
  EVP_PKEY* imported = nullptr;
  const int code =
      library.EVP_PKEY_fromdata(context.get(), &imported, selection, parameters.list());
  // Some versions leave an empty key behind when they refuse to fill it.
  key.reset(imported);
  if (!trial.allowed(code, step) || !trial.usable(imported, step)) key.reset();
  return key;
}

/// A key with only the domain parameters of test key `name`.
Handle<EVP_PKEY> import_domain(Trial& trial, const std::string& name) {
  const TestKey& key = test_key(trial, name);
  OpensslParameters parameters;
  add_domain(parameters, key);
  return from_parameters(trial, key.algorithm, EVP_PKEY_KEY_PARAMETERS, parameters,
                         "import of domain parameters");
}

OpensslParameters generation_parameters(const Trial& trial) {
  OpensslParameters parameters;
  if (const auto bits = trial.number("bits", 0); bits > 0) parameters.size("bits", bits);
  if (const auto exponent = trial.number("exponent", 0); exponent > 0)
    parameters.size("e", exponent);
  if (const auto group = trial.text("group"); !group.empty()) parameters.text("group", group);
  return parameters;
}

/// Is a new key what was asked for, and do its halves belong together?
bool fits_together(Trial& trial, EVP_PKEY* key, const std::string& algorithm) {
  const LibCrypto& library = trial.library();
  const auto bits = trial.number("bits", 0);
  if (bits > 0 && !trial.correct(library.EVP_PKEY_get_bits(key) == static_cast<int>(bits),
                                 "the key has another size than asked for"))
    return false;
  // The library checks an RSA pair by testing the primes again; a signature is much faster.
  if (algorithm == "RSA") return signs_and_verifies(trial, key);
  const auto context = context_for(trial, key);
  if (!context) return false;
  const int checked = library.EVP_PKEY_pairwise_check(context.get());
  library.ERR_clear_error();
  // Below 0: the module has no such check.
  return trial.correct(checked != 0, "the halves of the key do not belong together");
}

}  // namespace

Handle<EVP_PKEY> import_key(Trial& trial, const std::string& name, bool with_private) {
  const TestKey& key = test_key(trial, name);
  OpensslParameters parameters;
  if (!key.group.empty()) parameters.text("group", key.group);
  if (key.algorithm == "RSA") {
    add_rsa(parameters, key, with_private);
  } else {
    add_domain(parameters, key);
    add_pair(parameters, key, with_private);
  }
  return from_parameters(trial, key.algorithm,
                         with_private ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, parameters,
                         "import of " + name);
}

Handle<EVP_PKEY> generate_key(Trial& trial, const std::string& algorithm) {
  const LibCrypto& library = trial.library();
  Handle<EVP_PKEY> key(nullptr, {library.EVP_PKEY_free});
  const std::string domain = trial.text("domain");
  const auto template_key = domain.empty() ? nullptr : import_domain(trial, domain);
  if (!domain.empty() && !template_key) return key;
  const auto context =
      domain.empty() ? context_for_new(trial, algorithm) : context_for(trial, template_key.get());
  OpensslParameters parameters = generation_parameters(trial);
  EVP_PKEY* generated = nullptr;
  if (!context || !trial.allowed(library.EVP_PKEY_keygen_init(context.get()), "key generation") ||
      !trial.allowed(library.EVP_PKEY_CTX_set_params(context.get(), parameters.list()),
                     "parameters of key generation") ||
      !trial.allowed(library.EVP_PKEY_generate(context.get(), &generated), "key generation"))
    return key;
  key.reset(generated);
  if (trial.usable(generated, "key generation") && trial.service().operation == "keygen")
    trial.ask_indicator(library.EVP_PKEY_CTX_get_params, context.get());
  return key;
}

Handle<EVP_PKEY> key_of_service(Trial& trial) {
  const std::string name = trial.text("key");
  return name.empty() ? generate_key(trial, trial.service().algorithm)
                      : import_key(trial, name, true);
}

Handle<EVP_PKEY_CTX> context_for(Trial& trial, EVP_PKEY* key) {
  const LibCrypto& library = trial.library();
  Handle<EVP_PKEY_CTX> context(
      library.EVP_PKEY_CTX_new_from_pkey(trial.module().context, key, trial.module().query()),
      {library.EVP_PKEY_CTX_free});
  trial.usable(context.get(), "context for a key");
  return context;
}

bool perform_keygen(Trial& trial) {
  const auto key = generate_key(trial, trial.service().algorithm);
  return key && fits_together(trial, key.get(), trial.service().algorithm);
}

}  // namespace evidence::drivers
