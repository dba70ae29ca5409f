#include "evidence/probes/provider_files.h"

#include <algorithm>
#include <map>

#include "evidence/base/digest.h"
#include "evidence/base/text.h"
#include "evidence/probes/package.h"

namespace evidence::probes {
namespace {

constexpr std::size_t kModuleLimit = std::size_t{64} << 20U;

// FIPS_KEY_STRING of OpenSSL 3: published with the source, it guards against accidents.
constexpr std::string_view kIntegrityKey =
    "f4556650ac31d35461610bac4ed81b1a181b2d8a43ea2854cbae22ca74560813";

const std::vector<std::string> kFeeds = {"provider_file", "module_integrity"};

struct Candidate {
  ProviderFile file;
  const ConfiguredProvider* configured = nullptr;
  PackageOwner owner;
};

// As libcrypto finds it: a relative path is one below the modules folder.
std::string module_path(const std::string& folder, const std::string& module) {
  return module.starts_with('/') ? module : folder + "/" + module;
}

std::vector<Candidate> configured_files(const base::Host& host,
                                        const OpensslConfiguration& configuration) {
  std::vector<Candidate> result;
  for (const ConfiguredProvider& provider : configuration.providers) {
    if (!provider.module) continue;
    const std::string path = module_path(configuration.modules_folder, provider.module->value);
    result.push_back({{"openssl:" + base::printable(provider.name), base::printable(provider.name),
                       host.resolve(path), provider.meant_as_fips()},
                      &provider,
                      {}});
  }
  return result;
}

// The files of the folder that no configured one stands for already.
void add_folder_files(const base::Host& host, const OpensslConfiguration& configuration,
                      const std::vector<std::string>& names, std::vector<Candidate>& candidates) {
  for (const std::string& name : names) {
    if (!name.ends_with(".so")) continue;
    const std::string path = host.resolve(configuration.modules_folder + "/" + name);
    const std::string provider = base::printable(name.substr(0, name.size() - 3));
    const auto same = [&](const auto& test) {
      return std::any_of(candidates.begin(), candidates.end(), test);
    };
    if (same([&](const Candidate& other) { return other.file.path == path; })) continue;
    const bool hidden =
        same([&](const Candidate& other) { return other.file.provider == provider; });
    const auto* configured = hidden ? nullptr : configuration.find(provider);
    const bool fips = provider == "fips" || (configured && configured->meant_as_fips());
    candidates.push_back(
        {{"openssl:" + (hidden ? path : provider), provider, path, fips}, configured, {}});
  }
}

void find_owners(const PackageDatabase& packages, std::vector<Candidate>& candidates) {
  if (candidates.empty()) return;
  std::vector<std::string> paths;
  for (const Candidate& candidate : candidates) paths.push_back(candidate.file.path);
  const auto owners = packages.owners_of(paths, "ssl");
  for (std::size_t at = 0; at < candidates.size(); ++at) candidates[at].owner = owners[at];
}

std::string fips_shown_by(const Candidate& candidate, const std::string& contents) {
  if (base::name_of(candidate.file.path) == "fips.so" || candidate.file.provider == "fips")
    return "file name";
  if (candidate.configured != nullptr && candidate.configured->meant_as_fips())
    return "configuration";
  if (contents.find("FIPS Provider") != std::string::npos ||
      contents.find(std::string_view("module-mac\0", 11)) != std::string::npos)
    return "contents";
  return {};
}

std::optional<std::string> why_unknown(const PackageOwner& owner) {
  if (owner.seen != base::Seen::unreadable) return std::nullopt;
  return owner.database + ": " + owner.reason;
}

void record_file(Source& source, const base::Host& host, const Candidate& candidate,
                 const std::string& shown_by) {
  const ProviderFile& file = candidate.file;
  const base::FileStatus status = host.status(file.path);
  source.row("provider_file", Basis::observed,
             {{"module", file.module},
              {"provider", file.provider},
              {"path", file.path},
              {"size", static_cast<std::int64_t>(source.text().size())},
              {"sha256", base::sha256(source.text())},
              {"package", or_null(known_name(candidate.owner))},
              {"package_version", or_null(known_version(candidate.owner))},
              {"package_unknown", or_null(why_unknown(candidate.owner))},
              {"owner", std::int64_t{status.owner}},
              {"mode", std::int64_t{status.mode}},
              {"fips", std::int64_t{!shown_by.empty()}},
              {"fips_shown_by", or_null(shown_by.empty() ? std::optional<std::string>()
                                                         : std::optional(shown_by))}});
}

// What is on record as the integrity value. A configuration that OpenSSL drops records nothing.
const ConfSetting* recorded_mac(const OpensslConfiguration& configuration,
                                const Candidate& candidate) {
  if (configuration.error || candidate.configured == nullptr) return nullptr;
  return candidate.configured->find("module-mac");
}

void record_integrity(Source& source, const Candidate& candidate, const ConfSetting* recorded) {
  const std::string computed = base::hex(fips_module_mac(source.text()));
  std::optional<std::string> value, file;
  std::optional<std::int64_t> line, matches;
  if (recorded != nullptr) {
    const auto bytes = base::from_hex(recorded->value);
    value = bytes ? base::hex(*bytes) : base::printable(recorded->value);
    matches = bytes && base::hex(*bytes) == computed ? 1 : 0;
    file = recorded->file;
    line = recorded->line;
  }
  source.row("module_integrity", Basis::observed,
             {{"module", candidate.file.module},
              {"way", "recomputed"},
              {"technique", "HMAC-SHA-256"},
              {"recorded", or_null(value)},
              {"computed", computed},
              {"matches", or_null(matches)},
              {"file", or_null(file)},
              {"line", or_null(line)}});
}

void look_at(Recorder& record, const OpensslConfiguration& configuration, Candidate& candidate) {
  const ProviderFile& file = candidate.file;
  Source source = record.file({kFeeds, file.module, file.path, "read"}, kModuleLimit);
  if (!source.observed()) return;
  const std::string shown_by = fips_shown_by(candidate, source.text());
  candidate.file.fips = !shown_by.empty();
  record_file(source, record.host(), candidate, shown_by);
  if (candidate.file.fips)
    record_integrity(source, candidate, recorded_mac(configuration, candidate));
}

}  // namespace

std::string fips_module_mac(std::string_view file) {
  return base::hmac_sha256(*base::from_hex(kIntegrityKey), file);
}

std::vector<ProviderFile> probe_provider_files(Recorder& record,
                                               const OpensslConfiguration& configuration,
                                               const PackageDatabase& packages) {
  std::vector<Candidate> candidates = configured_files(record.host(), configuration);
  if (!configuration.modules_folder.empty()) {
    Source folder = record.source({kFeeds, "", configuration.modules_folder, "list"});
    const base::Listing listing = record.host().list_folder(configuration.modules_folder);
    if (listing.seen == base::Seen::absent) folder.absent("no such folder");
    if (listing.seen == base::Seen::unreadable) folder.unreadable(listing.reason);
    add_folder_files(record.host(), configuration, listing.names, candidates);
  }
  find_owners(packages, candidates);
  std::vector<ProviderFile> result;
  for (Candidate& candidate : candidates) {
    look_at(record, configuration, candidate);
    result.push_back(candidate.file);
  }
  return result;
}

}  // namespace evidence::probes
