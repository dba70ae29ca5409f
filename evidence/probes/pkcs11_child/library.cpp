#include "evidence/probes/pkcs11_child/library.h"

#include <algorithm>
#include <array>
#include <set>

#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "evidence/drivers/cryptoki_names.h"
#include "evidence/probes/pkcs11_child/answers.h"
#include "evidence/probes/pkcs11_child/functions.h"
#include "evidence/probes/pkcs11_child/surroundings.h"
#include "evidence/probes/pkcs11_tables.h"

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;
using drivers::result_name;

constexpr std::size_t kInterfaceLimit = 64;
constexpr std::size_t kNameLimit = 256;

// Softoken without any database: nothing is read from a profile, and nothing is written.
constexpr const char* kNoDatabase =
    "configdir='' certPrefix='' keyPrefix='' secmod='' "
    "flags=readOnly,noCertDB,noModDB,forceOpen,optimizeSpace";

std::vector<std::string> all(const Session& session) {
  return pkcs11_tables(session.task.target.objects);
}

// What is not known of a module that was loaded and could not be initialised.
std::vector<std::string> behind_it(const Session& session) {
  auto tables = all(session);
  std::erase(tables, "pkcs11_library");
  std::erase(tables, "pkcs11_interface");
  std::erase(tables, "pkcs11_function");
  std::erase(tables, "pkcs11_entry_point");
  std::erase(tables, "pkcs11_oddity");
  std::erase(tables, "pkcs11_side_effect");
  return tables;
}

// What came of opening the module.
struct Opened {
  const CK_FUNCTION_LIST* functions = nullptr;
  std::optional<std::string> list_version;  ///< As C_GetFunctionList gives it.
  std::string list_error = "it has no list of functions: it is no PKCS #11 module";
  std::optional<CK_RV> initialized;  ///< What C_Initialize returned.
  bool takes_threads = false;
  std::optional<CK_INFO> info;
};

void record_failure(const Session& session, const std::string& error) {
  session.record.source(session.call({"pkcs11_library"}, session.module(), "dlopen"))
      .row("pkcs11_library", Basis::observed,
           {{"module", session.module()},
            {"loaded", std::int64_t{0}},
            {"initialized", std::int64_t{0}},
            {"error", base::printable(error)}});
  session.record.source(session.call(behind_it(session), "", "dlopen"))
      .unreadable("the module could not be loaded: " + base::printable(error));
}

std::optional<base::LoadedLibrary> load(const Session& session) {
  std::optional<base::LoadedLibrary> library;
  const std::size_t threads = Surroundings::threads();
  session.record.step("load module", session.call(all(session), "", "dlopen"), [&] {
    try {
      library.emplace(session.task.library, base::LoadedLibrary::Scope::itself);
    } catch (const base::Error& error) {
      record_failure(session, error.what());
    }
  });
  if (const std::size_t now = Surroundings::threads(); now > threads)
    session.side_effect("load module", std::to_string(now - threads) +
                                           " threads were started before any function was called");
  return library;
}

std::string interface_name(const CK_INTERFACE& interface) {
  if (interface.pInterfaceName == nullptr) return {};
  const auto* text = reinterpret_cast<const char*>(interface.pInterfaceName);
  return base::printable(std::string_view(text, std::find(text, text + kNameLimit, '\0')));
}

// The interfaces of a module of version 3.0 or later; the functions of the newest standard one.
const CK_FUNCTION_LIST* record_interfaces(const Session& session, GetInterfaceList* function) {
  const std::string what = session.entry_point("GetInterfaceList");
  Source source = session.record.source(session.call({"pkcs11_interface"}, session.module(), what));
  if (function == nullptr) {
    source.absent("the module has no " + what + ": its interface is older than version 3.0");
    return nullptr;
  }
  CK_ULONG count = 0;
  Guarded<std::array<CK_INTERFACE, kInterfaceLimit>> guarded;
  CK_RV result = function(nullptr, &count);
  if (result == CKR_OK && count > kInterfaceLimit)
    session.odd(what, std::to_string(count) + " interfaces are announced");
  count = kInterfaceLimit;
  if (result == CKR_OK) result = function(guarded.to_fill()->data(), &count);
  note_overrun(session, what, guarded);
  if (result != CKR_OK) {
    source.unreadable(what + " returned " + result_name(result));
    return nullptr;
  }
  const CK_FUNCTION_LIST* newest = nullptr;
  for (std::size_t i = 0; i < std::min<std::size_t>(count, kInterfaceLimit); ++i) {
    const CK_INTERFACE& interface = guarded.value().at(i);
    const std::string name = interface_name(interface);
    const auto* list = interface.pFunctionList;
    source.row("pkcs11_interface", Basis::listed,
               {{"module", session.module()},
                {"position", static_cast<std::int64_t>(i + 1)},
                {"name", name},
                {"version", list == nullptr ? base::Value(nullptr) : version_text(list->version)},
                {"fork_safe", flag(interface.flags, CKF_INTERFACE_FORK_SAFE)}});
    const bool newer =
        list != nullptr && name == "PKCS 11" &&
        (newest == nullptr || std::pair(list->version.major, list->version.minor) >
                                  std::pair(newest->version.major, newest->version.minor));
    if (newer) newest = list;
  }
  return newest;
}

