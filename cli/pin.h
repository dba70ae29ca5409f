#pragma once

#include <optional>

#include "cli/command.h"
#include "evidence/probes/pkcs11_login.h"
#include "evidence/probes/pkcs11_uri.h"

namespace cli {

/// How to log in to a token, with the PIN from where the options, or pin-source of the URI, say, or
/// else asked for at the terminal. Nothing without --login. `target` is the module to look at, null
/// for none. Throws Error(usage) for options that do not go together or a PIN that is not there.
std::optional<evidence::probes::Pkcs11Login> login_of(const Invocation& invocation,
                                                      Terminal& terminal,
                                                      const evidence::probes::Pkcs11Target* target);

}  // namespace cli
