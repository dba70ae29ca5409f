#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace evidence::drivers {

/// One entry of the catalogue: a cryptographic service with parameters worth trying.
struct Service {
  std::string id;         ///< e.g. "sign-rsa-1024-sha256"
  std::string title;      ///< e.g. "RSA PKCS#1 v1.5 signature, 1024-bit key, SHA-256"
  std::string operation;  ///< digest, mac, cipher, aead, keygen, sign, verify, kem, agree, derive,
                          ///< wrap, random, encrypt
  std::string algorithm;  ///< as OpenSSL and the standards name it, e.g. "RSA", "AES-256-GCM"
  std::map<std::string, std::string> parameters;  ///< e.g. {"bits","1024"}, {"digest","SHA2-256"}
};

/// What became of asking for a service.
enum class Attempt {
  performed,    ///< It was done and gave a result that makes sense.
  refused,      ///< The module knows it and said no for this use.
  error,        ///< It failed for another reason, e.g. wrong result.
  unsupported,  ///< The module has no such service.
};

/// What the module's own approved-service indicator said (FIPS 140-3 IG 2.4.C).
enum class Indicator { none, approved, not_approved, undetermined };

/// The result of one attempt.
struct ServiceResult {
  Attempt attempt = Attempt::error;
  Indicator indicator = Indicator::none;
  std::string indicator_kind;  ///< explicit, callback, implicit, none
  std::string provider;        ///< name of the provider that served it; "" if none did
  std::string reason;          ///< first error of the library when not performed
};

/// The services of the catalogue (catalogue.csv): id,title,operation,algorithm,parameters with
/// parameters as "key=value;key=value". Throws Error(input) with file and line.
std::vector<Service> read_catalogue(std::string_view csv);

/// The services of `catalogue` that can be asked of a module of the kind `driver`, e.g. "pkcs11":
/// all but those whose parameter `only` names another kind, or whose `without` names this one.
std::vector<Service> services_for(std::string_view driver, const std::vector<Service>& catalogue);

constexpr std::string_view name_of(Attempt value) {
  constexpr std::string_view kNames[] = {"performed", "refused", "error", "unsupported"};
  return kNames[static_cast<std::size_t>(value)];
}
constexpr std::string_view name_of(Indicator value) {
  constexpr std::string_view kNames[] = {"none", "approved", "not approved", "undetermined"};
  return kNames[static_cast<std::size_t>(value)];
}

}  // namespace evidence::drivers
