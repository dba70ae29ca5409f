#pragma once

#include <vector>

#include "evidence/drivers/pkcs11_trial.h"

namespace evidence::drivers {

/// Performs services of the catalogue on a token, with session objects only, which it destroys.
/// What the token answers is checked wherever there is something to check against: a known answer,
/// the way back, the other side.
class Pkcs11Driver {
 public:
  /// `token` must outlive the driver.
  explicit Pkcs11Driver(const Pkcs11Token& token);

  /// The services of the catalogue that can be asked of a token.
  const std::vector<Service>& services() const { return services_; }

  /// Tries one service. Throws Error(input) for an entry of the catalogue that makes no sense; all
  /// that the module does is in the result.
  Pkcs11Result perform(const Service& service);

 private:
  const Pkcs11Token& token_;
  std::vector<Service> services_;
  TrialMaterial material_;
};

}  // namespace evidence::drivers
