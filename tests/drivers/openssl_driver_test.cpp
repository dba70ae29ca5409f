#include "evidence/drivers/openssl_driver.h"

#include <limits>
#include <map>

#include "evidence/base/error.h"
#include "evidence/base/resource.h"
#include "evidence/drivers/embedded.h"
#include "tests/catch.h"

using namespace evidence::drivers;

namespace {

const std::map<std::string, Service>& catalogue() {
  static const auto services = [] {
    std::map<std::string, Service> by_id;
    for (Service& service :
         read_catalogue(base::find_resource(embedded(), "drivers/catalogue.csv")))
      by_id.emplace(service.id, service);
    return by_id;
  }();
  return services;
}

const LibCrypto& machine_library() {
  static const LibCrypto library("libcrypto.so.3");
  return library;
}

/// A context of its own with nothing but the default provider, whatever this machine's
/// configuration says.
class DefaultOnly {
 public:
  explicit DefaultOnly(const LibCrypto& library = machine_library())
      : library_(library),
        context_(library.OSSL_LIB_CTX_new()),
        provider_(library.OSSL_PROVIDER_load(context_, "default")) {
    REQUIRE(provider_ != nullptr);
  }
  DefaultOnly(const DefaultOnly&) = delete;
  DefaultOnly& operator=(const DefaultOnly&) = delete;
  ~DefaultOnly() {
    int (*unload)(OSSL_PROVIDER*) = library_.required("OSSL_PROVIDER_unload");
    unload(provider_);
    library_.OSSL_LIB_CTX_free(context_);
  }

  ServiceResult perform(const Service& service, const std::string& properties = {}) const {
    return OpensslDriver(library_, context_, properties).perform(service);
  }
  ServiceResult perform(const std::string& id) const { return perform(catalogue().at(id)); }
  OSSL_LIB_CTX* context() const { return context_; }

 private:
  const LibCrypto& library_;
  OSSL_LIB_CTX* context_;
  OSSL_PROVIDER* provider_;
};

Service with(std::string id, const std::string& parameter, const std::string& value) {
  Service service = catalogue().at(id);
  service.parameters[parameter] = value;
  return service;
}

std::string attempt_of(const ServiceResult& result) { return std::string(name_of(result.attempt)); }

}  // namespace

// Expected: OSSL_PROVIDER-default(7) and OSSL_PROVIDER-legacy(7) list what each provider has.
TEST_CASE("the default provider performs what it lists and nothing of the legacy provider") {
  const DefaultOnly machine;
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"digest-md5", "performed"},
      {"digest-sha2-256", "performed"},
      {"digest-sha3-256", "performed"},
      {"digest-shake256", "performed"},
      {"mac-hmac-sha2-256", "performed"},
      {"mac-kmac256", "performed"},
      {"mac-siphash", "performed"},
      {"cipher-aes-256-xts", "performed"},
      {"cipher-tdes-cbc-encrypt", "performed"},
      {"cipher-chacha20", "performed"},
      {"aead-aes-256-gcm", "performed"},
      {"aead-aes-256-gcm-internal-iv", "performed"},
      {"aead-aes-256-ccm", "performed"},
      {"aead-aes-256-siv", "performed"},
      {"wrap-aes-256-kwp", "performed"},
      {"keygen-rsa-1024", "performed"},
      {"keygen-ec-p256", "performed"},
      {"keygen-ed25519", "performed"},
      {"sign-rsa-1024-sha256", "performed"},
      {"sign-rsa-2048-pss", "performed"},
      {"sign-rsa-2048-x931", "performed"},
      {"sign-ed448", "performed"},
      {"sign-dsa-2048", "performed"},
      {"verify-rsa-1024-sha1", "performed"},
      {"encrypt-rsa-2048-oaep", "performed"},
      {"agree-x25519", "performed"},
      {"agree-dh-ffdhe2048", "performed"},
      {"kem-rsasve-2048", "performed"},
      {"derive-hkdf-sha256", "performed"},
      {"derive-x942kdf-sha256", "performed"},
      {"derive-krb5kdf", "performed"},
      {"random-hash-drbg-sha384", "performed"},
      {"digest-md4", "unsupported"},
      {"cipher-rc4", "unsupported"},
      {"cipher-des-cbc", "unsupported"},
      {"cipher-blowfish-cbc", "unsupported"},
      {"cipher-aes-256-xts-equal-halves", "refused"}};
  for (const auto& [id, attempt] : expected) {
    const ServiceResult result = machine.perform(id);
    INFO(id << ": " << result.reason);
    CHECK(attempt_of(result) == attempt);
    CHECK(result.provider == (attempt == "unsupported" ? "" : "default"));
    CHECK(result.reason.empty() == (attempt == "performed"));
  }
}

