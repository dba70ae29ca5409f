#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cmvp/module_match.h"
#include "evidence/base/sqlite.h"

namespace cmvp {

/// A row of the table that says under which name CMVP knows what a PKCS #11 module tells of itself:
/// cmvp/pkcs11_names.csv. It is data with sources, so that nothing is guessed from likeness.
struct KnownName {
  std::string manufacturer;      ///< manufacturerID, character for character
  std::string part;              ///< library or token
  std::string words;             ///< libraryDescription, or model of the token
  std::string system;            ///< ID of os-release; "" for any system
  std::string system_version;    ///< VERSION_ID, or what it begins with before a dot; "" for any
  std::string certificate_name;  ///< name of the module on its certificates
  std::string source;            ///< where the words and the name come from
};

/// Reads the table. Throws Error(input), `origin:line: message`.
std::vector<KnownName> read_known_names(std::string_view csv, const std::string& origin);

/// The table that is built in.
std::vector<KnownName> known_names();

/// The library and the tokens of PKCS #11 modules in `evidence`, as modules that may have a
/// certificate. What the table knows has the name there, once for each name; what it does not know
/// has its own words as the name. Tokens of one model and the same versions are one. A module that
/// tells no words is left out.
std::vector<ReportedModule> pkcs11_modules(const base::Database& evidence,
                                           const std::vector<KnownName>& names);

}  // namespace cmvp
