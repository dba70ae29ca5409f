#pragma once

#include <set>
#include <string>

#include "evidence/probes/foreign_process.h"
#include "evidence/probes/pkcs11_login.h"
#include "evidence/probes/pkcs11_uri.h"
#include "evidence/recorder.h"

namespace evidence::probes {

/// The name of the program that loads a PKCS #11 module.
constexpr const char* kPkcs11ProbeProgram = "assay-probe-pkcs11";

/// The subject key of the module at `path`.
inline std::string pkcs11_module_key(const std::string& path) { return "pkcs11:" + path; }

/// A module to look at, and how to log in to a token of it, if at all. Both must outlive this.
struct Pkcs11Task {
  const Pkcs11Target& target;
  const Pkcs11Login* login = nullptr;
  bool exercise = false;  ///< Exercise the token that takes the login, in the session that has it.
  bool measure = false;   ///< Time it, too.
};

/// A token to exercise without a login.
struct Pkcs11Exercise {
  Pkcs11Target target;     ///< With the label, serial number and slot of the token as filter.
  std::string token;       ///< Its key.
  std::string mechanisms;  ///< What it lists, as pkcs11_child/session.h says.
  bool measure = false;    ///< Time it, too.
  std::set<std::string> done = {};  ///< Steps that were taken before, logged in.
};

/// How to start the PKCS #11 probe program to exercise a token.
ForeignStart start_of(const base::Host& host, const Pkcs11Exercise& exercise,
                      const std::set<std::string>& skip, int log_descriptor);

/// How to start the PKCS #11 probe program for `host`. Modules find their configuration by
/// variables of any name, so on this machine they get our environment; those of another root get
/// none of it. What the target itself names is added to either. A PIN goes through a pipe.
ForeignStart start_of(const base::Host& host, const Pkcs11Task& task,
                      const std::set<std::string>& skip, int log_descriptor);

/// Records what was asked for and the file of the module, without loading it.
void probe_pkcs11_file(Recorder& record, const Pkcs11Target& target);

}  // namespace evidence::probes
