#include "evidence/probes/x509.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

// Any bytes as a certificate, as parameters of a curve, and as a point.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto facts = evidence::probes::read_certificate(bytes))
    if (facts->not_after.size() != 20 || facts->key.algorithm.empty()) __builtin_trap();
  evidence::probes::curve_of(bytes);
  if (evidence::probes::bare_point(bytes).size() > size) __builtin_trap();
  return 0;
}
