#pragma once

#include <optional>

#include "evidence/base/loaded_library.h"
#include "evidence/probes/pkcs11_child/session.h"

namespace evidence::probes::pkcs11_child {

/// A module that was loaded and initialised. The functions are the module's and stay there.
struct Module {
  base::LoadedLibrary library;
  const drivers::cryptoki::CK_FUNCTION_LIST* functions;
  bool takes_threads = false;  ///< It was told that threads would call it, and agreed.
};

/// What C_Initialize returned.
struct Initialized {
  drivers::cryptoki::CK_RV result;
  bool with_text_of_nss = false;  ///< It got text that nobody asked us to give.
  bool takes_threads = false;     ///< It was told that threads would call it, and agreed.
};

/// Calls C_Initialize of the module: with the text of the target where there is one, else with no
/// arguments at all, which every module has to understand, or, where it is to be timed, with
/// CKF_OS_LOCKING_OK first, which it may refuse. NSS does not: where a library of NSS
/// refuses that, it is asked again with the text for no databases at all, so that nothing is
/// written.
Initialized initialize_module(const Session& session, const Module& module);

/// True if initialize_module gives that text of its own accord where no arguments are refused.
bool wants_text_of_nss(const Session& session, const base::LoadedLibrary& library);

/// Loads the module, initialises it and records what it says of itself. Nothing if that went wrong,
/// which is on record.
std::optional<Module> open_module(const Session& session);

/// Takes leave of the module with C_Finalize.
void close_module(const Session& session, const Module& module);

}  // namespace evidence::probes::pkcs11_child
