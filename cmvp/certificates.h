#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cmvp/certificate.h"
#include "cmvp/lookup.h"
#include "evidence/base/sqlite.h"

namespace cmvp {

/// The certificates of a snapshot, each read once. The snapshot must outlive it; what it returns
/// lives as long as it does. A re-brand that only its name shows gets the relation to its base
/// (`base_by_name`), marked as inferred.
class Certificates {
 public:
  explicit Certificates(const base::Database& snapshot);

  /// Certificate `number`, or nullptr if the snapshot has none.
  const Certificate* find(std::int64_t number);

  /// The numbers of the certificates whose name is `name` (cmvp/name.h), in order.
  const std::vector<std::int64_t>& named(std::string_view name);

 private:
  void add_base_by_name(Certificate& certificate);

  CertificateReader reader_;
  std::map<std::int64_t, Certificate> certificates_;
  std::map<std::string, std::vector<std::int64_t>, std::less<>> named_;
};

/// The name of the module on which one called `name` says to be based, "" if it says nothing:
/// "OpenSSL FIPS Provider" for "Dell FIPS Module based on the OpenSSL FIPS Provider".
std::string base_in_name(std::string_view name);

}  // namespace cmvp