TEST_CASE("what is only in the legacy provider is performed by it and named after it") {
  const DefaultOnly machine;
  const LibCrypto& library = machine_library();
  int (*unload)(OSSL_PROVIDER*) = library.required("OSSL_PROVIDER_unload");
  OSSL_PROVIDER* legacy = library.OSSL_PROVIDER_load(machine.context(), "legacy");
  if (legacy == nullptr) {
    library.ERR_clear_error();
    WARN("this machine has no legacy provider: nothing was tested");
    return;
  }
  for (const char* id : {"digest-md4", "cipher-rc4", "cipher-des-cbc", "cipher-cast5-cbc"}) {
    const ServiceResult result = machine.perform(id);
    INFO(id << ": " << result.reason);
    CHECK(result.attempt == Attempt::performed);
    CHECK(result.provider == "legacy");
  }
  unload(legacy);
}

TEST_CASE("no service of the catalogue ends in an error, an indicator or a full error queue") {
  const DefaultOnly machine;
  OpensslDriver driver(machine_library(), machine.context(), "");
  for (const auto& [id, service] : catalogue()) {
    const ServiceResult result = driver.perform(service);
    INFO(id << ": " << result.reason);
    CHECK(result.attempt != Attempt::error);
    CHECK(result.indicator == Indicator::none);
    CHECK(result.indicator_kind == "none");
    CHECK(machine_library().ERR_peek_error() == 0);
  }
}

TEST_CASE("a property query that no provider answers makes every service unsupported") {
  const DefaultOnly machine;
  for (const auto& [id, service] : catalogue()) {
    const ServiceResult result = machine.perform(service, "provider=nobody");
    INFO(id << ": " << result.reason);
    CHECK(result.attempt == Attempt::unsupported);
    CHECK(result.reason.find("unsupported") != std::string::npos);
  }
}

TEST_CASE("a result that is not the known answer is an error") {
  const DefaultOnly machine;
  for (const char* id : {"digest-sha2-256", "digest-shake128", "mac-hmac-sha2-256",
                         "mac-gmac-aes-256", "cipher-aes-256-cbc", "cipher-tdes-cbc-decrypt",
                         "aead-aes-256-gcm", "wrap-aes-256-kw", "derive-hkdf-sha256"}) {
    std::string answer = catalogue().at(id).parameters.at("answer");
    answer[0] = answer[0] == '0' ? '1' : '0';
    const ServiceResult result = machine.perform(with(id, "answer", answer));
    INFO(id << ": " << result.reason);
    CHECK(result.attempt == Attempt::error);
    CHECK(!result.reason.empty());
  }
}

TEST_CASE("a service without the known answer it needs is never performed") {
  const DefaultOnly machine;
  for (const char* id : {"digest-sha2-256", "mac-kmac128", "derive-pbkdf2"})
    CHECK(machine.perform(with(id, "answer", "")).attempt == Attempt::error);
}

TEST_CASE("a signature of another message is not accepted") {
  const DefaultOnly machine;
  const std::string other = catalogue().at("verify-rsa-1024-sha256").parameters.at("signature");
  const ServiceResult result = machine.perform(with("verify-rsa-1024-sha1", "signature", other));
  CHECK(result.attempt == Attempt::error);
  CHECK(result.reason.rfind("the module does not accept the signature", 0) == 0);
}

TEST_CASE("an entry of the catalogue that makes no sense is an error of the input") {
  const DefaultOnly machine;
  Service unknown = catalogue().at("digest-md5");
  unknown.operation = "stir";
  CHECK_THROWS_WITH(machine.perform(unknown),
                    "catalogue.csv: digest-md5: no operation is called \"stir\"");
  CHECK_THROWS_WITH(machine.perform(with("sign-ed25519", "key", "nobody")),
                    "catalogue.csv: sign-ed25519: no test key is called \"nobody\"");
  CHECK_THROWS_WITH(
      machine.perform(with("mac-kmac128", "key_bits", "many")),
      "catalogue.csv: mac-kmac128: parameter \"key_bits\" must be a number up to 16777216");
  CHECK_THROWS_WITH(machine.perform(with("mac-kmac128", "answer", "xy")),
                    "catalogue.csv: mac-kmac128: parameter \"answer\" must be hexadecimal digits");
}

