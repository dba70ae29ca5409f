#include <cstring>

#include "evidence/probes/pkcs11_child/conformance_check.h"

// What the library answers about itself (PKCS #11 3.2, clauses 5.1 and 5.4).

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;

Finding info_null(const Trial& trial) {
  return expect(call(trial.functions().C_GetInfo, nullptr), {CKR_ARGUMENTS_BAD});
}

Finding info_repeatable(const Trial& trial) {
  CK_INFO first{}, second{};
  need(call(trial.functions().C_GetInfo, &first), "C_GetInfo");
  need(call(trial.functions().C_GetInfo, &second), "C_GetInfo");
  const bool same = std::memcmp(&first, &second, sizeof first) == 0;
  return expect_that(same, same ? "the same answer" : "two answers that differ");
}

Finding info_flags(const Trial& trial) {
  CK_INFO info{};
  need(call(trial.functions().C_GetInfo, &info), "C_GetInfo");
  return expect_that(info.flags == 0, "flags " + drivers::cryptoki_hex(info.flags));
}

Finding list_null(const Trial& trial) {
  return expect(call(trial.functions().C_GetFunctionList, nullptr), {CKR_ARGUMENTS_BAD});
}

Finding list_stable(const Trial& trial) {
  CK_FUNCTION_LIST *first = nullptr, *second = nullptr;
  need(call(trial.functions().C_GetFunctionList, &first), "C_GetFunctionList");
  need(call(trial.functions().C_GetFunctionList, &second), "C_GetFunctionList");
  const bool same = first == second || std::memcmp(first, second, sizeof *first) == 0;
  return expect_that(same, same ? "the same list" : "two lists that differ");
}

Finding list_complete(const Trial& trial) {
  constexpr std::size_t kFunctions = sizeof(CK_FUNCTION_LIST) / sizeof(void*) - 1;
  const auto* bytes = reinterpret_cast<const unsigned char*>(&trial.functions());
  std::size_t missing = 0;
  for (std::size_t i = 1; i <= kFunctions; ++i) {
    void* function = nullptr;
    std::memcpy(&function, bytes + i * sizeof function, sizeof function);
    if (function == nullptr) ++missing;
  }
  return expect_that(missing == 0, std::to_string(missing) + " of " + std::to_string(kFunctions) +
                                       " functions are NULL");
}

constexpr std::array<Check, 6> kChecks = {{
    {"info-null", "CKR_ARGUMENTS_BAD for a NULL pointer", info_null},
    {"info-repeatable", "the same answer twice", info_repeatable},
    {"info-flags-zero", "flags that are 0", info_flags},
    {"function-list-null", "CKR_ARGUMENTS_BAD for a NULL pointer", list_null},
    {"function-list-stable", "the same list twice", list_stable},
    {"function-list-complete", "a function, if only a stub, in every place", list_complete},
}};

}  // namespace

std::span<const Check> library_checks() { return kChecks; }

}  // namespace evidence::probes::pkcs11_child
