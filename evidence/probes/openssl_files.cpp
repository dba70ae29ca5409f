#include "evidence/probes/openssl_files.h"

#include "evidence/base/text.h"
#include "evidence/probes/fips_settings.h"
#include "evidence/probes/libraries.h"
#include "evidence/probes/openssl_configuration.h"
#include "evidence/probes/package.h"
#include "evidence/probes/provider_files.h"
#include "evidence/row_log.h"

namespace evidence::probes {
namespace {

// All that is found by reading.
const std::vector<std::string> kFeeds = {"library_file",    "openssl_configuration",
                                         "openssl_setting", "openssl_configuration_problem",
                                         "provider_file",   "module_integrity"};

void record_library_file(Recorder& record, const Library& library,
                         const PackageDatabase& packages) {
  Source file = record.source({{"library_file"}, library.path, library.path, "read"});
  if (!library.reason.empty()) return file.unreadable(library.reason);
  const PackageOwner owner = packages.owner_of(library.path, "ssl");
  const auto string = [&library](std::string LibraryStrings::*field) {
    return library.strings ? base::Value((*library.strings).*field) : base::Value(nullptr);
  };
  file.row("library_file", Basis::observed,
           {{"library", library.path},
            {"soname", library.soname},
            {"preferred", std::int64_t{library.preferred ? 1 : 0}},
            {"openssldir", string(&LibraryStrings::openssldir)},
            {"modulesdir", string(&LibraryStrings::modulesdir)},
            {"sha256", library.sha256},
            {"package", or_null(known_name(owner))},
            {"package_version", or_null(known_version(owner))}});
}

// What is compiled into the libcrypto that programs of the target get; nothing if it does not say.
std::optional<LibraryFacts> preferred_facts(const std::vector<Library>& libraries) {
  for (const Library& library : libraries)
    if (library.preferred && library.strings)
      return LibraryFacts{library.strings->openssldir, library.strings->modulesdir};
  return std::nullopt;
}

// A system whose dynamic loader is not known may have an OpenSSL: it was not looked for.
void record_search(Recorder& record, const std::vector<Library>& libraries) {
  const DynamicLoader loader = dynamic_loader(record.host());
  Source search = record.source({loader.path ? std::vector<std::string>{"library_file"} : kFeeds,
                                 "", "libcrypto.so.*", "the dynamic loader's search"});
  if (!loader.path)
    search.unsupported(loader.reason);
  else if (libraries.empty())
    search.absent("no folder of the dynamic loader has a libcrypto");
}

}  // namespace

void probe_openssl_files(Recorder& record) {
  const auto libraries = find_libcrypto(record.host());
  record_search(record, libraries);
  const PackageDatabase packages(record.host());
  for (const Library& library : libraries) record_library_file(record, library, packages);
  const auto facts = preferred_facts(libraries);
  if (!facts) return;
  const OpensslConfiguration configuration = probe_openssl_configuration(record, *facts);
  probe_provider_files(record, configuration, packages);
}

void record_all_fips_settings(Recorder& record, const std::vector<FipsModule>& modules) {
  // The configuration is on record already: it is read again for its values alone.
  base::SharedMemory memory(std::size_t{16} << 20U);
  RowLog log(memory);
  Recorder unrecorded(log, record.host());
  const auto facts = preferred_facts(find_libcrypto(record.host()));
  if (!facts) return;
  const auto configuration = probe_openssl_configuration(unrecorded, *facts);
  for (const FipsModule& module : modules)
    record_fips_settings(record, module.module, module.version, configuration, module.reported);
}

}  // namespace evidence::probes
