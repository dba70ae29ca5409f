#include "cmvp/claimed.h"

#include "cmvp/lookup.h"

namespace cmvp {

NamedCertificate named_certificate(const base::Database& snapshot, const base::Database& evidence,
                                   std::int64_t number, const std::string& on) {
  NamedCertificate named;
  named.certificate = find_certificate(snapshot, number);
  if (!named.certificate) {
    auto highest = snapshot.prepare("SELECT COALESCE(MAX(number), 0) FROM certificate");
    named.newer = highest.step() && number > highest.integer(0);
    return named;
  }
  named.status = status_as_of(*named.certificate, on);
  named.environment = match_environment(observed_system(evidence), named.certificate->environments);
  return named;
}

}  // namespace cmvp
