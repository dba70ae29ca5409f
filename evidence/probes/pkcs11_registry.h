#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/probes/pkcs11_uri.h"
#include "evidence/recorder.h"

namespace evidence::probes {

/// The settings of a module in the files of p11-kit: "name: value" a line, # begins a comment. Of
/// a name that is given twice the last one counts. Lines without a colon are left out.
std::map<std::string, std::string> parse_module_file(std::string_view text);

/// A module that p11-kit has registered.
struct RegisteredModule {
  std::string name;  ///< Of its file, without ".module".
  std::string file;  ///< The last one that says something about it.
  std::map<std::string, std::string> settings;
  std::string path;     ///< The library, as the target sees it; "" if there is none.
  std::string problem;  ///< Why it cannot be looked at; "" if it can.
};

/// The modules that p11-kit has registered for the programs of `host`, sorted by name: files of
/// packages, of the administrator, and on this machine of the user, whose settings go over those
/// before (p11-kit manual, pkcs11.conf(5)). What cannot be read is a problem of its module.
std::vector<RegisteredModule> registered_modules(const base::Host& host);

/// The modules that `target` means: itself if it names a library, else those of `modules` that can
/// be looked at, the one with its name if it has one.
std::vector<Pkcs11Target> chosen_modules(const std::vector<RegisteredModule>& modules,
                                         const Pkcs11Target& target);

/// Records what is registered and what of it cannot be looked at.
void record_registered_modules(Recorder& record);

}  // namespace evidence::probes
