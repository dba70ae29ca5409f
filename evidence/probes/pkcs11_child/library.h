#pragma once

#include <optional>

#include "evidence/base/loaded_library.h"
#include "evidence/probes/pkcs11_child/session.h"

namespace evidence::probes::pkcs11_child {

/// A module that was loaded and initialised. The functions are the module's and stay there.
struct Module {
  base::LoadedLibrary library;
  const drivers::cryptoki::CK_FUNCTION_LIST* functions;
};

/// Calls C_Initialize of the module: with the text of the target where there is one, else with no
/// arguments at all, which every module has to understand.
drivers::cryptoki::CK_RV initialize_module(const Session& session,
                                           const drivers::cryptoki::CK_FUNCTION_LIST& functions);

/// Loads the module, initialises it and records what it says of itself. Nothing if that went wrong,
/// which is on record.
std::optional<Module> open_module(const Session& session);

/// Takes leave of the module with C_Finalize.
void close_module(const Session& session, const Module& module);

}  // namespace evidence::probes::pkcs11_child
