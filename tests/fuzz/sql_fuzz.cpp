#include <cstddef>
#include <cstdint>
#include <string_view>

#include "rules/sql.h"
#include "rules/sql_mutation.h"

// Any bytes as SQL: its tokens stand one behind another within the text, and each of its mutations
// differs from it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kLongest =
      4096;  // Mutations are as many as tokens, and as long as the text.
  const std::string_view sql(reinterpret_cast<const char*>(data),
                             size < kLongest ? size : kLongest);
  std::size_t end = 0;
  for (const rules::SqlToken& token : rules::sql_tokens(sql)) {
    if (token.begin < end || token.end <= token.begin || token.end > sql.size()) __builtin_trap();
    end = token.end;
  }
  for (const rules::SqlMutation& mutation : rules::sql_mutations(sql))
    if (mutation.sql == sql || mutation.name.empty()) __builtin_trap();
  rules::why_no_query(sql);
  rules::why_no_test_data(sql);
  return 0;
}
