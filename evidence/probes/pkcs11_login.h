#pragma once

#include <string>

#include "evidence/base/secret.h"

namespace evidence::probes {

/// How to log in to a token as its user. It is tried once in a run, and never as security officer.
struct Pkcs11Login {
  base::Secret pin;                ///< Empty where the token takes it on a device of its own.
  std::string pin_from;            ///< Where the PIN came from, e.g. "prompt", as evidence says it.
  bool on_device = false;          ///< Log in where the PIN is entered on the token's own device.
  bool despite_pin_flags = false;  ///< Log in though the token says that wrong PINs were given.
};

}  // namespace evidence::probes
