#include <cstddef>
#include <cstdint>
#include <string_view>

#include "evidence/probes/client_hello.h"

// Any bytes as what a TLS client sends first: a list is never longer than the bytes it came from.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto hello = evidence::probes::read_client_hello(
      std::string_view(reinterpret_cast<const char*>(data), size));
  if (hello && 2 * (hello->cipher_suites.size() + hello->extensions.size()) > size)
    __builtin_trap();
  return 0;
}
