#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/probes/openssl_conf.h"
#include "evidence/recorder.h"

namespace evidence::probes {

/// What is compiled into the libcrypto whose configuration is looked at.
struct LibraryFacts {
  std::string openssldir;
  std::string modulesdir;
};

/// A provider that the configuration names.
struct ConfiguredProvider {
  std::string name;      ///< As OpenSSL calls it: `identity`, else the name in the list.
  std::string section;   ///< Section that it points to.
  ConfSetting named_by;  ///< The setting that names it.
  bool section_exists = false;
  bool reached = false;  ///< False if OpenSSL gives up on the configuration before it.
  std::optional<ConfSetting> activate;
  std::optional<ConfSetting> module;  ///< Path or name of its file, if the section gives one.
  std::vector<ConfSetting> settings;  ///< All settings of the section, in force.

  /// The setting of that name, or nothing.
  const ConfSetting* find(std::string_view setting) const;

  /// True for what is, by its name, its file or a module-mac, meant to be a FIPS provider.
  bool meant_as_fips() const;
};

/// What OpenSSL of the target would make of its configuration.
struct OpensslConfiguration {
  std::string file;  ///< As the target names it; "" when OPENSSL_CONF asks for none.
  std::string modules_folder;
  base::Seen seen = base::Seen::absent;  ///< What became of reading the file.
  std::string reason;                    ///< Why it could not be read.
  std::optional<ConfError> error;        ///< Where OpenSSL stops reading and drops all of it.
  bool diagnostics = false;              ///< config_diagnostics is on.
  std::optional<std::string> provider_section;
  std::vector<ConfiguredProvider> providers;
  std::optional<ConfSetting> default_properties;

  /// The provider of that name, or nothing.
  const ConfiguredProvider* find(std::string_view provider) const;
};

/// Finds the configuration that a program of the target would use, reads it, records every setting
/// and every problem, and returns it for later steps. Records only; what it means is for rules.
OpensslConfiguration probe_openssl_configuration(Recorder& record, const LibraryFacts& library);

/// True if `query` has the form of a property query (property(7)): what OpenSSL would accept.
bool is_property_query(std::string_view query);

}  // namespace evidence::probes
