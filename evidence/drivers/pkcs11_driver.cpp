#include "evidence/drivers/pkcs11_driver.h"

#include <array>

#include "evidence/base/error.h"
#include "evidence/drivers/embedded.h"
#include "evidence/drivers/pkcs11_services.h"

namespace evidence::drivers {
namespace {

struct Operation {
  std::string_view name;
  bool (*perform)(Pkcs11Trial&);
};
constexpr std::array kOperations{
    Operation{"digest", pkcs11_digest},   Operation{"mac", pkcs11_mac},
    Operation{"cipher", pkcs11_cipher},   Operation{"aead", pkcs11_aead},
    Operation{"wrap", pkcs11_wrap},       Operation{"keygen", pkcs11_keygen},
    Operation{"sign", pkcs11_sign},       Operation{"verify", pkcs11_verify},
    Operation{"encrypt", pkcs11_encrypt}, Operation{"agree", pkcs11_agree},
    Operation{"kem", pkcs11_kem},         Operation{"derive", pkcs11_derive},
    Operation{"random", pkcs11_random}};

const Operation& operation_of(const Service& service) {
  for (const Operation& operation : kOperations)
    if (operation.name == service.operation) return operation;
  throw base::Error(
      base::ErrorKind::input,
      "catalogue.csv: " + service.id + ": no operation is called \"" + service.operation + "\"");
}

}  // namespace

Pkcs11Driver::Pkcs11Driver(const Pkcs11Token& token) : token_(token) {
  const auto catalogue = read_catalogue(base::find_resource(embedded(), "drivers/catalogue.csv"));
  services_ = services_for("pkcs11", catalogue);
  material_.keys = read_test_keys(base::find_resource(embedded(), "drivers/test_keys.csv"));
  for (const Service& service : catalogue)
    if (service.operation == "digest")
      material_.digests[service.algorithm] = service_bytes(service, "answer");
}

Pkcs11Result Pkcs11Driver::perform(const Service& service) {
  const Operation& operation = operation_of(service);
  Pkcs11Trial trial(token_, material_, service);
  return trial.finish(operation.perform(trial));
}

}  // namespace evidence::drivers
