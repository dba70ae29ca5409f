#include "evidence/probes/package.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <vector>

#include "evidence/base/text.h"

namespace evidence::probes {
namespace {

constexpr std::string_view kInfo = "/var/lib/dpkg/info";
constexpr std::string_view kStatus = "/var/lib/dpkg/status";
constexpr std::size_t kStatusLimit = std::size_t{64} << 20U;

// Folders that hold the databases of other packagers.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kOthers = {{
    {"/usr/lib/sysimage/rpm", "rpm"},
    {"/var/lib/rpm", "rpm"},
    {"/lib/apk/db", "apk"},
    {"/usr/lib/apk/db", "apk"},
    {"/var/lib/pacman/local", "pacman"},
    {"/nix/store", "nix"},
}};

PackageOwner unreadable(std::string_view database, const std::string& reason) {
  return {{}, {}, base::Seen::unreadable, reason, std::string(database)};
}

// With /lib a link to /usr/lib, a list may name the file by either path.
std::vector<std::string> spellings(const base::Host& host, const std::string& path) {
  std::set<std::string> names = {path, host.resolve(path)};
  for (const std::string& name : std::set<std::string>(names)) {
    if (name.starts_with("/usr/")) {
      if (host.resolve(name.substr(4)) == host.resolve(name)) names.insert(name.substr(4));
    } else if (host.resolve("/usr" + name) == host.resolve(name)) {
      names.insert("/usr" + name);
    }
  }
  return {names.begin(), names.end()};
}

bool lists(const std::string& text, const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    for (std::size_t at = 0; (at = text.find(name, at)) != std::string::npos; at += name.size()) {
      const std::size_t end = at + name.size();
      if ((at == 0 || text[at - 1] == '\n') && (end == text.size() || text[end] == '\n'))
        return true;
    }
    return false;
  });
}

std::string field(std::string_view stanza, std::string_view name) {
  for (const auto line : base::lines(stanza))
    if (line.starts_with(name) && line.substr(name.size()).starts_with(": "))
      return std::string(base::trim(line.substr(name.size() + 2)));
  return {};
}

// "libssl3:amd64" is package libssl3 of architecture amd64.
std::string version_of(const std::string& status, const std::string& listed) {
  const auto parts = base::split(listed, ':');
  const std::string start = "Package: " + std::string(parts[0]) + "\n";
  for (std::size_t at = 0; (at = status.find(start, at)) != std::string::npos; at += start.size()) {
    if (at != 0 && status[at - 1] != '\n') continue;
    const auto stanza = std::string_view(status).substr(at, status.find("\n\n", at) - at);
    if (parts.size() > 1 && field(stanza, "Architecture") != parts[1]) continue;
    return field(stanza, "Version");
  }
  return {};
}

PackageOwner without_dpkg(const base::Host& host) {
  for (const auto& [folder, packager] : kOthers)
    if (host.status(std::string(folder)).is_folder)
      return unreadable(folder, "the database of " + std::string(packager) +
                                    " is there, and this program does not read it");
  return unreadable(kInfo, "there is no package database here");
}

}  // namespace

PackageOwner owner_of(const base::Host& host, const std::string& path, const std::string& hint) {
  base::Listing listing = host.list_folder(std::string(kInfo));
  if (listing.seen == base::Seen::unreadable) return unreadable(kInfo, listing.reason);
  std::erase_if(listing.names, [](const std::string& name) { return !name.ends_with(".list"); });
  if (listing.names.empty()) return without_dpkg(host);
  std::stable_partition(listing.names.begin(), listing.names.end(), [&](const std::string& name) {
    return name.find(hint) != std::string::npos;
  });
  const auto names = spellings(host, path);
  for (const std::string& name : listing.names) {
    const std::string file = std::string(kInfo) + "/" + name;
    const base::FileText list = host.read_file(file);
    if (list.seen == base::Seen::unreadable) return unreadable(file, list.reason);
    if (!lists(list.text, names)) continue;
    const std::string listed = name.substr(0, name.size() - 5);
    const base::FileText status = host.read_file(std::string(kStatus), kStatusLimit);
    return {listed.substr(0, listed.find(':')),
            version_of(status.text, listed),
            base::Seen::ok,
            {},
            file};
  }
  return {{}, {}, base::Seen::absent, {}, std::string(kInfo)};
}

std::optional<std::string> known_name(const PackageOwner& owner) {
  if (owner.name.empty()) return std::nullopt;
  return owner.name;
}

std::optional<std::string> known_version(const PackageOwner& owner) {
  if (owner.version.empty()) return std::nullopt;
  return owner.version;
}

}  // namespace evidence::probes
