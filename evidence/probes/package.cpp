#include "evidence/probes/package.h"

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
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

// A path that is looked for under all its names.
class Wanted {
 public:
  Wanted(const base::Host& host, const std::string& path, PackageOwner& owner) : owner_(&owner) {
    for (const std::string& name : spellings(host, path))
      searches_.emplace_back(std::make_unique<std::string>(name));
  }

  PackageOwner& owner() { return *owner_; }

  // True if the text has a line that is one of the names.
  bool listed_in(const std::string& text) const {
    return std::any_of(searches_.begin(), searches_.end(),
                       [&](const Search& search) { return search.is_line_of(text); });
  }

 private:
  // Lists are long and full of similar paths: searched from the end of the name.
  struct Search {
    explicit Search(std::unique_ptr<std::string> text)
        : name(std::move(text)), searcher(name->begin(), name->end()) {}

    bool is_line_of(const std::string& text) const {
      for (auto at = text.begin();; ++at) {
        at = std::search(at, text.end(), searcher);
        if (at == text.end()) return false;
        const auto end = at + static_cast<std::ptrdiff_t>(name->size());
        if ((at == text.begin() || at[-1] == '\n') && (end == text.end() || *end == '\n'))
          return true;
      }
    }

    std::unique_ptr<std::string> name;  // At one place, for the searcher points into it.
    std::boyer_moore_horspool_searcher<std::string::iterator> searcher;
  };

  std::vector<Search> searches_;
  PackageOwner* owner_;
};

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

// The lists, those of the likely packages first.
std::vector<std::string> list_names(const base::Listing& listing, const std::string& hint) {
  std::vector<std::string> names;
  for (const std::string& name : listing.names)
    if (name.ends_with(".list")) names.push_back(name);
  std::stable_partition(names.begin(), names.end(), [&](const std::string& name) {
    return name.find(hint) != std::string::npos;
  });
  return names;
}

}  // namespace

const base::Listing& PackageDatabase::listing() const {
  if (!listing_) listing_ = host_.list_folder(std::string(kInfo));
  return *listing_;
}

const std::string& PackageDatabase::status() const {
  if (!status_) status_ = host_.read_file(std::string(kStatus), kStatusLimit);
  return status_->text;
}

std::vector<PackageOwner> PackageDatabase::owners_of(const std::vector<std::string>& paths,
                                                     const std::string& hint) const {
  if (listing().seen == base::Seen::unreadable)
    return std::vector<PackageOwner>(paths.size(), unreadable(kInfo, listing().reason));
  const auto names = list_names(listing(), hint);
  if (names.empty()) return std::vector<PackageOwner>(paths.size(), without_dpkg(host_));
  std::vector<PackageOwner> owners(
      paths.size(), PackageOwner{{}, {}, base::Seen::absent, {}, std::string(kInfo)});
  std::vector<Wanted> wanted;
  for (std::size_t at = 0; at < paths.size(); ++at)
    wanted.emplace_back(host_, paths[at], owners[at]);
  for (const std::string& name : names) {
    if (wanted.empty()) break;
    const std::string file = std::string(kInfo) + "/" + name;
    const base::FileText list = host_.read_file(file);
    if (list.seen == base::Seen::unreadable) {
      for (Wanted& path : wanted) path.owner() = unreadable(file, list.reason);
      break;
    }
    const std::string listed = name.substr(0, name.size() - 5);
    std::erase_if(wanted, [&](Wanted& path) {
      if (!path.listed_in(list.text)) return false;
      const std::string package = listed.substr(0, listed.find(':'));
      path.owner() = {package, version_of(status(), listed), base::Seen::ok, {}, file};
      return true;
    });
  }
  return owners;
}

PackageOwner PackageDatabase::owner_of(const std::string& path, const std::string& hint) const {
  return owners_of({path}, hint).front();
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