TEST_CASE("a library that lies is not believed") {
  LibCrypto liar("libcrypto.so.3");
  const DefaultOnly machine(liar);

  SECTION("about accepting signatures") {
    liar.EVP_DigestVerify = [](EVP_MD_CTX*, const unsigned char*, std::size_t, const unsigned char*,
                               std::size_t) { return 1; };
    const ServiceResult result = machine.perform("verify-ecdsa-p256");
    CHECK(result.attempt == Attempt::error);
    CHECK(result.reason == "the module accepts the signature for another message");
  }
  SECTION("about random numbers") {
    liar.EVP_RAND_generate = [](EVP_RAND_CTX*, unsigned char*, std::size_t, unsigned int, int,
                                const unsigned char*, std::size_t) { return 1; };
    const ServiceResult result = machine.perform("random-ctr-drbg-aes-256");
    CHECK(result.attempt == Attempt::error);
    CHECK(result.reason == "the generator repeats itself");
  }
  SECTION("about decrypting") {
    liar.EVP_PKEY_decrypt = [](EVP_PKEY_CTX*, unsigned char*, std::size_t* size,
                               const unsigned char*, std::size_t) {
      *size = 3;
      return 1;
    };
    CHECK(machine.perform("encrypt-rsa-2048-oaep").reason == "decryption gives another text");
  }
  SECTION("about lengths") {
    liar.EVP_MD_get_size = [](const EVP_MD*) { return 1 << 30; };
    liar.EVP_CIPHER_get_key_length = [](const EVP_CIPHER*) { return -1; };
    liar.EVP_PKEY_derive = [](EVP_PKEY_CTX*, unsigned char*, std::size_t* size) {
      *size = std::size_t{1} << 40U;
      return 1;
    };
    CHECK(machine.perform("digest-md5").reason == "the digest announces no possible length");
    CHECK(machine.perform("cipher-aes-256-cbc").reason ==
          "the cipher announces impossible lengths");
    CHECK(machine.perform("agree-x25519").reason == "the module announces no possible length");
  }
  SECTION("about having made something") {
    liar.EVP_PKEY_generate = [](EVP_PKEY_CTX*, EVP_PKEY**) { return 1; };
    liar.EVP_MAC_CTX_new = [](EVP_MAC*) -> EVP_MAC_CTX* { return nullptr; };
    liar.OSSL_PROVIDER_get0_name = [](const OSSL_PROVIDER*) -> const char* { return nullptr; };
    CHECK(machine.perform("keygen-ec-p256").attempt == Attempt::error);
    CHECK(machine.perform("mac-kmac128").attempt == Attempt::error);
    CHECK(machine.perform("digest-md5").provider.empty());
  }
  SECTION("about how much it wrote") {
    liar.EVP_EncryptFinal_ex = [](EVP_CIPHER_CTX*, unsigned char*, int* size) {
      *size = std::numeric_limits<int>::max();
      return 1;
    };
    for (const char* id : {"cipher-aes-256-cbc", "aead-aes-256-gcm"})
      CHECK(machine.perform(id).reason == "the ciphertext is longer than its place");
  }
  SECTION("about an opened tag") {
    liar.EVP_DecryptFinal_ex = [](EVP_CIPHER_CTX*, unsigned char*, int* size) {
      *size = 0;
      return 1;
    };
    CHECK(machine.perform("aead-aes-256-gcm").reason == "the module accepts a changed tag");
  }
}

// Expected: OSSL_INDICATOR_set_callback(3): called for what is let through although not approved.
TEST_CASE("an operation that the indicator callback was called for is not approved") {
  LibCrypto library("libcrypto.so.3");
  const DefaultOnly machine(library);
  library.OSSL_INDICATOR_set_callback = [](OSSL_LIB_CTX*, LibCrypto::IndicatorCallback* callback) {
    if (callback != nullptr) CHECK(callback("HMAC", "keysize", nullptr) == 1);
  };
  const ServiceResult performed = machine.perform("mac-hmac-sha2-256-short-key");
  CHECK(performed.attempt == Attempt::performed);
  CHECK(performed.indicator == Indicator::not_approved);
  CHECK(performed.indicator_kind == "callback");
  const ServiceResult refused = machine.perform("cipher-aes-256-xts-equal-halves");
  CHECK(refused.attempt == Attempt::refused);
  CHECK(refused.indicator == Indicator::none);
}

TEST_CASE("what the module says of itself is read as 1, 0 and anything else") {
  LibCrypto library("libcrypto.so.3");
  const DefaultOnly machine(library);
  const auto say = [](int value, OSSL_PARAM* wanted) {
    if (std::string(wanted->key) != "fips-indicator") return 1;
    *static_cast<int*>(wanted->data) = value;
    wanted->return_size = sizeof value;
    return 1;
  };
  static constexpr auto kSay = say;
  library.EVP_MAC_CTX_get_params = [](EVP_MAC_CTX*, OSSL_PARAM list[]) { return kSay(1, list); };
  library.EVP_KDF_CTX_get_params = [](EVP_KDF_CTX*, OSSL_PARAM list[]) { return kSay(0, list); };
  library.EVP_RAND_CTX_get_params = [](EVP_RAND_CTX*, OSSL_PARAM list[]) { return kSay(-1, list); };
  CHECK(machine.perform("mac-kmac128").indicator == Indicator::approved);
  CHECK(machine.perform("mac-kmac128").indicator_kind == "explicit");
  CHECK(machine.perform("derive-pbkdf2").indicator == Indicator::not_approved);
  CHECK(machine.perform("random-ctr-drbg-aes-256").indicator == Indicator::undetermined);
}
