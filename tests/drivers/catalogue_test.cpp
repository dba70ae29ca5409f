#include "evidence/drivers/driver.h"

#include <algorithm>
#include <set>

#include "evidence/base/error.h"
#include "evidence/base/resource.h"
#include "evidence/base/text.h"
#include "evidence/drivers/embedded.h"
#include "evidence/drivers/test_keys.h"
#include "tests/catch.h"

using namespace evidence::drivers;

namespace {

std::vector<Service> catalogue() {
  return read_catalogue(base::find_resource(embedded(), "drivers/catalogue.csv"));
}

TestKeys test_keys() {
  return read_test_keys(base::find_resource(embedded(), "drivers/test_keys.csv"));
}

/// The message of the Error that `action` throws.
template <class Action>
std::string message_of(Action action) {
  try {
    action();
  } catch (const base::Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("every service of the catalogue has an id of its own, a title and a known operation") {
  const std::set<std::string> operations = {"digest", "mac",    "cipher", "aead",  "wrap",
                                            "keygen", "sign",   "verify", "agree", "kem",
                                            "derive", "random", "encrypt"};
  std::set<std::string> ids, used;
  for (const Service& service : catalogue()) {
    INFO(service.id);
    CHECK(ids.insert(service.id).second);
    CHECK(service.id == base::lower(service.id));
    CHECK(service.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") ==
          std::string::npos);
    CHECK(!service.title.empty());
    CHECK(!service.algorithm.empty());
    CHECK(operations.count(service.operation) == 1);
    CHECK(service.id.rfind(service.operation + "-", 0) == 0);
    used.insert(service.operation);
  }
  CHECK(ids.size() >= 120);
  CHECK(used == operations);
}

// The services that DESIGN.md names as those a module in approved mode must refuse or indicate.
TEST_CASE("the catalogue asks for what an approved module must refuse") {
  std::set<std::string> ids;
  for (const Service& service : catalogue()) ids.insert(service.id);
  for (const char* id :
       {"sign-rsa-1024-sha256", "digest-md5", "cipher-tdes-cbc-encrypt",
        "mac-hmac-sha2-256-short-key", "sign-ecdsa-p192", "sign-rsa-2048-sha1",
        "encrypt-rsa-2048-pkcs1", "cipher-aes-256-xts-equal-halves", "derive-tls1-prf-no-ems",
        "derive-pbkdf2-1-iteration", "keygen-rsa-2048-e3"}) {
    INFO(id);
    CHECK(ids.count(id) == 1);
  }
}

TEST_CASE("every key that the catalogue names is among the test keys") {
  const TestKeys keys = test_keys();
  std::size_t named = 0;
  for (const Service& service : catalogue())
    for (const char* parameter : {"key", "peer", "domain"})
      if (const auto found = service.parameters.find(parameter);
          found != service.parameters.end()) {
        INFO(service.id);
        CHECK(keys.count(found->second) == 1);
        ++named;
      }
  CHECK(named > 30);
}

TEST_CASE("every hexadecimal parameter of the catalogue is one") {
  for (const Service& service : catalogue())
    for (const char* parameter : {"answer", "signature"})
      if (const auto found = service.parameters.find(parameter);
          found != service.parameters.end()) {
        INFO(service.id);
        CHECK(base::from_hex(found->second).has_value());
      }
}

// Expected: RFC 1321 A.5, FIPS 180-2 B.1 ("abc"); FIPS 197 C.1; RFC 3394 4.3; RFC 5794 A.
TEST_CASE("answers of the catalogue are those that the standards print") {
  const std::vector<std::pair<std::string, std::string>> printed = {
      {"digest-md5", "900150983cd24fb0d6963f7d28e17f72"},
      {"digest-sha1", "a9993e364706816aba3e25717850c26c9cd0d89d"},
      {"digest-sha2-256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"cipher-aes-128-ecb", "69c4e0d86a7b0430d8cdb78070b4c55a"},
      {"cipher-aes-256-ecb", "8ea2b7ca516745bfeafc49904b496089"},
      {"cipher-aria-256-ecb", "f92bd7c79fb72e2f2b8f80c1972d24fc"},
      {"wrap-aes-256-kw", "64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae7"}};
  const std::vector<Service> services = catalogue();
  for (const auto& [id, answer] : printed) {
    INFO(id);
    const auto found = std::find_if(services.begin(), services.end(),
                                    [&](const Service& service) { return service.id == id; });
    REQUIRE(found != services.end());
    CHECK(found->parameters.at("answer") == answer);
  }
}

TEST_CASE("a parameter without a value is reported with file and line") {
  const std::string csv = "id,title,operation,algorithm,parameters\na,b,digest,MD5,bits\n";
  CHECK(message_of([&] { read_catalogue(csv); }) == "catalogue.csv:2: \"bits\" is not key=value");
}

TEST_CASE("a test key is read part by part") {
  const TestKeys keys = read_test_keys("name,algorithm,group,parts\nk,EC,P-256,pub=04ff;priv=01\n");
  REQUIRE(keys.size() == 1);
  CHECK(keys.at("k").group == "P-256");
  CHECK(keys.at("k").parts.at("pub") == "\x04\xff");
}

TEST_CASE("a test key that is there twice or is no number is reported with file and line") {
  const std::string header = "name,algorithm,group,parts\n";
  CHECK(message_of([&] { read_test_keys(header + "k,EC,,pub=04\nk,EC,,pub=04\n"); }) ==
        "test_keys.csv:3: \"k\" is there twice");
  CHECK(message_of([&] { read_test_keys(header + "k,EC,,pub=xy\n"); }) ==
        "test_keys.csv:2: \"pub\" is not a name with hexadecimal digits after \"=\"");
}
