#include "evidence/probes/openssl_child/default_context.h"

#include <array>
#include <memory>
#include <set>

#include "evidence/base/text.h"

namespace evidence::probes::openssl_child {
namespace {

// OPENSSL_VERSION_STRING and OPENSSL_CPU_INFO came with the header of 3.0 under these numbers.
constexpr int kVersionText = OPENSSL_VERSION, kVersion = OPENSSL_VERSION_STRING;

// "built on: Fri …" and "OPENSSLDIR: "/usr/lib/ssl"" without the words before the value.
std::string value_of(const char* sentence) {
  std::string text = base::printable(sentence == nullptr ? "" : sentence);
  if (const auto colon = text.find(": "); colon != std::string::npos) text.erase(0, colon + 2);
  if (text.size() > 1 && text.front() == '"' && text.back() == '"')
    text = text.substr(1, text.size() - 2);
  return text;
}

/// What came of asking for one algorithm with no property query.
struct Fetch {
  bool fetched = false, performed = false;
  const OSSL_PROVIDER* provider = nullptr;
};

Fetch fetch_digest(const drivers::LibCrypto& crypto, const char* name) {
  EVP_MD* digest = crypto.EVP_MD_fetch(nullptr, name, nullptr);
  if (digest == nullptr) return {};
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned int size = 0;
  Fetch fetch{true, false, crypto.EVP_MD_get0_provider(digest)};
  fetch.performed =
      crypto.EVP_Digest("abc", 3, out.data(), &size, digest, nullptr) == 1 && size > 0;
  crypto.EVP_MD_free(digest);
  return fetch;
}

bool encrypts(const drivers::LibCrypto& crypto, const EVP_CIPHER* cipher) {
  const std::array<unsigned char, EVP_MAX_KEY_LENGTH> key{1};
  const std::array<unsigned char, EVP_MAX_IV_LENGTH> iv{2};
  std::array<unsigned char, 64> out{};
  const std::array<unsigned char, 16> in{3};
  int size = 0;
  EVP_CIPHER_CTX* context = crypto.EVP_CIPHER_CTX_new();
  const bool done =
      context != nullptr &&
      crypto.EVP_EncryptInit_ex2(context, cipher, key.data(), iv.data(), nullptr) == 1 &&
      crypto.EVP_EncryptUpdate(context, out.data(), &size, in.data(), in.size()) == 1 && size > 0;
  crypto.EVP_CIPHER_CTX_free(context);
  return done;
}

Fetch fetch_cipher(const drivers::LibCrypto& crypto, const char* name) {
  EVP_CIPHER* cipher = crypto.EVP_CIPHER_fetch(nullptr, name, nullptr);
  if (cipher == nullptr) return {};
  const Fetch fetch{true, encrypts(crypto, cipher), crypto.EVP_CIPHER_get0_provider(cipher)};
  crypto.EVP_CIPHER_free(cipher);
  return fetch;
}

// The context is fetched, the key generated: key management is what makes X25519 usable.
Fetch fetch_key(const drivers::LibCrypto& crypto, const char* name) {
  EVP_PKEY_CTX* context = crypto.EVP_PKEY_CTX_new_from_name(nullptr, name, nullptr);
  if (context == nullptr) return {};
  EVP_PKEY* key = nullptr;
  Fetch fetch{true, false, nullptr};
  fetch.performed = crypto.EVP_PKEY_keygen_init(context) == 1 &&
                    crypto.EVP_PKEY_generate(context, &key) == 1 && key != nullptr;
  if (fetch.performed) fetch.provider = crypto.EVP_PKEY_get0_provider(key);
  crypto.EVP_PKEY_free(key);
  crypto.EVP_PKEY_CTX_free(context);
  return fetch;
}

struct Asked {
  const char* operation;
  const char* algorithm;
  Fetch (*fetch)(const drivers::LibCrypto&, const char*);
};

// Algorithms that no approved mode offers, one of each kind: whoever gets them is not in one.
constexpr Asked kAsked[] = {
    {"digest", "MD5", fetch_digest},
    {"cipher", "ChaCha20-Poly1305", fetch_cipher},
    {"keymgmt", "X25519", fetch_key},
};

void record_fetch(const Session& session, const Asked& asked, Source& source) {
  session.crypto.ERR_clear_error();
  const Fetch fetch = asked.fetch(session.crypto, asked.algorithm);
  const std::string error = fetch.performed ? "" : session.crypto.first_error();
  base::Value provider = nullptr;
  if (fetch.provider != nullptr)
    provider = base::printable(session.crypto.OSSL_PROVIDER_get0_name(fetch.provider));
  source.row("default_fetch", Basis::observed,
             {{"library", session.task.library_name},
              {"host", std::string("host")},
              {"operation", std::string(asked.operation)},
              {"algorithm", std::string(asked.algorithm)},
              {"fetched", std::int64_t{fetch.fetched ? 1 : 0}},
              {"performed", std::int64_t{fetch.performed ? 1 : 0}},
              {"provider", provider},
              {"error", fetch.performed ? base::Value(nullptr) : base::Value(error)}});
}

}  // namespace

void record_library(const Session& session) {
  const drivers::LibCrypto& crypto = session.crypto;
  Source source = session.record.source(
      session.call({"libcrypto"}, session.task.library_name, "OpenSSL_version"));
  const auto version = [&crypto](int item) {
    const char* sentence = crypto.OpenSSL_version(item);
    return value_of(sentence == nullptr ? "" : sentence);
  };
  source.row("libcrypto", Basis::listed,
             {{"library", session.task.library_name},
              {"preferred", std::int64_t{session.task.preferred ? 1 : 0}},
              {"version", version(kVersion)},
              {"version_text", version(kVersionText)},
              {"built_on", version(OPENSSL_BUILT_ON)},
              {"platform", version(OPENSSL_PLATFORM)},
              {"compiler", version(OPENSSL_CFLAGS)},
              {"openssldir", version(OPENSSL_DIR)},
              {"modulesdir", version(OPENSSL_MODULES_DIR)},
              {"cpu_settings", version(OPENSSL_CPU_INFO)},
              {"seed_source", value_of(crypto.OPENSSL_info(OPENSSL_INFO_SEED_SOURCE))}});
}

bool load_configuration(const Session& session) {
  session.crypto.ERR_clear_error();
  return session.crypto.OPENSSL_init_crypto(OPENSSL_INIT_LOAD_CONFIG, nullptr) == 1;
}

void record_default_context(const Session& session, bool loaded,
                            const std::vector<LoadedProvider>& active) {
  std::vector<std::string> names;
  for (const LoadedProvider& provider : active) names.push_back(provider.name);
  const std::string error = loaded ? "" : session.crypto.first_error();
  Source source = session.record.source(
      session.call({"default_context"}, session.task.library_name, "OPENSSL_init_crypto"));
  const bool fips = session.crypto.EVP_default_properties_is_fips_enabled(nullptr) == 1;
  source.row("default_context", Basis::observed,
             {{"library", session.task.library_name},
              {"configuration_loaded", std::int64_t{loaded ? 1 : 0}},
              {"error", loaded ? base::Value(nullptr) : base::Value(error)},
              {"fips_by_default", std::int64_t{fips ? 1 : 0}},
              {"providers", base::join(names, " ")}});
}

void record_default_fetches(const Session& session) {
  Source source = session.record.source(
      session.call({"default_fetch"}, "host", "EVP_*_fetch with no property query"));
  for (const Asked& asked : kAsked) record_fetch(session, asked, source);
}

void record_loaded_objects(const Session& session) {
  Source source = session.record.file({{"loaded_object"}, "host", "/proc/self/maps", "read"});
  if (!source.observed()) return;
  std::set<std::string> paths;
  for (const auto line : base::lines(source.text()))
    if (const auto slash = line.find('/'); slash != std::string_view::npos)
      if (const auto path = line.substr(slash); !path.starts_with("/memfd:")) paths.emplace(path);
  const std::string& root = session.task.root;
  for (const std::string& path : paths)
    source.row("loaded_object", Basis::observed,
               {{"library", session.task.library_name},
                {"host", std::string("host")},
                {"path", base::printable(path)},
                {"inside_root", std::int64_t{root.empty() || path.starts_with(root + "/") ||
                                             path.ends_with("/assay-probe-openssl")}}});
}

}  // namespace evidence::probes::openssl_child
