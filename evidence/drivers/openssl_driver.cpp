#include "evidence/drivers/openssl_driver.h"

#include <array>
#include <utility>

#include "evidence/base/error.h"
#include "evidence/drivers/embedded.h"
#include "evidence/drivers/openssl_services.h"

namespace evidence::drivers {
namespace {

struct Operation {
  std::string_view name;
  bool (*perform)(Trial&);
};
constexpr std::array kOperations{
    Operation{"digest", perform_digest},   Operation{"mac", perform_mac},
    Operation{"cipher", perform_cipher},   Operation{"aead", perform_aead},
    Operation{"wrap", perform_cipher},     Operation{"keygen", perform_keygen},
    Operation{"sign", perform_sign},       Operation{"verify", perform_verify},
    Operation{"encrypt", perform_encrypt}, Operation{"agree", perform_agree},
    Operation{"kem", perform_kem},         Operation{"derive", perform_derive},
    Operation{"random", perform_random}};

const Operation& operation_of(const Service& service) {
  for (const Operation& operation : kOperations)
    if (operation.name == service.operation) return operation;
  throw base::Error(
      base::ErrorKind::input,
      "catalogue.csv: " + service.id + ": no operation is called \"" + service.operation + "\"");
}

// OpenSSL's indicator callback is given nothing of ours to find its way back by, so where it leaves
// its mark can only be a variable of this file.
bool unapproved_seen = false;

/// Lets the operation go on as an application does that wants it done all the same.
int note_unapproved(const char*, const char*, const OSSL_PARAM*) {
  unapproved_seen = true;
  return 1;
}

/// Listens to the indicator callback (OpenSSL 3.4) as long as it lives.
class Listener {
 public:
  Listener(const LibCrypto& library, OSSL_LIB_CTX* context) : library_(library), context_(context) {
    unapproved_seen = false;
    set(note_unapproved);
  }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener() { set(nullptr); }

 private:
  void set(LibCrypto::IndicatorCallback* callback) const {
    if (library_.OSSL_INDICATOR_set_callback != nullptr)
      library_.OSSL_INDICATOR_set_callback(context_, callback);
  }

  const LibCrypto& library_;
  OSSL_LIB_CTX* context_;
};

}  // namespace

OpensslDriver::OpensslDriver(const LibCrypto& library, OSSL_LIB_CTX* context,
                             std::string properties)
    : keys_(read_test_keys(base::find_resource(embedded(), "drivers/test_keys.csv"))),
      module_{library, context, std::move(properties), keys_} {}

ServiceResult OpensslDriver::perform(const Service& service) {
  const Operation& operation = operation_of(service);
  const Listener listener(module_.library, module_.context);
  Trial trial(module_, service);
  const bool performed = operation.perform(trial);
  ServiceResult result = trial.finish(performed);
  if (performed && unapproved_seen) {
    result.indicator = Indicator::not_approved;
    result.indicator_kind = "callback";
  }
  return result;
}

}  // namespace evidence::drivers
