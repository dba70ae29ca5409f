// Examples of URIs: RFC 7512, section 3, with a module path added where they have none.
#include "evidence/probes/pkcs11_uri.h"

#include "evidence/base/error.h"
#include "tests/catch.h"

using evidence::probes::is_pkcs11_target;
using evidence::probes::parse_pkcs11_target;
using evidence::probes::percent_encoded;

namespace {

std::string error_of(const std::string& word) {
  try {
    parse_pkcs11_target(word);
  } catch (const base::Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("a URI names module and token") {
  const auto target = parse_pkcs11_target(
      "pkcs11:token=The%20Software%20PKCS%2311%20Softtoken;manufacturer=Snake%20Oil,%20Inc.;model="
      "1.0"
      "?module-path=/usr/lib/libsofthsm2.so");
  CHECK(target.module_path == "/usr/lib/libsofthsm2.so");
  CHECK(target.filter.token == "The Software PKCS#11 Softtoken");
  CHECK(target.filter.manufacturer == "Snake Oil, Inc.");
  CHECK(target.filter.model == "1.0");
  CHECK(target.filter.serial.empty());
}

TEST_CASE("slot and serial number are taken, and the module path on either side") {
  const auto target = parse_pkcs11_target("pkcs11:slot-id=327;serial=4a;module-path=/m.so");
  CHECK(target.filter.slot == "327");
  CHECK(target.filter.serial == "4a");
  CHECK(target.module_path == "/m.so");
}

TEST_CASE("what names an object is taken and not used, and a source of the PIN is kept") {
  const auto target = parse_pkcs11_target(
      "pkcs11:object=my-certificate;type=cert;id=%69%95?pin-source=file:/etc/"
      "token_pin&module-path=/m");
  CHECK(target.module_path == "/m");
  CHECK(target.pin_source == "file:/etc/token_pin");
  CHECK(target.filter.text().empty());
}

TEST_CASE("a bare path is a module") {
  CHECK(parse_pkcs11_target("/usr/lib/opensc-pkcs11.so").module_path ==
        "/usr/lib/opensc-pkcs11.so");
  CHECK(is_pkcs11_target("/usr/lib/libykcs11.so.2"));
  CHECK(is_pkcs11_target("pkcs11:"));
  CHECK_FALSE(is_pkcs11_target("evidence.db"));
}

TEST_CASE("a URI that would not be heeded is refused with the reason") {
  const auto [uri, words] = GENERATE(table<std::string, std::string>({
      {"pkcs11:?module-path=/m&pin-value=1234", "pin-value is refused"},
      {"pkcs11:pin-value", "pin-value is refused"},
      {"pkcs11:?module-path=/m&module-name=softhsm2", "name the module twice"},
      {"pkcs11:library-version=3?module-path=/m", "library-version is not heeded"},
      {"pkcs11:token=a;token=b?module-path=/m", "token is given twice"},
      {"pkcs11:token=%4?module-path=/m", "two hexadecimal digits"},
      {"pkcs11:token=%zz?module-path=/m", "two hexadecimal digits"},
      {"pkcs11:token=a%00?module-path=/m", "NUL"},
      {"pkcs11:token?module-path=/m", "token has no value"},
      {"pkcs11:slot-id=-1?module-path=/m", "slot-id is a decimal number"},
  }));
  INFO(uri);
  CHECK_THAT(error_of(uri), Catch::Contains(words));
  CHECK_THAT(error_of(uri), !Catch::Contains("1234"));
}

TEST_CASE("a filter reads back as it was written") {
  const std::string path = "token=a%3b%25%20b;serial=1;manufacturer=m;model=n;slot-id=0";
  CHECK(parse_pkcs11_target("pkcs11:" + path + "?module-path=/m").filter.text() == path);
  CHECK(percent_encoded("a;b%") == "a%3bb%25");
}