// By which functions the library can be entered, and which one was: vendors have some of their own,
// behind which the module may be another, as it is with NSS.
void record_entry_points(const Session& session, const base::LoadedLibrary& library,
                         const std::string& used) {
  using AnyFunction = void();
  const std::set<std::string> names = {"C_GetFunctionList",
                                       "C_GetInterfaceList",
                                       "FC_GetFunctionList",
                                       "FC_GetInterfaceList",
                                       "NSC_GetFunctionList",
                                       "NSC_GetInterfaceList",
                                       session.task.target.entry_point};
  Source source = session.record.source(
      session.call({"pkcs11_entry_point"}, session.module(), "names of the library"));
  for (const std::string& name : names) {
    AnyFunction* function = library.optional(name.c_str());
    if (function != nullptr)
      source.row("pkcs11_entry_point", Basis::observed,
                 {{"module", session.module()},
                  {"name", name},
                  {"used", std::int64_t{name == used ? 1 : 0}}});
  }
}

void find_functions(const Session& session, const base::LoadedLibrary& library, Opened& opened) {
  const CK_FUNCTION_LIST* newest = nullptr;
  const std::string interfaces = session.entry_point("GetInterfaceList");
  const std::string entry = session.task.target.entry_point;
  session.record.step(interfaces, session.call({"pkcs11_interface"}, "", interfaces), [&] {
    newest = record_interfaces(session, library.optional(interfaces.c_str()));
  });
  session.record.step(entry, session.call(all(session), "", entry), [&] {
    GetFunctionList* function = library.optional(entry.c_str());
    CK_FUNCTION_LIST* list = nullptr;
    const CK_RV result = function == nullptr ? CKR_OK : function(&list);
    if (result != CKR_OK) opened.list_error = entry + " returned " + result_name(result);
    if (result == CKR_OK) opened.functions = list;
    if (opened.functions != nullptr) opened.list_version = version_text(list->version);
  });
  if (opened.functions != nullptr) record_functions(session, *opened.functions, newest);
  if (opened.functions != nullptr || newest == nullptr)
    return record_entry_points(session, library, entry);
  opened.functions = newest;
  record_functions(session, *newest, newest);
  record_entry_points(session, library, interfaces);
  session.odd(entry, "it gives no list of functions; the one of an interface is used");
}

void initialize(const Session& session, const base::LoadedLibrary& library, Opened& opened) {
  if (opened.functions->C_Initialize == nullptr) return;
  session.record.step("C_Initialize", session.call(all(session), "", "C_Initialize"), [&] {
    const Initialized done = initialize_module(session, {library, opened.functions});
    opened.initialized = done.result;
    opened.takes_threads = done.takes_threads;
    if (done.with_text_of_nss)
      session.odd("C_Initialize",
                  "it refuses to work without text of its own (--pkcs11-init-args); it was given "
                  "the text for no databases, with which no key of NSS is seen");
  });
  if (opened.initialized == CKR_CRYPTOKI_ALREADY_INITIALIZED)
    session.odd("C_Initialize", "the module says that it is initialised already");
}

bool is_open(const Opened& opened) {
  return opened.initialized == CKR_OK || opened.initialized == CKR_CRYPTOKI_ALREADY_INITIALIZED;
}

