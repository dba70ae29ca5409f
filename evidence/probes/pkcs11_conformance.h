#pragma once

#include <string>
#include <vector>

#include "evidence/base/sqlite.h"
#include "evidence/probes/pkcs11_process.h"

namespace evidence::probes {

/// A module, or one of its tokens, to be held against the standard.
struct Pkcs11Conformance {
  Pkcs11Target target;
  std::string subject;  ///< Key of the token, or of the module for what concerns no token.
};

/// Modules have been seen that crash in a dozen of the checks.
constexpr int kConformanceRestartLimit = 40;

/// The module and its initialised tokens, as an inventory of `target` left them in `db`, without
/// those whose objects could not be counted or were more after services were tried: they are left
/// alone. Nothing if the module could not be initialised.
std::vector<Pkcs11Conformance> conformance_trials(base::Database& db, const Pkcs11Target& target);

/// How to start the PKCS #11 probe program for that; see the other start_of.
ForeignStart start_of(const base::Host& host, const Pkcs11Conformance& conformance,
                      const std::set<std::string>& skip, int log_descriptor);

}  // namespace evidence::probes
