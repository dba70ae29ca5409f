#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cmvp/certificate.h"
#include "cmvp/certificates.h"

namespace cmvp {

/// A module as it reports itself. What a PKCS #11 module tells has more parts than what a provider
/// does; "" is not told.
struct ReportedModule {
  std::string module;             ///< Its subject key, e.g. "openssl:fips".
  std::string name, version;      ///< The name that a certificate must have.
  std::string part = "provider";  ///< "provider", "library", or "token model …"
  std::string words = {};         ///< What it calls itself, where `name` is from a table.
  std::string name_source = {};   ///< Why `name` is the name of what calls itself `words`.
  std::string manufacturer = {};
  std::string hardware_version = {};
  std::string file_digest = {};   ///< SHA-256 of its file.
  std::string version_kind = {};  ///< "software" or "firmware": only such versions are compared.
  bool version_cut = false;       ///< PKCS #11: only major.minor, whatever the version really is.
};

/// How a certificate stands to a module of the same name.
struct ModuleMatch {
  std::int64_t certificate = 0;
  bool exact = false;
  /// Nothing if the snapshot knows no version, or if the module tells that of a part only.
  std::optional<bool> version_matches;
  bool part_only = false;  ///< The version is that of a part; of the others nothing is told.
  std::vector<std::string> reasons_for, reasons_against;
  bool same_upstream = false;          ///< Only the build differs.
  std::vector<std::int64_t> distance;  ///< From the nearest certified version, by component.
};

/// Compares a module with a certificate of its name (`certificates_named`).
ModuleMatch match_module(const ReportedModule& module, const Certificate& certificate);

/// The certificates that have the name of `module`, the best first: exact before near; the version
/// of a part before others; only another build before another version; Active on `as_of` before
/// others; known versions before unknown; nearer versions before farther; newer certificates before
/// older. If one matches exactly, those whose version is another are left out. Throws Error(usage)
/// if `as_of` is no date.
std::vector<ModuleMatch> match_all(const ReportedModule& module, Certificates& certificates,
                                   const std::string& as_of);

}  // namespace cmvp
