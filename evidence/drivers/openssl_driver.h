#pragma once

#include <string>

#include "evidence/drivers/driver.h"
#include "evidence/drivers/libcrypto.h"
#include "evidence/drivers/openssl_trial.h"

namespace evidence::drivers {

/// Performs services of the catalogue on the OpenSSL that `library` is, through its providers. What
/// the module answers is checked wherever there is something to check against: a known answer, the
/// way back, the other side. It generates and imports keys: not to be pointed at a provider that
/// keeps what it makes (PKCS#11 tokens).
class OpensslDriver {
 public:
  /// `library` and `context` (null: the library's default one) must outlive the driver.
  /// `properties` goes with every fetch, e.g. "provider=fips"; "" asks as a program that names
  /// none.
  OpensslDriver(const LibCrypto& library, OSSL_LIB_CTX* context, std::string properties);
  OpensslDriver(const OpensslDriver&) = delete;
  OpensslDriver& operator=(const OpensslDriver&) = delete;

  /// Tries one service. Throws Error(input) for an entry of the catalogue that makes no sense; all
  /// that the module does is in the result. Not for two threads at once (indicator callback).
  ServiceResult perform(const Service& service);

 private:
  TestKeys keys_;
  OpensslModule module_;
};

}  // namespace evidence::drivers
