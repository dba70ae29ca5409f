#include "evidence/row_log.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// Any bytes as the log of a probe. What is read and written again must read the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read =
      evidence::read_records(std::string_view(reinterpret_cast<const char*>(data), size));
  std::string again;
  for (const auto& record : read.records) again += evidence::encode(record);
  const auto second = evidence::read_records(again);
  if (second.damaged || second.records != read.records) __builtin_trap();
  return 0;
}
