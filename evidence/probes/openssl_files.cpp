#include "evidence/probes/openssl_files.h"

#include "evidence/base/digest.h"
#include "evidence/base/text.h"
#include "evidence/probes/fips_settings.h"
#include "evidence/probes/libraries.h"
#include "evidence/probes/openssl_configuration.h"
#include "evidence/probes/package.h"
#include "evidence/probes/provider_files.h"
#include "evidence/row_log.h"

namespace evidence::probes {
namespace {

constexpr std::size_t kLibraryLimit = std::size_t{64} << 20U;

base::Value or_null_text(const std::optional<LibraryStrings>& strings,
                   std::string LibraryStrings::*field) {
  return strings ? base::Value((*strings).*field) : base::Value(nullptr);
}

void record_library_file(Recorder& record, const Library& library) {
  Source file = record.file({{"library_file"}, library.path, library.path, "read"}, kLibraryLimit);
  if (!file.observed()) return;
  const auto strings = strings_of_libcrypto(record.host(), library.path);
  const PackageOwner owner = owner_of(record.host(), library.path, "ssl");
  file.row("library_file", Basis::observed,
           {{"library", library.path},
            {"soname", library.soname},
            {"preferred", std::int64_t{library.preferred ? 1 : 0}},
            {"openssldir", or_null_text(strings, &LibraryStrings::openssldir)},
            {"modulesdir", or_null_text(strings, &LibraryStrings::modulesdir)},
            {"sha256", base::sha256(file.text())},
            {"package", or_null(known_name(owner))},
            {"package_version", or_null(known_version(owner))}});
}

// What is compiled into the libcrypto that programs of the target get.
LibraryFacts preferred_facts(const base::Host& host) {
  for (const Library& library : find_libcrypto(host))
    if (library.preferred)
      if (const auto strings = strings_of_libcrypto(host, library.path))
        return {strings->openssldir, strings->modulesdir};
  return {};
}

}  // namespace

void probe_openssl_files(Recorder& record) {
  Source search = record.source({{"library_file"}, "", "libcrypto.so.*", "the dynamic loader's search"});
  const auto libraries = find_libcrypto(record.host());
  if (libraries.empty()) search.absent("no folder of the dynamic loader has a libcrypto");
  for (const Library& library : libraries) record_library_file(record, library);
  const LibraryFacts facts = preferred_facts(record.host());
  if (facts.openssldir.empty()) return;
  const OpensslConfiguration configuration = probe_openssl_configuration(record, facts);
  probe_provider_files(record, configuration);
}

void record_all_fips_settings(Recorder& record, const std::vector<FipsModule>& modules) {
  // The configuration is on record already: it is read again for its values alone.
  base::SharedMemory memory(std::size_t{16} << 20U);
  RowLog log(memory);
  Recorder unrecorded(log, record.host());
  const auto configuration =
      probe_openssl_configuration(unrecorded, preferred_facts(record.host()));
  for (const FipsModule& module : modules)
    record_fips_settings(record, module.module, module.version, configuration, module.reported);
}

}  // namespace evidence::probes
