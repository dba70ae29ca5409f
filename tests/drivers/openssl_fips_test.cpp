// Expected: what the FIPS providers 3.0.20 and 3.5.9 are built to refuse or to indicate, from
// openssl_fips_settings.csv of the facts and fipsmodule.cnf beside each provider.
#include <cstdlib>
#include <filesystem>
#include <map>

#include "evidence/base/resource.h"
#include "evidence/drivers/embedded.h"
#include "evidence/drivers/openssl_driver.h"
#include "tests/catch.h"

using namespace evidence::drivers;

namespace {

/// A FIPS provider of the targets beside this tree, loaded into a context of its own as its
/// configuration file says.
class FipsMachine {
 public:
  explicit FipsMachine(const std::string& name) : library_("libcrypto.so.3") {
    const char* root = std::getenv("ASSAY_TARGETS");
    const std::string folder =
        std::string(root == nullptr ? "/tmp/assay-targets" : root) + "/state/" + name;
    if (!std::filesystem::exists(folder + "/openssl.cnf")) {
      WARN(folder << " is not there: nothing was tested");
      return;
    }
    int (*set_path)(OSSL_LIB_CTX*, const char*) =
        library_.required("OSSL_PROVIDER_set_default_search_path");
    context_ = library_.OSSL_LIB_CTX_new();
    REQUIRE(set_path(context_, folder.c_str()) == 1);
    REQUIRE(library_.OSSL_LIB_CTX_load_config(context_, (folder + "/openssl.cnf").c_str()) == 1);
    for (Service& service :
         read_catalogue(base::find_resource(embedded(), "drivers/catalogue.csv")))
      results_.emplace(service.id, OpensslDriver(library_, context_, "").perform(service));
  }
  FipsMachine(const FipsMachine&) = delete;
  FipsMachine& operator=(const FipsMachine&) = delete;
  ~FipsMachine() { library_.OSSL_LIB_CTX_free(context_); }

  bool is_there() const { return context_ != nullptr; }
  const std::map<std::string, ServiceResult>& results() const { return results_; }

  /// Attempt, indicator and its kind in one line.
  std::string operator[](const std::string& id) const { return line(results_.at(id)); }

  /// The same for one service with a property query.
  std::string perform(const std::string& id, const std::string& properties) const {
    for (const Service& service :
         read_catalogue(base::find_resource(embedded(), "drivers/catalogue.csv")))
      if (service.id == id)
        return line(OpensslDriver(library_, context_, properties).perform(service));
    return "no service " + id;
  }

 private:
  static std::string line(const ServiceResult& result) {
    return std::string(name_of(result.attempt)) + ", " + std::string(name_of(result.indicator)) +
           ", " + result.indicator_kind;
  }

  LibCrypto library_;
  OSSL_LIB_CTX* context_ = nullptr;
  std::map<std::string, ServiceResult> results_;
};

constexpr const char* kImplicit = "performed, approved, implicit";
constexpr const char* kApproved = "performed, approved, explicit";
// How it is told depends on the library around the provider: from 3.4 on there is a callback.
constexpr const char* kNotApproved = "performed, not approved, ";
constexpr const char* kRefused = "refused, none, none";
constexpr const char* kUnsupported = "unsupported, none, none";

void check_all(const FipsMachine& machine, const std::map<std::string, std::string>& expected) {
  for (const auto& [id, line] : expected) {
    INFO(id << ": " << machine.results().at(id).reason);
    CHECK_THAT(machine[id], Catch::Matchers::StartsWith(line));
  }
  for (const auto& [id, result] : machine.results()) {
    INFO(id << ": " << result.reason);
    CHECK(result.attempt != Attempt::error);
    if (result.attempt == Attempt::performed) CHECK(result.provider == "fips");
  }
}

}  // namespace

TEST_CASE("the FIPS provider 3.0.20 refuses weak signatures and approves by property") {
  const FipsMachine machine("openssl30-fips30");
  if (!machine.is_there()) return;
  check_all(machine, {{"digest-md5", kUnsupported},
                      {"digest-sha2-256", kImplicit},
                      {"sign-rsa-1024-sha256", kRefused},
                      {"verify-rsa-1024-sha256", kImplicit},
                      {"sign-ecdsa-p192", kRefused},
                      {"sign-rsa-2048-sha1", kRefused},
                      {"sign-rsa-2048-md5", kRefused},
                      {"keygen-rsa-1024", kRefused},
                      {"keygen-rsa-2048-e3", kRefused},
                      {"derive-pbkdf2-1-iteration", kRefused},
                      {"derive-tls1-prf-no-ems", kImplicit},
                      {"cipher-tdes-cbc-encrypt", kImplicit},
                      {"agree-x25519", kImplicit},
                      {"agree-dh-1024", kRefused},
                      {"keygen-ml-kem-768", kUnsupported},
                      {"cipher-chacha20", kUnsupported}});
}

TEST_CASE("the FIPS provider 3.5.9 says of each operation whether it was approved") {
  const FipsMachine machine("openssl30-fips35");
  if (!machine.is_there()) return;
  check_all(machine, {{"digest-md5", kUnsupported},
                      {"digest-sha2-256", kApproved},
                      {"mac-hmac-sha2-256", kApproved},
                      {"mac-hmac-sha2-256-short-key", kNotApproved},
                      {"mac-kmac256-short-output", kNotApproved},
                      {"aead-aes-256-gcm", "performed, not approved, explicit"},
                      {"aead-aes-256-gcm-internal-iv", kApproved},
                      {"cipher-tdes-cbc-encrypt", kNotApproved},
                      {"cipher-tdes-cbc-decrypt", kApproved},
                      {"sign-rsa-1024-sha256", kRefused},
                      {"sign-rsa-2048-sha256", kApproved},
                      {"sign-rsa-2048-sha1", kNotApproved},
                      {"sign-rsa-2048-pss", kApproved},
                      {"sign-rsa-2048-pss-long-salt", kNotApproved},
                      {"sign-dsa-2048", kNotApproved},
                      {"encrypt-rsa-2048-pkcs1", kNotApproved},
                      {"agree-x25519", kUnsupported},
                      {"kem-ml-kem-768", kApproved},
                      {"derive-tls1-prf-ems", kApproved},
                      {"derive-tls1-prf-no-ems", kNotApproved},
                      {"derive-pbkdf2-1-iteration", kRefused},
                      {"random-hash-drbg-sha384", kNotApproved}});
}

TEST_CASE("what the FIPS provider 3.5.9 offers only with fips=no is indicated as not approved") {
  const FipsMachine machine("openssl30-fips35");
  if (!machine.is_there()) return;
  CHECK(machine.perform("agree-x25519", "fips=yes") == kUnsupported);
  CHECK_THAT(machine.perform("agree-x25519", "fips=no"), Catch::Matchers::StartsWith(kNotApproved));
  CHECK_THAT(machine.perform("keygen-x25519", "fips=no"),
             Catch::Matchers::StartsWith(kNotApproved));
  CHECK(machine.perform("digest-sha2-256", "provider=fips") == kApproved);
}
