#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "evidence/base/host.h"
#include "evidence/base/sqlite.h"
#include "evidence/probes/pkcs11_login.h"
#include "evidence/probes/pkcs11_uri.h"

namespace evidence::probes {

/// What to look at, and how closely.
struct CollectOptions {
  std::string root;                       ///< Root folder of another system; "" for this machine.
  base::SystemHost::Variables overrides;  ///< Environment of the target's programs, beyond ours.
  bool exercise = true;  ///< Run self-tests on demand and try the catalogue of services.
  bool measure = false;  ///< Time what a PKCS #11 module does.
  std::chrono::milliseconds silence{10'000};  ///< How long a probe may do nothing.
  std::optional<Pkcs11Target> pkcs11;         ///< Look at this module in place of OpenSSL.
  std::optional<Pkcs11Login> login;           ///< Log in to the one token of it that takes a PIN.
  std::string tool_version;
  std::function<void(const std::string& doing)> progress;  ///< Told of every probe; may be empty.
};

/// Runs every probe, each in a child process, and fills `db`, which has the schema of evidence.
/// Throws Error(environment) if the root is no folder; what the probes cannot see is on record.
void collect(const CollectOptions& options, base::Database& db);

}  // namespace evidence::probes
