#include <cstddef>
#include <cstdint>
#include <string_view>

#include "cmvp/common_criteria.h"
#include "evidence/base/error.h"
#include "evidence/base/time.h"

// Any bytes as the Common Criteria portal's list: it is refused, or every product has a name and
// dates that are dates.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    for (const auto& product : cmvp::read_common_criteria_list(bytes, "list.csv").products) {
      if (product.name.empty()) __builtin_trap();
      if (!product.certified.empty() && !base::parse_date(product.certified)) __builtin_trap();
    }
  } catch (const base::Error& error) {
    if (error.kind() != base::ErrorKind::input || *error.what() == '\0') __builtin_trap();
  }
  return 0;
}