void ask_info(const Session& session, Opened& opened) {
  if (opened.functions->C_GetInfo == nullptr)
    return session.odd("C_GetInfo", "the function is missing");
  session.record.step("C_GetInfo", session.call({"pkcs11_library"}, "", "C_GetInfo"), [&] {
    Guarded<CK_INFO> info;
    const CK_RV result = opened.functions->C_GetInfo(info.to_fill());
    note_overrun(session, "C_GetInfo", info);
    if (result == CKR_OK)
      opened.info = info.value();
    else
      session.odd("C_GetInfo", "it returned " + result_name(result));
  });
}

void record_library(const Session& session, const Opened& opened) {
  const auto& info = opened.info;
  const auto text = [&](const char* field, std::span<const CK_UTF8CHAR> bytes) {
    return base::Value(fixed_text(session, "C_GetInfo", field, bytes));
  };
  const bool open = is_open(opened);
  session.record
      .source(session.call({"pkcs11_library", "pkcs11_oddity", "pkcs11_side_effect"},
                           session.module(), "C_GetInfo"))
      .row("pkcs11_library", open ? Basis::listed : Basis::observed,
           {{"module", session.module()},
            {"loaded", std::int64_t{1}},
            {"initialized", std::int64_t{open ? 1 : 0}},
            {"error", open ? base::Value(nullptr)
                      : opened.initialized
                          ? "C_Initialize returned " + result_name(*opened.initialized)
                          : "there is no C_Initialize that could be called"},
            {"cryptoki_version", info ? version_text(info->cryptokiVersion) : base::Value(nullptr)},
            {"function_list_version", or_null(opened.list_version)},
            {"manufacturer", info ? text("manufacturerID", info->manufacturerID) : nullptr},
            {"description", info ? text("libraryDescription", info->libraryDescription) : nullptr},
            {"library_version", info ? version_text(info->libraryVersion) : base::Value(nullptr)},
            {"flags", info ? number(info->flags) : base::Value(nullptr)}});
}

}  // namespace

bool wants_text_of_nss(const Session& session, const base::LoadedLibrary& library) {
  using AnyFunction = void();
  AnyFunction* own_entry_point = library.optional("NSC_GetFunctionList");
  return session.task.target.init_args.empty() && own_entry_point != nullptr;
}

Initialized initialize_module(const Session& session, const Module& module) {
  std::string text = session.task.target.init_args;
  CK_C_INITIALIZE_ARGS args{};
  args.flags = CKF_OS_LOCKING_OK;
  // Threads may only be used where the module was told of them.
  const bool plain = text.empty() && !session.task.measure;
  args.pReserved = text.empty() ? nullptr : text.data();
  CK_RV result = module.functions->C_Initialize(plain ? nullptr : &args);
  if (!plain && result == CKR_OK) return {result, false, true};
  const bool refuses_threads = result == CKR_ARGUMENTS_BAD || result == CKR_CANT_LOCK;
  if (!plain && text.empty() && refuses_threads) result = module.functions->C_Initialize(nullptr);
  if (result != CKR_ARGUMENTS_BAD || !wants_text_of_nss(session, module.library)) return {result};
  text = kNoDatabase;
  args.pReserved = text.data();
  return {module.functions->C_Initialize(&args), true, true};
}

std::optional<Module> open_module(const Session& session) {
  const auto library = load(session);
  if (!library) return std::nullopt;
  Opened opened;
  find_functions(session, *library, opened);
  if (opened.functions == nullptr) {
    record_failure(session, opened.list_error);
    return std::nullopt;
  }
  initialize(session, *library, opened);
  // A step that brought the process down before is not tried again; what it hid is on record.
  if (!opened.initialized && opened.functions->C_Initialize != nullptr) return std::nullopt;
  if (is_open(opened)) ask_info(session, opened);
  record_library(session, opened);
  if (is_open(opened)) return Module{*library, opened.functions, opened.takes_threads};
  session.record.source(session.call(behind_it(session), "", "C_Initialize"))
      .unreadable("the module could not be initialised");
  return std::nullopt;
}

void close_module(const Session& session, const Module& module) {
  if (module.functions->C_Finalize == nullptr)
    return session.odd("C_Finalize", "the function is missing");
  session.record.step("C_Finalize", session.call({}, "", "C_Finalize"), [&] {
    const CK_RV result = module.functions->C_Finalize(nullptr);
    if (result != CKR_OK) session.odd("C_Finalize", "it returned " + result_name(result));
  });
}

}  // namespace evidence::probes::pkcs11_child
