#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cmvp/certificates.h"

namespace cmvp {

/// A certificate that another one rests on, directly or through others.
struct Binding {
  std::int64_t bound = 0;
  std::string type;        ///< operates_with, embeds or derived_from: the last step of the way.
  std::int64_t via = 0;    ///< The certificate that names `bound`.
  std::int64_t depth = 1;  ///< Steps from the first certificate.
  bool inferred = false;   ///< Some step of the way was concluded, not read from a certificate.
};

/// Walks the relations of certificate `number` breadth first: what it operates with, embeds, or is
/// derived from, and what those rest on; what certificates say before what was concluded. Each
/// certificate is walked once in either pass, so that loops end; each is told once for each type of
/// relation. Empty if the snapshot has no such certificate.
std::vector<Binding> bindings_of(std::int64_t number, Certificates& certificates);

}  // namespace cmvp
