#include <algorithm>
#include <string_view>

#include "evidence/probes/pkcs11_child/conformance_check.h"

// The interfaces of version 3.0 and later (PKCS #11 3.2, clauses 5.4.5 and 5.4.6).

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;

using GetInterface = CK_RV(CK_UTF8CHAR* name, CK_VERSION* version, CK_INTERFACE** interface,
                           CK_FLAGS flags);
constexpr CK_ULONG kRoom = 64;

GetInterfaceList* list_function(const Trial& trial) {
  GetInterfaceList* function =
      trial.module().library.optional(trial.session().entry_point("GetInterfaceList").c_str());
  if (function == nullptr) not_applicable("the interface of the module is older than version 3.0");
  return function;
}

GetInterface* one_function(const Trial& trial) {
  GetInterface* function =
      trial.module().library.optional(trial.session().entry_point("GetInterface").c_str());
  if (function == nullptr) not_applicable("the interface of the module is older than version 3.0");
  return function;
}

std::vector<CK_INTERFACE> interfaces(const Trial& trial) {
  CK_ULONG count = kRoom;
  std::vector<CK_INTERFACE> list(kRoom);
  need(call(list_function(trial), list.data(), &count), "C_GetInterfaceList");
  list.resize(std::min(count, kRoom));
  return list;
}

bool is_standard(const CK_INTERFACE& interface) {
  return interface.pInterfaceName != nullptr && interface.pFunctionList != nullptr &&
         std::string_view(reinterpret_cast<const char*>(interface.pInterfaceName)) == "PKCS 11";
}

Finding length_query(const Trial& trial) {
  CK_ULONG count = 0;
  need(call(list_function(trial), nullptr, &count), "C_GetInterfaceList");
  const auto given = interfaces(trial).size();
  return expect_that(count == given,
                     std::to_string(count) + " announced, " + std::to_string(given) + " given");
}

Finding null_count(const Trial& trial) {
  return expect(call(list_function(trial), nullptr, nullptr), {CKR_ARGUMENTS_BAD});
}

Finding too_small(const Trial& trial) {
  if (interfaces(trial).empty()) not_applicable("the module has no interface");
  CK_ULONG count = 0;
  std::vector<CK_INTERFACE> list(kRoom);
  return expect(call(list_function(trial), list.data(), &count), {CKR_BUFFER_TOO_SMALL});
}

Finding default_interface(const Trial& trial) {
  CK_INTERFACE* interface = nullptr;
  const CK_RV result = call(one_function(trial), nullptr, nullptr, &interface, 0UL);
  if (result != CKR_OK) return expect(result, {CKR_OK});
  const bool usable = interface != nullptr && interface->pFunctionList != nullptr;
  return expect_that(usable, usable ? "an interface" : "CKR_OK and no interface");
}

CK_RV ask(const Trial& trial, std::string name, CK_BYTE major, CK_BYTE minor) {
  CK_VERSION version{major, minor};
  CK_INTERFACE* interface = nullptr;
  return call(one_function(trial), reinterpret_cast<CK_UTF8CHAR*>(name.data()),
              major == 0 ? nullptr : &version, &interface, 0UL);
}

Finding unknown_name(const Trial& trial) {
  const CK_RV result = ask(trial, "Vendor of nothing", 0, 0);
  return expect_that(result != CKR_OK, drivers::result_name(result));
}

Finding unknown_version(const Trial& trial) {
  const CK_RV result = ask(trial, "PKCS 11", 99, 9);
  return expect_that(result != CKR_OK, drivers::result_name(result));
}

Finding null_result(const Trial& trial) {
  return expect(call(one_function(trial), nullptr, nullptr, nullptr, 0UL), {CKR_ARGUMENTS_BAD});
}

Finding listed_are_given(const Trial& trial) {
  std::size_t refused = 0;
  for (const CK_INTERFACE& interface : interfaces(trial))
    if (is_standard(interface) && ask(trial, "PKCS 11", interface.pFunctionList->version.major,
                                      interface.pFunctionList->version.minor) != CKR_OK)
      ++refused;
  return expect_that(refused == 0, std::to_string(refused) + " listed interfaces are not given");
}

Finding old_list_is_2_40(const Trial& trial) {
  CK_FUNCTION_LIST* list = nullptr;
  list_function(trial);
  need(call(trial.functions().C_GetFunctionList, &list), "C_GetFunctionList");
  const bool old = list != nullptr && list->version.major == 2;
  return expect_that(old, list == nullptr ? "no list"
                                          : "version " + std::to_string(list->version.major) + "." +
                                                std::to_string(list->version.minor));
}

constexpr std::array<Check, 9> kChecks = {{
    {"interface-list-length-query", "the number of interfaces that are then given", length_query},
    {"interface-list-null-count", "CKR_ARGUMENTS_BAD", null_count},
    {"interface-list-too-small", "CKR_BUFFER_TOO_SMALL", too_small},
    {"interface-default", "CKR_OK and an interface, where nothing is asked for", default_interface},
    {"interface-unknown-name", "an error", unknown_name},
    {"interface-unknown-version", "an error", unknown_version},
    {"interface-null", "CKR_ARGUMENTS_BAD", null_result},
    {"interface-listed-is-given", "CKR_OK for every interface in the list", listed_are_given},
    {"function-list-version", "a list of version 2 from C_GetFunctionList", old_list_is_2_40},
}};

}  // namespace

std::span<const Check> interface_checks() { return kChecks; }

}  // namespace evidence::probes::pkcs11_child
